"""Exact locations of expressions in a user's source file, computed when a diagnostic needs them."""

from __future__ import annotations

import ast
import linecache
from collections.abc import Callable

from typedflow.metaflow._nodes import Site
from typedflow.values import Location, Span, excerpt, positions_of


def site_location(site: Site) -> Location:
    """Return the location of a line in a user's file."""
    line = linecache.getline(site.file, site.line).rstrip("\n")
    start = len(line) - len(line.lstrip())
    return _location(site.file, Span(site.line, start + 1, site.line, max(start + 2, len(line) + 1)))


def attribute_location(site: Site, name: str) -> Location:
    """Return the location of an attribute that is read on a line."""
    node = _nearest(site, lambda node: isinstance(node, ast.Attribute) and node.attr == name)
    if not isinstance(node, ast.Attribute):
        return site_location(site)
    line, column = _end(site.file, node)
    return _location(site.file, Span(line, column - len(name), line, column))


def item_location(site: Site, key: object) -> Location:
    """Return the location of a constant key that is read on a line."""
    node = _nearest(site, lambda node: isinstance(node, ast.Subscript) and _constant(node.slice) == (key,))
    return expression_location(site.file, node.slice) if isinstance(node, ast.Subscript) else site_location(site)


def text_location(site: Site, text: str, start: int, end: int) -> Location:
    """Return the location of a part of the string given to ``config_expr`` on a line, however it is quoted."""
    places = positions_of("\n".join(_lines(site.file)), text, site.line, 0)
    if places is None:
        return site_location(site)
    line, column = places[min(start, len(places) - 1)]
    last, last_column = places[min(end, len(places) - 1)]
    if last != line:  # mark only the first line
        last_column = len(_lines(site.file)[line - 1])
    return _location(site.file, Span(line, column + 1, line, max(column + 2, last_column + 1)))


def _nearest(site: Site, wanted: Callable[[ast.AST], bool]) -> ast.AST | None:
    """Return the node nearest to a line: for a call over several lines, Python reports the line of one of its parts."""
    try:
        tree = ast.parse("\n".join(_lines(site.file)))
    except SyntaxError:
        return None
    return min(filter(wanted, ast.walk(tree)), key=lambda node: _distance(node, site.line), default=None)


def _distance(node: ast.AST, line: int) -> int:
    first, last = getattr(node, "lineno", 0), getattr(node, "end_lineno", 0)
    return max(0, first - line, line - last)


def _constant(node: ast.AST) -> tuple[object, ...]:
    return (node.value,) if isinstance(node, ast.Constant) else ()


def _lines(file: str) -> list[str]:
    return [line.rstrip("\n") for line in linecache.getlines(file)]


def _column(file: str, line: int, byte: int) -> int:
    """Return the column, in characters from 1, of an ``ast`` offset in bytes."""
    return len(_lines(file)[line - 1].encode()[:byte].decode()) + 1


def _end(file: str, node: ast.expr) -> tuple[int, int]:
    line = node.end_lineno or node.lineno
    return line, _column(file, line, node.end_col_offset or 0)


def expression_location(file: str, node: ast.expr) -> Location:
    """Return the location of an expression in a file, from its start to its end."""
    line, column = _end(file, node)
    return _location(file, Span(node.lineno, _column(file, node.lineno, node.col_offset), line, column))


def _location(file: str, span: Span) -> Location:
    return Location(file, span, excerpt("\n".join(_lines(file)), span))

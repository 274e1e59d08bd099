"""From a place in a user's source file to the exact columns, computed when a diagnostic needs them."""

from __future__ import annotations

import ast
import linecache
from collections.abc import Iterator

from typedflow.metaflow._nodes import Site
from typedflow.values import Location, Span, excerpt


def site_location(site: Site) -> Location:
    """Give a line of a user's file."""
    line = linecache.getline(site.file, site.line).rstrip("\n")
    start = len(line) - len(line.lstrip())
    return _location(site.file, Span(site.line, start + 1, site.line, max(start + 2, len(line) + 1)))


def attribute_location(site: Site, name: str) -> Location:
    """Give the place of an attribute that was read on a line."""
    for node in _nodes_around(site):
        if isinstance(node, ast.Attribute) and node.attr == name:
            line, column = _end(site.file, node)
            return _location(site.file, Span(line, column - len(name), line, column))
    return site_location(site)


def item_location(site: Site, key: object) -> Location:
    """Give the place of a constant key that was read on a line."""
    for node in _nodes_around(site):
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant) and node.slice.value == key:
            return _node_location(site.file, node.slice)
    return site_location(site)


def text_location(site: Site, text: str, start: int, end: int) -> Location:
    """Give the place of a part of the string that was given to ``config_expr`` on a line.

    Where the literal is not written as its value (escapes, concatenation), the whole literal.
    """
    for node in _nodes_around(site):
        if isinstance(node, ast.Constant) and node.value == text:
            line, column = node.lineno, _column(site.file, node.lineno, node.col_offset)
            literal = "\n".join(_lines(site.file)[line - 1 : node.end_lineno])[column - 1 :]
            offset = literal.find(text)
            if offset < 0:
                return _node_location(site.file, node)
            before, marked = literal[: offset + start], literal[offset + start : offset + end]
            line += before.count("\n")
            first = len(before) - before.rfind("\n") if "\n" in before else column + len(before)
            return _location(site.file, Span(line, first, line, first + max(1, len(marked.split("\n")[0]))))
    return site_location(site)


def _nodes_around(site: Site) -> Iterator[ast.AST]:
    try:
        tree = ast.parse("\n".join(_lines(site.file)))
    except SyntaxError:
        return
    for node in ast.walk(tree):
        first, last = getattr(node, "lineno", None), getattr(node, "end_lineno", None)
        if first is not None and last is not None and first <= site.line <= last:
            yield node


def _lines(file: str) -> list[str]:
    return [line.rstrip("\n") for line in linecache.getlines(file)]


def _column(file: str, line: int, byte: int) -> int:
    """Give the column, in characters from 1, of ``ast``'s offset in bytes."""
    return len(_lines(file)[line - 1].encode()[:byte].decode()) + 1


def _end(file: str, node: ast.expr) -> tuple[int, int]:
    line = node.end_lineno or node.lineno
    return line, _column(file, line, node.end_col_offset or 0)


def _node_location(file: str, node: ast.expr) -> Location:
    line, column = _end(file, node)
    return _location(file, Span(node.lineno, _column(file, node.lineno, node.col_offset), line, column))


def _location(file: str, span: Span) -> Location:
    return Location(file, span, excerpt("\n".join(_lines(file)), span))

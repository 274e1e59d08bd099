"""Applies a patch to a module of upstream's stubs.

A patch is a stub file. What it defines takes the place of what upstream calls so, classes member by member;
``del name`` removes. A class of a patch that names bases has these and no others; a named tuple is taken whole.
"""

import ast
from typing import TypeAlias

Defined: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
_HEADS = ast.Import | ast.ImportFrom


def merged(upstream: ast.Module, patch: ast.Module) -> ast.Module:
    """Return a module with its patch applied."""
    heads = [node for node in patch.body if isinstance(node, _HEADS)]
    body = _merge(upstream.body, [node for node in patch.body if not isinstance(node, _HEADS)])
    return ast.Module(body=[*heads, *body], type_ignores=[])


def _merge(old: list[ast.stmt], new: list[ast.stmt]) -> list[ast.stmt]:
    """Return the old statements with their replacements; new ones come last."""
    gone = {name for node in new if isinstance(node, ast.Delete) for name in map(ast.unparse, node.targets)}
    groups: dict[str, list[ast.stmt]] = {}
    for node in new:
        if not isinstance(node, ast.Delete):
            groups.setdefault(name_of(node), []).append(node)
    classes = {name_of(node): node for node in old if isinstance(node, ast.ClassDef)}
    result: list[ast.stmt] = []
    for node in old:
        name = name_of(node)
        if name in groups:
            result += _replacement(classes.get(name), groups.pop(name))
            gone.add(name)  # further overloads of the same name
        elif name not in gone:
            result.append(node)
    return result + [node for group in groups.values() for node in group]


def _replacement(old: ast.ClassDef | None, new: list[ast.stmt]) -> list[ast.stmt]:
    (first, *_) = new
    if old is None or not isinstance(first, ast.ClassDef) or _is_whole(first):
        return new
    named = bool(first.bases or first.keywords)
    kept = first if named else old
    body = _merge(old.body, first.body)
    return [ast.ClassDef(name=old.name, bases=kept.bases, keywords=kept.keywords, body=body, decorator_list=[])]


def _is_whole(node: ast.ClassDef) -> bool:
    return [ast.unparse(base) for base in node.bases] == ["typing.NamedTuple"]


def name_of(node: ast.stmt) -> str:
    """Return the name that a statement defines, or else its text."""
    if isinstance(node, Defined):
        return node.name
    if isinstance(node, ast.AnnAssign):
        return ast.unparse(node.target)
    if isinstance(node, ast.Assign):
        return ast.unparse(node.targets[0])
    return ast.unparse(node)

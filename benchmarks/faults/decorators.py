"""Faults of decorators and Parameters: misspelled, with an unknown argument, with a config's value of another type."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from benchmarks.faults._code import Code, codes, examples_of, kind_at
from benchmarks.faults._fault import Fault
from benchmarks.faults._subject import Subject
from benchmarks.faults._text import typo


def faults(subject: Subject) -> Iterator[Fault]:
    """Return the faults of every decorator and Parameter."""
    for code in codes(subject):
        for call in _calls(code):
            yield from _names(code, call)
            for keyword in call.keywords:
                yield from _values(code, call, keyword)


def _calls(code: Code) -> Iterator[ast.Call]:
    for node in ast.walk(code.tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield from (decorator for decorator in node.decorator_list if isinstance(decorator, ast.Call))
    yield from code.calls("Parameter")


def _names(code: Code, call: ast.Call) -> Iterator[Fault]:
    name = ast.unparse(call.func)
    start, _ = code.range(call.func)
    at = (start, start + len(name))
    yield code.fault("decorator misspelled", name, at, typo(name), code.place(call))
    for keyword in call.keywords:
        if keyword.arg and name != "model_validator":
            begin, _ = code.range(keyword)
            at = (begin, begin + len(keyword.arg))
            what = f"{keyword.arg} of {name}"
            yield code.fault("argument misspelled", what, at, typo(keyword.arg), code.place(call))


def _values(code: Code, call: ast.Call, keyword: ast.keyword) -> Iterator[Fault]:
    """Pass an argument a value of another kind: that of another path, or a literal."""
    path = code.path(keyword.value)
    expression = isinstance(keyword.value, ast.Call) and ast.unparse(keyword.value.func) == "config_expr"
    if path is None and not expression:
        return
    config = path.config if path else _config_in(code, keyword.value)
    now = kind_at(code.subject, config, ".".join(name for name, _ in path.parts)) if path else "text"
    examples = examples_of(code.subject, config)
    kind = "wrong path" if keyword.arg else "wrong mapping"
    for other, name in examples.items():
        if _fits(other, now, keyword.arg, ast.unparse(call.func)) or (path and _is_at(path.parts, name)):
            continue
        new = f"{path.root}.{name}" if path else f'config_expr("{config}.{name}")'
        what = f"{keyword.arg or '**'} of {ast.unparse(call.func)}: {code.source(keyword.value)} -> {new}"
        yield code.fault(f"{kind}: a {other}", what, code.range(keyword.value), new, code.place(call))


def _config_in(code: Code, expression: ast.expr) -> str:
    """Return the first config that the text of an expression names."""
    configs = [name for other in codes(code.subject) for name in other.roots.values()]
    return next(name for name in configs if name in code.source(expression))


def _fits(kind: str, now: str | None, argument: str | None, function: str) -> bool:
    """Return whether a value of a kind is valid there as well."""
    if function == "Parameter" and argument == "default":
        return kind in {now, "boolean"}  # in Python, a bool is a number
    return kind == now and argument is not None


def _is_at(parts: tuple[tuple[str, object], ...], name: str) -> bool:
    return ".".join(part for part, _ in parts) == name

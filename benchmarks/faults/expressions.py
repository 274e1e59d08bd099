"""Faults of expressions: each name of each path misspelled, texts that are not Python, configs used too early."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from benchmarks.faults._code import Code, codes, examples_of
from benchmarks.faults._fault import Fault
from benchmarks.faults._subject import Subject
from benchmarks.faults._text import line_end, replaced, typo

_WORD = re.compile(r"[A-Za-z_]\w*")
_EARLY = {
    "truth": "1 if {path} else 2",
    "comparison": "{path} == 3",
    "text": 'f"{{{path}}}"',
    "conversion": "int({path})",
    "iteration": "[*{path}]",
    "length": "len({path})",
}


def faults(subject: Subject) -> Iterator[Fault]:
    """Return the faults of every path and every text of an expression."""
    for code in codes(subject):
        yield from _misspelt(code)
        yield from _texts(code)
        yield from _early(code)
        yield from _in_steps(code)


def _misspelt(code: Code) -> Iterator[Fault]:
    for path in code.paths():
        for name, at in path.parts:
            yield code.fault(
                "path misspelt", f"{name} in {code.source(path.node)}", at, typo(name), code.place(path.node)
            )
        deeper = code.range(path.node)[1]
        yield code.fault(
            "path too deep", f"{code.source(path.node)}.more", (deeper, deeper), ".more", code.place(path.node)
        )


def _texts(code: Code) -> Iterator[Fault]:
    for call in code.calls("config_expr"):
        text = call.args[0]
        if not (isinstance(text, ast.Constant) and isinstance(text.value, str)):
            continue
        start, end = code.range(text)
        written, place = code.text[start:end], code.place(call)
        for found in _WORD.finditer(written):
            if found[0] not in {"f", "join"}:
                at = start + found.start(), start + found.end()
                kind = "name in a text misspelt" if written[found.start() - 1] != "." else "path in a text misspelt"
                yield code.fault(kind, f"{found[0]} in {written}", at, typo(found[0]), place)
        for what, new in (
            ("a bracket too many", f"{written[:-1]}){written[-1]}"),
            ("an operator at the end", f"{written[:-1]} +{written[-1]}"),
            ("empty", '""'),
            ("a division by zero", f"{written[:-1]} and 1 / 0{written[-1]}"),
        ):
            yield code.fault("text that fails", what, (start, end), new, place)


def _early(code: Code) -> Iterator[Fault]:
    """Use each config of a file's flows in a class body as if it already had a value."""
    if code.file not in code.subject.flows:
        return
    for root, config in code.roots.items():
        path = next(iter(examples_of(code.subject, config).values()), "")
        flow = list(code.classes())[-1]
        at = line_end(code.text, code.range(_declaration(flow))[1])
        for what, form in _EARLY.items():
            new = replaced(code.text, (at, at), f"\n    early = {form.format(path=f'{root}.{path}')}")
            place = type(code.place(flow))(code.file, new[: at + 1].count("\n") + 1, new[: at + 1].count("\n") + 1)
            yield Fault("config used too early", what, {code.file: new}, (place,))


def _declaration(flow: ast.ClassDef) -> ast.stmt:
    """Return the last statement before a flow's steps: its docstring, or its configs."""
    return [node for node in flow.body if not isinstance(node, ast.FunctionDef)][-1]


def _in_steps(code: Code) -> Iterator[Fault]:
    """Misspell what steps read of configs: only a tool that reads the steps can find that."""
    names = {*code.roots, *code.roots.values()}
    for function in (node for node in ast.walk(code.tree) if isinstance(node, ast.FunctionDef)):
        for node in ast.walk(function):
            if isinstance(node, ast.Attribute) and ast.unparse(node.value).partition(".")[0] == "self":
                parts = ast.unparse(node).split(".")
                if parts[2:] and parts[1] in names:
                    end = code.range(node)[1]
                    what = f"{node.attr} in {ast.unparse(node)}"
                    at = end - len(node.attr), end
                    yield code.fault(
                        "path in a step misspelt", what, at, typo(node.attr), code.place(node), by_types=True
                    )

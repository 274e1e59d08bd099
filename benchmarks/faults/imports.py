"""Faults of code: misspelled imports, invalid Python, exceptions, exits and waits while a file is imported."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from benchmarks.faults._code import Code, codes
from benchmarks.faults._fault import Fault, Place
from benchmarks.faults._subject import Subject
from benchmarks.faults._text import line_of, line_start, replaced, typo

_ENDS = {
    "an exception": "raise RuntimeError('no')",
    "an exit": "raise SystemExit(3)",
    "a process ended": "__import__('os')._exit(1)",
    "an unknown name": "unknown_name",
}
_WAIT = "a wait without end"
_WAITS = {_WAIT: "while True: pass"}
#: Each of these takes seconds.
_WAITING = {"base_flow", "toml_file"}
_BLOCK = re.compile(r"^( *)(class|def) .*:$", re.MULTILINE)


def faults(subject: Subject) -> Iterator[Fault]:
    """Return the faults of every import, block and file of Python."""
    for code in codes(subject):
        yield from _imports(code)
        yield from _syntax(code)
        yield from _ends(code)


def _imports(code: Code) -> Iterator[Fault]:
    for node in ast.walk(code.tree):
        if not isinstance(node, ast.Import | ast.ImportFrom):
            continue
        start, end = code.range(node)
        modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
        for module in modules:
            at = code.text.index(module, start)
            yield code.fault("module misspelt", module, (at, at + len(module)), typo(module), code.place(node))
        for alias in node.names if isinstance(node, ast.ImportFrom) else ():
            found = re.search(rf"\b{alias.name}\b", code.text[code.text.index("import", start) : end])
            if found:
                at = code.text.index("import", start) + found.start()
                new = typo(alias.name)
                yield code.fault(
                    "imported name misspelt", alias.name, (at, at + len(alias.name)), new, code.place(node)
                )


def _syntax(code: Code) -> Iterator[Fault]:
    for found in _BLOCK.finditer(code.text):
        end = found.end()
        for what, text in (
            ("a colon left out", replaced(code.text, (end - 1, end), "")),
            ("a bracket too many", replaced(code.text, (end - 1, end), "):")),
            ("an indentation too much", replaced(code.text, (found.start(), found.start()), " ")),
        ):
            try:
                ast.parse(text)
            except SyntaxError as error:
                lines = (line_of(code.text, end), error.lineno or 1)
                places = tuple(Place(code.file, line, line) for line in dict.fromkeys(lines))
                yield Fault("no Python", f"{what} at {found[0].strip()}", {code.file: text}, places)


def _ends(code: Code) -> Iterator[Fault]:
    """Insert code that ends or blocks an import before the first class."""
    first = next(code.classes(), None)
    if first is None:
        return
    top = min([first.lineno, *(decorator.lineno for decorator in first.decorator_list)])
    at = _start_of(code.text, top)
    for what, line in {**_ENDS, **(_WAITS if code.subject.name in _WAITING else {})}.items():
        # A process that ends does not report its last line.
        places = (
            Place(code.file, top, top),
            *(_known(code) if "ended" in what else ()),
        )
        text = replaced(code.text, (at, at), f"{line}\n")
        yield Fault("import fails", what, {code.file: text}, places, is_slow=what == _WAIT)


def _known(code: Code) -> Iterator[Place]:
    """Return what is known if a process ends silently: the flow that was being imported."""
    yield Place(code.file)
    yield from (Place(flow) for flow in code.subject.flows)
    yield from _model_line(code)


def _model_line(code: Code) -> Iterator[Place]:
    """Return the line of the manifest that names a file."""
    manifest = code.subject.manifest
    for number, line in enumerate(code.subject.files[manifest].split("\n") if manifest else (), 1):
        if manifest and code.file in line:
            yield Place(manifest, number, number)


def _start_of(text: str, line: int) -> int:
    start = 0
    for _ in range(line - 1):
        start = text.index("\n", start) + 1
    return line_start(text, start)

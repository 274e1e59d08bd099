"""Python files for faults: paths into configs, calls, decorators, models, each with its offsets."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from benchmarks.faults._entries import entries
from benchmarks.faults._fault import Fault, Place
from benchmarks.faults._subject import Subject
from benchmarks.faults._text import Range, offset_of, replaced

_MODELS = {"ConfigModel", "BaseModel", "Strict"}


@dataclass(frozen=True)
class Path:
    """A path into a config: ``settings.schedule.cron``, its root's config, and its attributes with their ranges."""

    node: ast.expr
    config: str
    root: str
    parts: tuple[tuple[str, Range], ...]


class Code:
    """A Python file of a subject."""

    def __init__(self, subject: Subject, file: str) -> None:
        """Read the file."""
        self.subject = subject
        self.file = file
        self.text = subject.files[file]
        self.tree = ast.parse(self.text)
        self._lines = self.text.split("\n")

    def range(self, node: Any) -> Range:
        """Return the offsets of a node."""
        return self._offset(node.lineno, node.col_offset), self._offset(node.end_lineno, node.end_col_offset)

    def _offset(self, line: int, byte: int) -> int:
        return offset_of(self.text, line, len(self._lines[line - 1].encode()[:byte].decode()) + 1)

    def source(self, node: Any) -> str:
        """Return the text of a node."""
        return self.text[slice(*self.range(node))]

    def place(self, node: Any) -> Place:
        """Return the lines of a node."""
        return Place(self.file, node.lineno, node.end_lineno or node.lineno)

    def fault(self, kind: str, what: str, at: Range, new: str, *places: Place, **marks: Any) -> Fault:
        """Return the fault of one edit; lines above its end are neither added nor removed."""
        return Fault(kind, what, {self.file: replaced(self.text, at, new)}, places, **marks)

    def calls(self, *names: str) -> Iterator[ast.Call]:
        """Return the calls of functions with some names."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in names:
                yield node

    def classes(self) -> Iterator[ast.ClassDef]:
        """Return all classes."""
        yield from (node for node in ast.walk(self.tree) if isinstance(node, ast.ClassDef))

    def models(self) -> Iterator[ast.ClassDef]:
        """Return the classes that are models."""
        yield from (node for node in self.classes() if any(ast.unparse(base) in _MODELS for base in node.bases))

    @cached_property
    def roots(self) -> dict[str, str]:
        """The first names of paths into configs, and their configs."""
        found = {}
        for node in ast.walk(self.tree):
            value = node.value if isinstance(node, ast.Assign) else None
            if isinstance(node, ast.Assign) and isinstance(value, ast.Call) and _named(value):
                found[ast.unparse(node.targets[0])] = _named(value)
        return found

    def paths(self) -> Iterator[Path]:
        """Return the paths in decorators and class bodies, where they are delayed; not those in functions."""
        yield from self._paths(self.tree)

    def _paths(self, node: ast.AST) -> Iterator[Path]:
        if isinstance(node, ast.FunctionDef):
            for decorator in node.decorator_list:
                yield from self._paths(decorator)
            return
        found = self.path(node)
        if found is not None:
            yield found
            return
        for child in ast.iter_child_nodes(node):
            yield from self._paths(child)

    def path(self, node: ast.AST) -> Path | None:
        """Return the path of a node, if it is one."""
        parts: list[tuple[str, Range]] = []
        current = node
        while isinstance(current, ast.Attribute):
            end = self.range(current)[1]
            parts.append((current.attr, (end - len(current.attr), end)))
            current = current.value
        config = ""
        if isinstance(current, ast.Name):
            config = self.roots.get(current.id, "")
        elif isinstance(current, ast.Call) and ast.unparse(current.func) == "ref":
            config = _named(current)
        if not (parts and config and isinstance(node, ast.expr) and isinstance(current, ast.expr)):
            return None
        return Path(node, config, self.source(current), tuple(reversed(parts)))


def _named(call: ast.Call) -> str:
    """Return the name of the config that a call declares or refers to."""
    at = {"Config": 0, "ref": 1}.get(ast.unparse(call.func))
    if at is None or len(call.args) <= at or not isinstance(call.args[at], ast.Constant):
        return ""
    value = call.args[at]
    return str(value.value) if isinstance(value, ast.Constant) else ""


def codes(subject: Subject) -> Iterator[Code]:
    """Return the Python files of a subject."""
    return (Code(subject, file) for file in subject.code)


def examples_of(subject: Subject, config: str) -> dict[str, str]:
    """Return a path in a config with a value of each kind."""
    found: dict[str, str] = {}
    for file in _files_of(subject, config):
        for entry in entries(file, subject.files[file]):
            kind = _kind(entry.value)
            if all(isinstance(key, str) and key.isidentifier() for key in entry.path) and entry.format:
                found.setdefault(kind, ".".join(map(str, entry.path)))
    return found


def kind_at(subject: Subject, config: str, path: str) -> str | None:
    """Return the kind of the value at a path of a config, or None if no file sets it."""
    for file in _files_of(subject, config):
        for entry in entries(file, subject.files[file]):
            if ".".join(map(str, entry.path)) == path:
                return _kind(entry.value)
    return None


def _files_of(subject: Subject, config: str) -> tuple[str, ...]:
    if subject.manifest or subject.is_raw:
        return subject.settings
    named = [
        keyword.value.value
        for code in codes(subject)
        for call in code.calls("Config")
        if _named(call) == config
        for keyword in call.keywords
        if keyword.arg == "default" and isinstance(keyword.value, ast.Constant)
    ]
    return tuple(str(name) for name in named if name in subject.files)


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    kinds = {str: "text", int: "number", float: "number", list: "list", dict: "mapping"}
    return kinds.get(type(value), "null")


def lines_of_key(subject: Subject, name: str) -> Iterator[Place]:
    """Return the lines of settings files that set a key of a name."""
    for file in subject.settings:
        for entry in entries(file, subject.files[file]):
            if entry.path[-1] == name:
                yield Place(file, entry.line, max(entry.line, entry.value_line))


def lines_of_value(subject: Subject, value: Any) -> Iterator[Place]:
    """Return the lines of settings files that set a value."""
    for file in subject.settings:
        for entry in entries(file, subject.files[file]):
            if entry.value == value and type(entry.value) is type(value):
                yield Place(file, entry.line, max(entry.line, entry.value_line))


def lines_of_word(subject: Subject, word: str) -> Iterator[Place]:
    """Return the lines of Python files that use an attribute, name it in a text, or pass on all fields of an object."""
    for file in subject.code:
        for number, line in enumerate(subject.files[file].split("\n"), 1):
            if f".{word}" in line or f"{word}=" in line or "**" in line:
                yield Place(file, number, number)

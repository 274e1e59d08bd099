"""Faults of models: fields of another type, renamed, removed, added; secrets; mutable, lost or ignored fields."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace

from benchmarks.faults._code import Code, codes, lines_of_key, lines_of_value, lines_of_word
from benchmarks.faults._fault import Fault, Place
from benchmarks.faults._subject import Subject
from benchmarks.faults._text import Range, line_of, replaced, typo

_TIGHT = {"ge": "1000000", "gt": "1000000", "le": "-1000000", "lt": "-1000000", "min_length": "100", "max_length": "0"}
_UNUSED = "an optional field that no file sets and no code reads"
_OPTIONS = {
    "mutable model": '{"frozen": False}',
    "model that ignores keys": '{"extra": "ignore"}',
    "model that takes all keys": '{"extra": "allow"}',
}


def faults(subject: Subject) -> Iterator[Fault]:
    """Return the faults of every model and each of its fields."""
    for code in codes(subject):
        for model in code.models():
            yield from _of_model(code, model)
            for field in model.body:
                if isinstance(field, ast.AnnAssign):
                    yield from _of_field(code, model, field)
        yield from _choices(code)
        yield from _limits(code)
        yield from _validators(code)


def _of_model(code: Code, model: ast.ClassDef) -> Iterator[Fault]:
    """Add a field or options at the end of a model's body; take another base."""
    at, indent = code.range(model)[1], " " * model.body[0].col_offset
    line = line_of(code.text, at) + 1
    own, users = Place(code.file, model.lineno, model.lineno), tuple(_users(code, model.name))
    new = replaced(code.text, (at, at), f"\n{indent}added: int")
    where = (Place(code.file, line, line), own, *(_later(place, code.file, line) for place in users))
    yield Fault("required field added", model.name, {code.file: new}, where)
    if code.subject.is_raw:
        return
    for kind, options in _OPTIONS.items():
        new = replaced(code.text, (at, at), f"\n{indent}model_config = {options}")
        yield Fault(kind, model.name, {code.file: new}, (Place(code.file, line, line), own), is_silent=True)
    base = model.bases[0]
    text = _importing(replaced(code.text, code.range(base), "BaseModel"), "BaseModel")
    yield Fault("plain model", model.name, {code.file: text}, (own,), is_silent=True)


def _users(code: Code, name: str) -> Iterator[Place]:
    """Return the lines that create instances of a model, and the keys of fields of its type."""
    for call in code.calls(name):
        yield code.place(call)
    for field in (node for node in ast.walk(code.tree) if isinstance(node, ast.AnnAssign)):
        if name in ast.unparse(field.annotation):
            yield from lines_of_key(code.subject, ast.unparse(field.target))


def _later(place: Place, file: str, line: int) -> Place:
    """Return a location after a line was inserted."""
    return (
        replace(place, first=place.first + 1, last=place.last + 1)
        if (place.file, place.first >= line) == (file, True)
        else place
    )


def _of_field(code: Code, model: ast.ClassDef, field: ast.AnnAssign) -> Iterator[Fault]:
    name = ast.unparse(field.target)
    at, annotation = code.range(field), code.source(field.annotation)
    own, whole = code.place(field), Place(code.file, model.lineno, model.lineno)
    data = tuple(lines_of_key(code.subject, name))
    uses = (*lines_of_word(code.subject, name), *_users(code, model.name))
    what = f"{model.name}.{name}"
    other = "int" if _is_mapping(code, annotation) else "dict[str, int]"
    yield code.fault("field of another type", what, code.range(field.annotation), other, own, whole, *data, *uses)
    is_unset = field.value is not None and not data
    is_read = any(f".{name}" in text for text in (code.subject.files[file] for file in code.subject.code))
    marks = {"by_types": is_unset and is_read, "reason": _UNUSED if is_unset and not is_read else ""}
    yield code.fault("field renamed", what, _start(at, name), typo(name), own, whole, *data, *uses, **marks)
    rest = "..." if len(model.body) == 1 else "pass"
    yield code.fault("field removed", what, at, rest, own, whole, *data, *uses, **marks)
    yield code.fault("unknown type", what, code.range(field.annotation), "NoSuchType", own, whole, is_silent=True)
    if field.value is not None:
        yield code.fault("default of another type", what, code.range(field.value), "object", own, whole, is_silent=True)
    if code.subject.is_raw:
        return
    default = f"{code.source(field.value)}, " if field.value is not None else ""
    some = ' = SecretStr("none")' if default else ""
    for kind, new, import_ in (
        ("secret field", f"{name}: SecretStr{some}", "SecretStr"),
        ("field that is not stored", f"{name}: {annotation} = Field({default}exclude=True)", "Field"),
        ("reserved field", f"items: {code.text[at[0] + len(name) + 1 : at[1]].lstrip()}", "Field"),
    ):
        text = _importing(replaced(code.text, at, new), import_)
        yield Fault(kind, what, {code.file: text}, (own, whole, *data, *uses), is_silent=True)


def _start(at: Range, name: str) -> Range:
    return at[0], at[0] + len(name)


def _is_mapping(code: Code, annotation: str) -> bool:
    return "dict" in annotation or any(model.name in annotation for model in code.models())


def _importing(text: str, name: str) -> str:
    """Import a name of pydantic on an existing line, so that no other line moves."""
    return text.replace("\nfrom typedflow import", f"\nfrom pydantic import {name}; from typedflow import", 1)


def _choices(code: Code) -> Iterator[Fault]:
    """Misspell each choice of each Literal."""
    for node in ast.walk(code.tree):
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "Literal":
            items = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
            for item in items:
                if isinstance(item, ast.Constant) and isinstance(item.value, str):
                    places = (code.place(item), *lines_of_value(code.subject, item.value), *_defaults(code, item.value))
                    new = f'"{typo(item.value)}"'
                    yield code.fault("choice misspelt", item.value, code.range(item), new, *places)


def _defaults(code: Code, value: str) -> Iterator[Place]:
    """Return the lines of fields that have a value as their default."""
    for field in (node for node in ast.walk(code.tree) if isinstance(node, ast.AnnAssign)):
        if isinstance(field.value, ast.Constant) and field.value.value == value:
            yield code.place(field)


def _limits(code: Code) -> Iterator[Fault]:
    """Change each limit of a field to one that no value meets; misspell the keys of unions and of merging."""
    for field in (node for node in ast.walk(code.tree) if isinstance(node, ast.AnnAssign)):
        name = ast.unparse(field.target)
        data = tuple(lines_of_key(code.subject, name))
        for node in ast.walk(field.annotation):
            if isinstance(node, ast.keyword) and node.arg in _TIGHT:
                new = _TIGHT[node.arg]
                yield code.fault(
                    "limit out of reach", f"{node.arg} of {name}", code.range(node.value), new, code.place(field), *data
                )
            if isinstance(node, ast.keyword) and node.arg == "discriminator":
                new = f'"{typo(ast.literal_eval(node.value))}"'
                places = (Place(code.file, model.lineno, model.lineno) for model in code.models())
                yield code.fault(
                    "discriminator misspelt", name, code.range(node.value), new, code.place(field), *places
                )
            if isinstance(node, ast.Attribute) and ast.unparse(node) == "Merge.append":
                for new in ('Merge.by_key("name")', "Merge.apend"):
                    yield code.fault(
                        "wrong merge rule", f"{new} of {name}", code.range(node), new, code.place(field), *data
                    )


def _validators(code: Code) -> Iterator[Fault]:
    """Misspell what validators read of their model."""
    for model in code.models():
        for function in (node for node in model.body if isinstance(node, ast.FunctionDef)):
            for node in ast.walk(function):
                if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "self":
                    end = code.range(node)[1]
                    at = (end - len(node.attr), end)
                    yield code.fault("validator fails", node.attr, at, typo(node.attr), code.place(node))

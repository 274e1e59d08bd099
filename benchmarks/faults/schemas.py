"""Faults of exported schemas: the model was changed after the export, or the schema was edited."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from benchmarks.faults._code import Code, codes
from benchmarks.faults._fault import Fault, Place
from benchmarks.faults._subject import Subject
from benchmarks.faults._text import line_of, replaced

SCHEMA = "schemas/settings.schema.json"


def faults(subject: Subject) -> Iterator[Fault]:
    """Return the faults of a model with an exported schema that are valid otherwise."""
    if subject.has_schemas:
        for code in codes(subject):
            for model in code.models():
                yield from _of_model(code, model)


def _of_model(code: Code, model: ast.ClassDef) -> Iterator[Fault]:
    at, indent = code.range(model)[1], " " * model.body[0].col_offset
    line = line_of(code.text, at) + 1
    places = (Place(SCHEMA), Place(code.file, model.lineno, line))
    new = replaced(code.text, (at, at), f"\n{indent}added: int = 1")
    yield Fault("stale schema", f"{model.name} has a new field", {code.file: new}, places, is_silent=True)
    for field in model.body:
        if isinstance(field, ast.AnnAssign):
            yield from _of_field(code, model, field)


def _of_field(code: Code, model: ast.ClassDef, field: ast.AnnAssign) -> Iterator[Fault]:
    places = (Place(SCHEMA), Place(code.file, model.lineno, model.lineno), code.place(field))
    what, end = f"{model.name}.{ast.unparse(field.target)}", code.range(field)[1]
    if isinstance(field.value, ast.Constant):
        new = {True: "False", "UTC": '"CET"', "auto": '"svd"', "target": '"s6"'}.get(field.value.value, "4")
        yield code.fault(
            "stale schema", f"{what} has another default", code.range(field.value), new, *places, is_silent=True
        )
    described = code.text[end:].lstrip().startswith('"""')
    if not described:
        new = f'\n    """{what} is described now."""'
        yield code.fault("stale schema", f"{what} has a description", (end, end), new, *places, is_silent=True)

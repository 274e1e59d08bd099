"""The files of exported schemas: their texts, and whether they match the models."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from typedflow.parsing import find_conflicts
from typedflow.schema._export import DIALECTS, Draft, export
from typedflow.values import RULES, Diagnostic, Location, Source, TypedflowError, canonical, format_path, leaves_of

if TYPE_CHECKING:
    from pydantic import BaseModel

    from typedflow.schema._section import Part

_COMMENT = "made by typedflow schema export"
_MARKER = f'"$comment": "{_COMMENT}"'
_SUFFIX = ".schema.json"
_OVERLAY = ".overlay"
_SHOWN = 60
_RULE = RULES["schema-drift"]


class SchemaFile(NamedTuple):
    """What a schema file describes: files with the settings of some models, or with a part of them.

    ``plain``: the files have no directives, such as ``$ref``.
    """

    models: tuple[type[BaseModel], ...]
    overlay: bool = False
    part: Part | None = None
    plain: bool = False

    def text(self, draft: Draft = "2020-12") -> str:
        """Return the text of the schema file.

        Raises:
            TypedflowError: a model has no JSON Schema.
        """
        return schema_text(*self.models, overlay=self.overlay, draft=draft, part=self.part, plain=self.plain)


def schema_text(
    *models: type[BaseModel],
    overlay: bool = False,
    draft: Draft = "2020-12",
    part: Part | None = None,
    plain: bool = False,
) -> str:
    """Return the text of the schema file of a model, or of several that share files; see ``SchemaFile``.

    Raises:
        TypedflowError: a model has no JSON Schema.
    """
    shown = export(*models, overlay=overlay, directives=not plain, draft=draft, part=part)
    return canonical({"$comment": _COMMENT, **shown})


def schema_files(schemas: Mapping[str, Sequence[type[BaseModel]]]) -> dict[str, SchemaFile]:
    """Return the two schema files of each name, of complete files and of overlays, by the names of the files."""
    full = {full_name(name): SchemaFile(tuple(models)) for name, models in schemas.items()}
    return full | {overlay_name(name): SchemaFile(tuple(models), overlay=True) for name, models in schemas.items()}


def schema_texts(files: Mapping[str, SchemaFile], *, draft: Draft = "2020-12") -> dict[str, str]:
    """Return the texts of schema files, by file name.

    Raises:
        TypedflowError: with each model that has no JSON Schema.
    """
    texts: dict[str, str] = {}
    problems: list[Diagnostic] = []
    for name, file in files.items():
        try:
            texts[name] = file.text(draft)
        except TypedflowError as error:
            problems += error.diagnostics
    if problems:
        raise TypedflowError(dict.fromkeys(problems))
    return texts


def full_name(name: str) -> str:
    """Return the name of the file of a schema of complete files."""
    return f"{name}{_SUFFIX}"


def overlay_name(name: str) -> str:
    """Return the name of the file of a schema of overlays."""
    return f"{name}{_OVERLAY}{_SUFFIX}"


def is_exported(text: str) -> bool:
    """Return whether a schema file is from ``typedflow schema export``; other files must not be overwritten."""
    return _MARKER in text


def find_drift(files: Mapping[str, SchemaFile], found: Mapping[str, str]) -> list[Diagnostic]:
    """Return a ``schema-drift`` for each exported schema that does not match its models.

    Shape: ``files`` by their names; ``found`` has the texts of schema files by path. Files that are not from
    ``typedflow schema export``, or have none of the names, are skipped.

    Raises:
        TypedflowError: a model has no JSON Schema.
    """
    problems = []
    for path, text in found.items():
        name = path.rpartition("/")[2]
        if name in files and is_exported(text):
            today = files[name].text(_draft(text))
            problems += [drift_diagnostic(path, text, today)] if text != today else []
    return problems


def drift_diagnostic(path: str, found: str | None, today: str | None) -> Diagnostic:
    """Return the diagnostic for an outdated schema file; a text is None if the file does not, or should not, exist."""
    if found is None:
        what = "it is missing"
    elif today is None:
        what = "no config has this schema"
    else:
        what = _difference(found, today)
    hint = "run `typedflow schema export` and commit the result"
    if found is not None and (marked := find_conflicts(Source(path, found))) and _read(found) is None:
        return replace(marked[0], rule=_RULE, hint=hint)
    return Diagnostic(_RULE, f"the exported schema is out of date: {what}", Location(path), hint=hint)


def _draft(text: str) -> Draft:
    data = _read(text)
    named = data.get("$schema") if isinstance(data, dict) else None
    return next((draft for draft, dialect in DIALECTS.items() if dialect == named), "2020-12")


def _read(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _difference(text: str, today: str) -> str:
    """Return a description of the first leaf that differs."""
    data = _read(text)
    if data is None:
        return "it is not valid JSON"
    old, new = dict(leaves_of(data)), dict(leaves_of(json.loads(today)))
    first = next((path for path in sorted({*old, *new}, key=_order) if _text(old, path) != _text(new, path)), None)
    if first is None:
        return "it is formatted differently"
    return f"`{format_path(first)}` is {_text(old, first)}, but should be {_text(new, first)}"


def _order(path: tuple[str | int, ...]) -> list[tuple[str, int]]:
    return [(key, 0) if isinstance(key, str) else ("", key) for key in path]


def _text(leaves: dict[tuple[str | int, ...], Any], path: tuple[str | int, ...]) -> str:
    text = json.dumps(leaves[path], ensure_ascii=False) if path in leaves else "absent"
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 3]}..."

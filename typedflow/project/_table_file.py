"""The file of a table, as a config of its own: ``name.tbl.yaml``, or ``name.src.yaml`` of one that is only read."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, StringConstraints

from typedflow.models import ConfigModel
from typedflow.project._engine_keys import TypeText
from typedflow.values import PLAIN_TYPES, KeyPath

_Text = Annotated[str, StringConstraints(min_length=1)]


def _any_case(word: str) -> str:
    return "".join(f"[{each.lower()}{each.upper()}]" if each.isalpha() else each for each in word)


def _type_schemas() -> list[dict[str, Any]]:
    """Return what a type is in an editor: the words that it completes, and whatever else may be one."""
    plain = "|".join(map(_any_case, PLAIN_TYPES))
    nested = "|".join(map(_any_case, ("list", "struct")))
    pattern = rf"^\s*(({plain})\s*|{_any_case('decimal')}\s*\(.*\)\s*|({nested})\s*<.*>\s*)$"
    return [
        {"type": "string", "enum": list(PLAIN_TYPES)},
        {"type": "string", "pattern": pattern, "examples": ["decimal(10,2)", "list<text>", "struct<a: int>"]},
        {"type": "null"},
    ]


def _as_types(schema: dict[str, Any]) -> None:
    schema["anyOf"] = _type_schemas()


def _or_types(schema: dict[str, Any]) -> None:
    """Accept the name of a type as a column in an editor, too: ``with_whole_columns`` makes it one."""
    schema["additionalProperties"] = {"anyOf": [*_type_schemas(), schema["additionalProperties"]]}


class Column(ConfigModel):
    """A column: its type, such as `double`, or a table with its `type` and more."""

    type: TypeText | None = Field(None, json_schema_extra=_as_types)
    """The type of the values; only a column of an external table may have none, and is then not checked."""
    nullable: bool = True
    """Whether values may be NULL."""
    description: str = ""
    """What the column contains."""


class Table(ConfigModel):
    """A table of the project's engine."""

    table: _Text
    """The name in the engine, with `${...}` for the binding and for settings: `${environment.DATABASE}.films`."""
    external: bool = False
    """Whether the table is only read: somebody else creates it and writes it. That of a `.src` file is external."""
    description: str = ""
    """What the table contains."""
    partitioned_by: tuple[_Text, ...] = ()
    """The columns whose values divide the table into partitions, which are replaced as a whole."""
    columns: dict[str, Column] = Field(default_factory=dict, json_schema_extra=_or_types)
    """The columns by name, in their order; an external table without any may have any."""


def with_whole_columns(tree: Any) -> Any:
    """Return the tree of a table's file in which each column that is only a type is a mapping with this type."""
    columns = tree.get("columns") if isinstance(tree, dict) else None
    if not isinstance(columns, dict):
        return tree
    whole = {name: {"type": each} if _is_short(each) else each for name, each in columns.items()}
    return {**tree, "columns": whole}


def path_in_file(tree: Any, path: KeyPath) -> KeyPath:
    """Return a key path of ``with_whole_columns`` in the file's own tree."""
    name = path[1] if len(path) > 1 and path[0] == "columns" else None
    return path[:2] if name is not None and _is_short(tree["columns"].get(name)) else path


def _is_short(column: Any) -> bool:
    return column is None or isinstance(column, str)

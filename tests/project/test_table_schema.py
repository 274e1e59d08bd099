"""The JSON Schema of a table's file accepts the types that are types, in both forms of a column."""

from __future__ import annotations

import jsonschema
import pytest

from typedflow.project import Table
from typedflow.schema import export
from typedflow.values import PLAIN_TYPES, ColumnTypeError, parse_column_type

SCHEMA = export(Table)
TYPES = (*PLAIN_TYPES, "INT", " Text ", "decimal(10,2)", "Decimal (4, 0)", "list<int>", "struct<a: int, b: list<text>>")
WRONG = ("", "dubble", "int32", "ints", "decimal", "decimal(10,2", "list", "list<int", "struct", "int int", "text<int>")


def _accepts(column: object) -> bool:
    found = jsonschema.Draft202012Validator(SCHEMA)
    return bool(found.is_valid({"table": "t", "columns": {"a": column}}))


@pytest.mark.parametrize("text", TYPES)
def test_types(text: str) -> None:
    """The parser accepts them as well."""
    assert parse_column_type(text).name
    assert _accepts(text)
    assert _accepts({"type": text, "nullable": False, "description": "x"})


@pytest.mark.parametrize("text", WRONG)
def test_other_texts(text: str) -> None:
    """Nor does the parser accept them."""
    with pytest.raises(ColumnTypeError):
        parse_column_type(text)
    assert not _accepts(text)
    assert not _accepts({"type": text})


def test_other_columns() -> None:
    """A column of an external table needs no type; a key that a column does not have is a mistake."""
    assert _accepts(None)
    assert _accepts({})
    assert not _accepts(3)
    assert not _accepts({"kind": "int"})
    assert not jsonschema.Draft202012Validator(SCHEMA).is_valid({"columns": {}})

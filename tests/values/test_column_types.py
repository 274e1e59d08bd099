"""The types of columns: read, written, and refused with what was meant."""

from __future__ import annotations

import pytest

from typedflow.values import ColumnType, ColumnTypeError, parse_column_type

TYPES = [
    ("int", "int"),
    ("Integer", "int"),
    ("STRING", "text"),
    ("boolean", "bool"),
    (" timestamptz ", "timestamptz"),
    ("decimal( 10 , 2 )", "decimal(10,2)"),
    ("DECIMAL(38,38)", "decimal(38,38)"),
    ("list< list<string> >", "list<list<text>>"),
    ("struct<a:int,b:list<decimal(3,1)>>", "struct<a: int, b: list<decimal(3,1)>>"),
    ("struct<\n  Größe: double\n>", "struct<Größe: double>"),
]
REFUSED = [
    ("", "a type is missing; the types are `int`, "),
    ("varchar", "`varchar` is not a type: did you mean `text`?"),
    ("int64", "`int64` is not a type: did you mean `bigint`?"),
    ("bigimt", "`bigimt` is not a type: did you mean `bigint`?"),
    ("qqq", "`qqq` is not a type: the types are `int`, "),
    ("int?", "`int?` is not a type: `?` is not allowed in it"),
    ("int text", "`int text` is not a type: `text` follows `int`"),
    ("decimal", "`decimal` requires its digits and how many of them follow the point, as in `decimal(10,2)`"),
    ("decimal(39,0)", "`decimal(39,0)` is not a type: 1 to 38 digits are possible"),
    ("decimal(2,3)", "`decimal(2,3)` is not a type"),
    ("decimal(0,0)", "`decimal(0,0)` is not a type"),
    ("decimal(²,1)", "`decimal` requires its digits"),
    ("list", "`list` requires types in angle brackets, as in `list<int>`"),
    ("list<int", "`list` requires types"),
    ("list<int,int>", "`list` requires types"),
    ("list<>", "a type is missing before `>`"),
    ("list<", "a type is missing at the end"),
    ("struct<int>", "`struct` requires types in angle brackets, as in `struct<a: int, b: text>`"),
    ("struct<a: int, A: int>", "`struct` has two fields `a`"),
    ("list<" * 30 + "int" + ">" * 30, "a type is nested more than 20 levels deep"),
]


@pytest.mark.parametrize(("text", "written"), TYPES)
def test_a_type_is_read_and_written(text: str, written: str) -> None:
    """Case, spaces and synonyms do not matter."""
    found = parse_column_type(text)
    assert str(found) == written
    assert parse_column_type(written) == found


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_what_is_not_a_type_is_refused(text: str, message: str) -> None:
    """The message says what was meant, if anything is close."""
    with pytest.raises(ColumnTypeError) as caught:
        parse_column_type(text)
    assert str(caught.value).startswith(message)


def test_parts_of_a_type() -> None:
    """A list has one field without a name."""
    found = parse_column_type("struct<a: list<decimal(10,2)>>")
    assert found.fields == (("a", ColumnType("list", fields=(("", ColumnType("decimal", 10, 2)),))),)

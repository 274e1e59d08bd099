"""Where a schema says something else than our parser: the table of docs/editors.md, row by row."""

import datetime
import json
import re
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import jsonschema
import pytest
from pydantic import AfterValidator, AnyUrl, Field, StringConstraints, create_model

from typedflow.layers import layer, merge
from typedflow.models import ConfigModel, plan_of, validate
from typedflow.parsing import parse
from typedflow.schema import export
from typedflow.values import Source, TypedflowError

jsonschema_rs = pytest.importorskip("jsonschema_rs", reason="it is in the dependency group `editors`")


def _even(number: int) -> int:
    if number % 2:
        raise ValueError("an odd number")
    return number


Stripped = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1)]

#: A row of the table, the type of a field, a value, whether we take it, and whether its schema does.
DIFFERENCES: list[tuple[str, Any, Any, bool, bool]] = [
    ("values that your own validators reject", Annotated[int, AfterValidator(_even)], 3, False, True),
    ("strings that are converted to another type", int, "3", True, False),
    ("strings that are converted to another type", float, "1.5", True, False),
    ("strings that are converted to another type", bool, "yes", True, False),
    ("`true` as a number, `1` as a boolean", int, True, True, False),
    ("`true` as a number, `1` as a boolean", bool, 1, True, False),
    ("a UUID without dashes", uuid.UUID, "12345678123456781234567812345678", True, False),
    ("a duplicate item of a set", set[int], [1, 1], True, False),
    ("a date as a number", datetime.date, 86400, True, False),
    ("the length of strings that are stripped", Stripped, " a ", True, False),
    ("dictionary keys that are not strings", dict[int, str], {"a": "b"}, False, True),
    ("`3.0` for an `int` of a strict model", Annotated[int, Field(strict=True)], 3.0, False, True),
]

#: What validators, that all go by the same schema, judge differently among themselves.
DISPUTED: list[tuple[str, Any, Any, bool]] = [
    ("the format of strings (addresses, dates)", AnyUrl, "nope", False),
    ("times without a time zone", datetime.datetime, "2024-01-01T00:00:00", True),
    ("times without a time zone", datetime.time, "12:00", True),
    ("regular expressions", Annotated[str, Field(pattern="^a$")], "a\n", False),
    ("regular expressions", Annotated[str, Field(pattern=r"^\d$")], "\u0663", True),
    ("`multiple_of` a fraction", Annotated[float, Field(multiple_of=0.1)], 0.3, True),
]


@pytest.mark.parametrize(("annotation", "value", "ours", "theirs"), [row[1:] for row in DIFFERENCES])
def test_a_known_difference(annotation: Any, value: Any, ours: bool, theirs: bool) -> None:  # noqa: FBT001 # a table's column
    """We and the schema judge as the table says."""
    model = create_model("Model", __base__=ConfigModel, value=(annotation, ...))
    assert _takes(model, value) is ours
    assert _judged(model, value) == {theirs}


@pytest.mark.parametrize(("annotation", "value", "ours"), [row[1:] for row in DISPUTED])
def test_what_validators_dispute(annotation: Any, value: Any, ours: bool) -> None:  # noqa: FBT001 # the same
    """The schema says all that it can; what that means is not the same to all."""
    model = create_model("Model", __base__=ConfigModel, value=(annotation, ...))
    assert _takes(model, value) is ours
    assert _judged(model, value) == {True, False}


def test_the_documentation_lists_them() -> None:
    """Each row of its table is tested here, and each difference that is tested is a row."""
    page = (Path(__file__).parents[2] / "docs" / "editors.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (.+?) \|", page.partition("## What a schema cannot express")[2], re.MULTILINE)
    assert set(rows[2:]) == {row for row, *_ in [*DIFFERENCES, *DISPUTED]}


def _takes(model: type[ConfigModel], value: Any) -> bool:
    source = Source("settings.json", json.dumps({"value": value}), "json")
    try:
        validate(merge([layer(source, parse(source))], plan_of(model)), model)
    except TypedflowError:
        return False
    return True


def _judged(model: type[ConfigModel], value: Any) -> set[bool]:
    """Give what two validators say."""
    schema: Any = export(model)
    validator: Callable[..., Any] = jsonschema.Draft202012Validator
    python = validator(schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)
    rust = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
    document = {"value": value}
    return {python.is_valid(document), rust.is_valid(document)}

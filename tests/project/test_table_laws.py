"""Laws of tables' files, and of the types of columns, with random ones."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from typedflow.models import dump
from typedflow.project import LoadedProject, open_project, resolve
from typedflow.values import (
    MAX_DIGITS,
    ColumnType,
    ColumnTypeError,
    TypedflowError,
    fits_column_type,
    parse_column_type,
)

MODEL = "from typedflow import ConfigModel\n\nclass Settings(ConfigModel):\n    place: str = 'x'\n"
MANIFEST = 'model = "model.py:Settings"\n\n[tables."schemas/*"]\n'
PLAIN = ("int", "bigint", "float", "double", "text", "bool", "date", "timestamp", "timestamptz", "bytes")
SYNTAX = "<>(),: \t\n" + "aint0"

names = st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,8}", fullmatch=True)
texts = st.text(st.characters(categories=("L", "N", "P")), max_size=5)
Open = Callable[[dict[str, str]], LoadedProject]
few = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
law = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@st.composite
def decimals(draw: st.DrawFn) -> ColumnType:
    """Return a decimal type."""
    digits = draw(st.integers(1, MAX_DIGITS))
    return ColumnType("decimal", digits, draw(st.integers(0, digits)))


def _nested(inner: st.SearchStrategy[ColumnType]) -> st.SearchStrategy[ColumnType]:
    fields = st.lists(st.tuples(names, inner), min_size=1, max_size=3, unique_by=lambda field: field[0].lower())
    lists = inner.map(lambda kind: ColumnType("list", fields=(("", kind),)))
    return lists | fields.map(lambda found: ColumnType("struct", fields=tuple(found)))


types = st.recursive(st.sampled_from(PLAIN).map(ColumnType) | decimals(), _nested, max_leaves=5)


@st.composite
def tables(draw: st.DrawFn) -> dict[str, Any]:
    """Return the tree of a valid file."""
    columns: dict[str, Any] = {}
    for name in draw(st.lists(names, min_size=1, max_size=5, unique_by=str.lower)):
        kind = str(draw(types))
        whole = {"type": kind, "nullable": draw(st.booleans()), "description": draw(texts)}
        columns[name] = draw(st.sampled_from([kind, whole]))
    parts = draw(st.lists(st.sampled_from(["a", "b_1", "${place}", "x${place}-y"]), min_size=1, max_size=3))
    partitions = draw(st.lists(st.sampled_from(sorted(columns)), unique=True, max_size=2))
    tree: dict[str, Any] = {"table": ".".join(parts), "columns": columns, "partitioned_by": partitions}
    return tree | draw(st.sampled_from([{}, {"external": True}, {"description": "d"}]))


@st.composite
def broken(draw: st.DrawFn) -> str:
    """Return the text of a file that may have anything in place of one of its parts."""
    tree = draw(tables())
    values: Any = (
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4) | st.just([1]) | st.just({})
    )
    keys = st.sampled_from(["$ref", "$merge", "tabel", "", "a b", "columns", "table", "\x00"]) | names
    place = draw(st.sampled_from(["top", "columns", "column", "text"]))
    if place == "text":
        text = json.dumps(tree, ensure_ascii=False)
        at = draw(st.integers(0, len(text)))
        return text[:at] + draw(st.text(max_size=3)) + text[at + draw(st.integers(0, 3)) :]
    owner = tree if place == "top" else tree["columns"]
    if place == "column":
        owner = owner.setdefault(draw(names), {})
        owner = owner if isinstance(owner, dict) else tree
    owner[draw(keys)] = draw(values)
    return json.dumps(tree, ensure_ascii=False)


@pytest.fixture
def opened(tmp_path: Path) -> Open:
    """Return a project of some files of tables."""
    for name, text in {"typedflow.toml": MANIFEST, "model.py": MODEL, "settings/settings.yaml": ""}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)

    def made(files: dict[str, str]) -> LoadedProject:
        folder = tmp_path / "schemas"
        folder.mkdir(exist_ok=True)
        for file in folder.iterdir():
            file.unlink()
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8", errors="surrogatepass")
        return open_project(tmp_path, {})

    return made


@law
@given(types)
def test_types_are_read_back(kind: ColumnType) -> None:
    """However they are spaced; and a type holds its own values."""
    assert parse_column_type(str(kind)) == kind
    assert parse_column_type(re.sub(r"([<>(),:])", r" \1 ", str(kind))) == kind
    assert fits_column_type(kind, kind)


@law
@given(types, types, types)
def test_fitting_is_an_order(one: ColumnType, two: ColumnType, three: ColumnType) -> None:
    """What fits what fits a third, fits that; two that fit each other are the same."""
    if fits_column_type(one, two) and fits_column_type(two, three):
        assert fits_column_type(one, three)
    if fits_column_type(one, two) and fits_column_type(two, one):
        assert one == two


@law
@given(st.text(max_size=12) | st.text(alphabet=SYNTAX, max_size=20) | types.map(lambda kind: str(kind)[:-1]))
def test_a_text_is_a_type_or_is_refused(text: str) -> None:
    """And what is read is written as a type again."""
    with suppress(ColumnTypeError):
        kind = parse_column_type(text)
        assert parse_column_type(str(kind)) == kind


@few
@given(tables())
def test_a_file_is_what_it_resolves_to(opened: Open, tree: dict[str, Any]) -> None:
    """In every format; and the resolved table, as a file, resolves to itself."""
    text = json.dumps(tree, ensure_ascii=False)
    project = opened({"one.tbl.yaml": text, "two.tbl.json": text})
    found = dump(resolve(project, "one").config)
    assert found == dump(resolve(project, "two").config)
    assert found["table"] == tree["table"].replace("${place}", "x")
    assert list(found["columns"]) == list(tree["columns"])
    again = opened({"one.tbl.yaml": json.dumps(found, ensure_ascii=False)})
    assert dump(resolve(again, "one").config) == found
    assert again.tables.declared(again.tables.units[0]).columns == project.tables.declared(project.unit("one")).columns


@few
@given(broken())
def test_a_file_resolves_or_is_refused_at_a_place(opened: Open, text: str) -> None:
    """No other error, and each finding is in the file."""
    project = opened({"films.tbl.yaml": text})
    try:
        resolve(project, "films")
    except TypedflowError as error:
        for item in error.diagnostics:
            assert item.location is not None
            assert item.location.name == "schemas/films.tbl.yaml"
            assert item.message
            assert "$merge" not in item.hint


@few
@given(st.text(max_size=6) | st.from_regex(r"[a-z.${}]{1,8}", fullmatch=True), st.text(max_size=4))
def test_names_in_the_engine_are_valid(opened: Open, name: str, place: str) -> None:
    """Whatever the settings are, a name has one to three parts without anything that an engine could take for more."""
    project = opened({"films.tbl.yaml": json.dumps({"table": f"{name}${{place}}", "columns": {"a": "int"}})})
    with suppress(TypedflowError):
        found = dump(resolve(project, "films", options=[f"place={json.dumps(place)}"]).config)["table"]
        assert re.fullmatch(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+){0,2}", found)

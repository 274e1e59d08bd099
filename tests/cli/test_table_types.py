"""``typedflow table types``: a module that is current, valid, and nobody else's; and what a check says about it."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from inspect import getdoc
from typing import TYPE_CHECKING, Any, get_args

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Call, Project

TYPES = "flows/tables.py"
HEADER = '"""The types of the project\'s tables. Written by `typedflow table types`: do not edit."""'
FILMS = """\
table: demo.films
description: |
  All "films" of C:\\films, with three \"\"\".

  The "end"
columns:
  day: {type: date, nullable: false, description: 'A "day"'}
  title: text
"""
ODD = """\
table: demo.odd
columns:
  class: int
  two words: {type: text, nullable: false}
  '"metricA"': double
  'a"b\\': {type: 'decimal(10,2)', nullable: false}
  größe: date
  ﬁn: 'list<struct<a: int>>'
  __x: bytes
"""
SHADOWS = "table: demo.shadows\ncolumns: {datetime: timestamp, day: date, int: int, other: int}\n"
PARTLY = "table: demo.partly\ncolumns: {a: , b: {nullable: false}, c: bool}\n"
MODEL = """\
from tables import Films
from typedflow import ConfigModel


class Settings(ConfigModel):
    features: list[Films.Column]
"""


@pytest.fixture(autouse=True)
def _tables(project: Project) -> None:
    project.write("typedflow.toml", 'model = "flows/settings.py:Settings"\n\n[tables."schemas/*.yaml"]\n')
    project.write("schemas/films.tbl.yaml", FILMS)
    for name in ("EXP_01.yaml", "EXP_02.json"):
        (project.root / f"settings/settings.configuration.{name}").unlink()
    for name in ("dev.yaml", "production.toml"):
        (project.root / f"settings/settings.environment.{name}").unlink()
    project.write("settings/settings.yaml", "features: [title]\n")
    project.write("flows/settings.py", MODEL)


def _load(file: Path) -> Any:
    spec = importlib.util.spec_from_file_location("types_of_tables", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_module_has_a_class_for_each_table(project: Project, call: Call) -> None:
    """Its columns, its rows, its description; it is the same the next time, and needs no model."""
    project.write("schemas/titles.src.yaml", "table: demo.titles\n")
    done = call("table", "types")
    assert (done.code, done.out, done.err) == (0, f"{TYPES}\n", "")
    text = project.files()[TYPES]
    assert text.splitlines()[0] == HEADER
    assert '    Column = Literal["day", "title"]\n\n    class Row(TypedDict):\n        day: datetime.date\n' in text
    assert "        title: NotRequired[str | None]\n" in text
    assert "    Column: TypeAlias = str\n    Row: TypeAlias = dict[str, Any]\n" in text
    assert "    films: WritableTable[Films.Column, Films.Row]\n" in text
    assert "    titles: ExternalTable[Titles.Column, Titles.Row]\n" in text
    found = _load(project.root / TYPES)
    assert get_args(found.Films.Column) == ("day", "title")
    assert getdoc(found.Films) == 'All "films" of C:\\films, with three """.\n\nThe "end"'
    assert call("table", "types").out == ""
    assert call("table", "types", "--check").code == 0
    assert project.files()[TYPES] == text


@pytest.mark.parametrize(
    ("text", "name", "types"),
    [
        ("int", "int", "int"),
        ("bigint", "int", "int"),
        ("float", "float", "float"),
        ("double", "float", "float"),
        ("text", "str", "str"),
        ("bool", "bool", "bool"),
        ("date", "datetime.date", "datetime"),
        ("timestamp", "datetime.datetime", "datetime"),
        ("timestamptz", "datetime.datetime", "datetime"),
        ("bytes", "bytes", "bytes"),
        ("decimal(10,2)", "decimal.Decimal", "decimal"),
        ("list<list<int>>", "list[list[int]]", "list"),
        ("struct<a: int>", "dict[str, Any]", "Any"),
    ],
)
def test_types(project: Project, call: Call, text: str, name: str, types: str) -> None:
    """Each type of a column has one of Python; what it needs is imported, and nothing else."""
    columns = f"{{a: {{type: '{text}', nullable: false}}, b: '{text}'}}"
    project.write("schemas/films.tbl.yaml", f"table: t\ncolumns: {columns}\n")
    assert call("table", "types").code == 0
    found = project.files()[TYPES]
    assert f"        a: {name}\n        b: NotRequired[{name} | None]\n" in found
    _load(project.root / TYPES)
    imports = found.partition("if TYPE_CHECKING")[0]
    assert {each for each in ("datetime", "decimal", "Any") if each in imports} == {types} & {
        "datetime",
        "decimal",
        "Any",
    }


def test_names_that_are_no_names_of_python(project: Project, call: Call) -> None:
    """Keywords, spaces, quotes, a ligature, names that annotations use: rows have the columns' own names."""
    project.write("schemas/odd.tbl.yaml", ODD)
    project.write("schemas/shadows.tbl.yaml", SHADOWS)
    project.write("schemas/partly.src.yaml", PARTLY)
    assert call("table", "types").code == 0
    found = _load(project.root / TYPES)
    names = ("class", "two words", "metricA", 'a"b\\', "größe", "ﬁn", "__x")
    assert get_args(found.Odd.Column) == names
    assert tuple(found.Odd.Row.__annotations__) == names
    assert found.Odd.Row.__required_keys__ == {"two words", 'a"b\\'}
    assert tuple(found.Shadows.Row.__annotations__) == ("datetime", "day", "int", "other")
    text = project.files()[TYPES]
    assert "        a: NotRequired[Any]\n        b: Any\n        c: NotRequired[bool | None]\n" in text


def test_names_of_classes(project: Project, call: Call) -> None:
    """Camel case; no class has the name of one that the module needs, nor hides itself in `Tables`."""
    (project.root / "schemas/films.tbl.yaml").unlink()
    names = {"demo_films_f": "DemoFilmsF", "tables": "Tables_", "literal": "Literal_", "none": "None_", "_1": "Table1"}
    for name in (*names, "Upper"):
        project.write(f"schemas/{name}.tbl.yaml", "table: t\ncolumns: {a: int}\n")
    done = call("table", "types", "--format", "json")
    assert json.loads(done.out) == {
        "version": 1,
        "file": TYPES,
        "changed": True,
        "classes": names | {"Upper": "Upper"},
        "diagnostics": [],
    }
    _load(project.root / TYPES)
    text = project.files()[TYPES]
    assert "_Upper = Upper\n" in text
    assert "    Upper: WritableTable[_Upper.Column, _Upper.Row]\n" in text


def test_two_tables_with_one_class(project: Project, call: Call) -> None:
    """Nothing is written; the finding names both."""
    project.write("schemas/Films.tbl.yaml", FILMS)
    done = call("table", "types")
    assert done.code == 1
    assert "schemas/films.tbl.yaml: error TF801 bad-table: the types of `Films` and `films` would both be" in done.err
    assert TYPES not in project.files()


def test_two_columns_with_one_name(project: Project, call: Call) -> None:
    """A name in quotes is the same name to Python."""
    project.write("schemas/films.tbl.yaml", "table: t\ncolumns:\n  metricA: int\n  '\"metricA\"': int\n")
    done = call("table", "types")
    assert done.code == 1
    assert "schemas/films.tbl.yaml:3:3: error TF801 bad-table: two columns have the name `metrica`" in done.err


def test_a_mistake_in_a_table(project: Project, call: Call) -> None:
    """The file stays as it is."""
    assert call("table", "types").code == 0
    before = project.files()[TYPES]
    project.write("schemas/films.tbl.yaml", "table: t\ncolumns:\n  day: dat\n")
    done = call("table", "types")
    assert done.code == 1
    assert "schemas/films.tbl.yaml:3:8: error TF301" in done.err
    assert "did you mean `date`?" in done.err
    assert project.files()[TYPES] == before


def test_files_of_others(project: Project, call: Call) -> None:
    """A file that typedflow did not write is never overwritten; an empty one, or a broken one of ours, is."""
    project.write(TYPES, "class Films: pass\n")
    done = call("table", "types")
    assert done.code == 2
    assert f"{TYPES}: error TF511 unwritable-file: the file was not written by `typedflow table types`" in done.err
    assert project.files()[TYPES] == "class Films: pass\n"
    for text in ("", f"{HEADER}\n<<<<<<< HEAD\n"):
        project.write(TYPES, text)
        assert call("table", "types", "--check").code == 1
        assert call("table", "types").out == f"{TYPES}\n"
        assert "class Films:" in project.files()[TYPES]


def test_where_the_file_is(project: Project, call: Call) -> None:
    """The manifest may name it; beside a model that is named by its module, it must."""
    model = 'model = "flows.settings:Settings"\n'
    tables = '[tables."schemas/*.yaml"]\n'
    project.write("typedflow.toml", f"{model}{tables}")
    done = call("table", "types")
    assert done.code == 2
    assert 'set `table_types` in typedflow.toml, as in `table_types = "flows/tables.py"`' in done.err
    project.write("typedflow.toml", f'{model}table_types = "flows/types_of_tables.py"\n{tables}')
    assert call("table", "types").out == "flows/types_of_tables.py\n"
    project.write("typedflow.toml", f'{model}table_types = "flows/types-of-tables"\n{tables}')
    done = call("table", "types")
    assert "typedflow.toml:2:15: error TF301" in done.err
    project.write("typedflow.toml", f'{model}table_types = "../types.py"\n{tables}')
    done = call("table", "types")
    assert "typedflow.toml:2:15: error TF516 outside-project" in done.err
    assert not (project.root.parent / "types.py").exists()
    project.write("typedflow.toml", model)
    done = call("table", "types")
    assert done.code == 2
    assert "the project has no tables" in done.err


def test_line_ends_and_links(project: Project, call: Call) -> None:
    """What git checks out with other line ends is current; a link stays one."""
    assert call("table", "types").code == 0
    file = project.root / TYPES
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert call("table", "types", "--check").code == 0
    other = file.rename(project.root / "flows/other.py")
    other.write_text("")
    file.symlink_to(other)
    assert call("table", "types").code == 0
    assert file.is_symlink()
    assert "class Films:" in other.read_text()


def test_formatters_leave_it(project: Project, call: Call) -> None:
    """ruff, with lines of any length, changes nothing, and does not complain."""
    project.write("schemas/odd.tbl.yaml", ODD)
    assert call("table", "types").code == 0
    pytest.importorskip("ruff")
    for command in (["format", "--check", "--line-length", "40"], ["check", "--select", "F,I,UP,E"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--no-cache", str(project.root / TYPES)],
            check=False,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout

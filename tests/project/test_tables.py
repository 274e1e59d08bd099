"""Tables: files with the columns, and a name in the engine that refers to settings and the binding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from typedflow.models import dump
from typedflow.project import LoadedProject, Lock, lock_text, open_project, resolve, write_lock
from typedflow.values import ColumnType, TableColumn, TypedflowError

if TYPE_CHECKING:
    from tests.project.conftest import Make, Problems

MODEL = """
from enum import Enum

from pydantic import Field, field_validator

from typedflow import ConfigModel


class Level(Enum):
    low = "low"


class Environment(ConfigModel):
    database: str = Field("dev", alias="DATABASE")
    port: int = 5
    level: Level = Level.low
    ratio: float = 0.5
    off: bool = False
    missing: str | None = None
    nested: dict[str, str] = {"a": "b"}


class Settings(ConfigModel):
    environment: Environment
    target: str
"""
MANIFEST = """\
model = "model.py:Settings"

[flows.train]
file = "train.py"
bindings = ["EXP_*"]

[tables."schemas/*.yaml"]
"""
BOUND = f'{MANIFEST}bindings = ["EXP_*"]\n'
FILES = {
    "typedflow.toml": MANIFEST,
    "model.py": MODEL,
    "settings/settings.yaml": "environment: {DATABASE: prod, port: 7}\n",
    "settings/settings.configuration.EXP_01.yaml": "target: bmi\n",
}
FILMS = """\
table: ${environment.DATABASE}.films
partitioned_by: [day]
columns:
  day: {type: INT, nullable: false, description: The day.}
  runtime: double
"""


def _made(make: Make, text: str, name: str = "films.tbl.yaml", manifest: str = MANIFEST) -> LoadedProject:
    return make({**FILES, "typedflow.toml": manifest, f"schemas/{name}": text})


def _stored(project: LoadedProject, unit: str = "films", binding: str = "default") -> Any:
    return dump(resolve(project, unit, binding).config)


def test_a_table_is_its_file_with_the_name_in_the_engine(make: Make) -> None:
    """The settings of the name alone must be valid: `target` is set only under bindings."""
    project = _made(make, FILMS)
    plain = {"nullable": True, "description": ""}
    assert _stored(project) == {
        "table": "prod.films",
        "external": False,
        "description": "",
        "partitioned_by": ["day"],
        "columns": {
            "day": {"type": "int", "nullable": False, "description": "The day."},
            "runtime": {**plain, "type": "double"},
        },
    }
    (unit,) = project.tables.units
    assert project.tables.declared(unit).columns.columns == (
        TableColumn("day", ColumnType("int"), is_nullable=False),
        TableColumn("runtime", ColumnType("double")),
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("plain", "plain"),
        ("${environment.port}_x.films", "7_x.films"),
        ("a.${ environment.level }.films", "a.low.films"),
        ("${environment.database}.${environment.nested.a}", "prod.b"),
    ],
)
def test_names_take_text_from_settings(make: Make, name: str, expected: str) -> None:
    """Also integers and enumerations; a field may be named by its alias or its own name."""
    assert _stored(_made(make, f"table: {name}\ncolumns: {{a: int}}\n"))["table"] == expected


def test_a_bound_table_has_the_binding_in_its_name(make: Make) -> None:
    """And those settings of the binding's file."""
    files = {"settings/settings.configuration.EXP_01.yaml": "target: bmi\nenvironment: {DATABASE: one}\n"}
    text = "table: ${environment.DATABASE}.films_${binding}\ncolumns: {a: int}\n"
    project = make({**FILES, **files, "typedflow.toml": BOUND, "schemas/films.tbl.yaml": text})
    assert project.bindings("films") == ("EXP_01",)
    assert _stored(project, "films", "EXP_01")["table"] == "one.films_EXP_01"


@pytest.mark.parametrize(
    "text", ["table: x.titles\n", "table: x.titles\ncolumns: {id: }\n", "table: x.t\nexternal: true"]
)
def test_an_external_table_may_leave_out_what_is_not_known(make: Make, text: str) -> None:
    """The file's name, or a key, says that it is external."""
    project = _made(make, text, "titles.tbl.yaml" if "external" in text else "titles.src.yaml")
    assert _stored(project, "titles")["external"] is True


def test_only_code_of_the_settings_model_makes_all_settings_necessary(make: Make, findings: Problems) -> None:
    """It may change what the name refers to, so nothing is left out."""
    check = "\n    @field_validator('target')\n    def _check(cls, value):\n        return value\n"
    project = make({**FILES, "model.py": MODEL + check, "schemas/films.tbl.yaml": FILMS})
    (problem,) = findings(resolve, project, "films")
    assert problem.message == "`target` is missing; Settings requires it"


@pytest.mark.parametrize(
    ("name", "message", "advice"),
    [
        ("${environment.DATABSE}.x", "there is no setting `environment.DATABSE`", "did you mean `database`?"),
        ("${enviroment.DATABASE}.x", "there is no setting `enviroment`", "did you mean `environment`?"),
        ("${environment.ratio}.x", "`environment.ratio` is a float, and a part of a table's name must be text", ""),
        ("${environment.off}.x", "`environment.off` is a bool, and a part of a table's name must be text", ""),
        ("${environment.missing}.x", "`environment.missing` is null, and a part of a table's name must be text", ""),
        ("${environment.nested}.x", "`environment.nested` is a dict, and a part of a table's name must be text", ""),
        ("${environment.port.x}.x", "there is no setting `environment.port.x`", "`environment.port` has no parts"),
        ("${a b}.x", "`${a b}` is not the path of a setting: ", ""),
        ("$binding", "`$binding` has a `$` outside of a placeholder", "a placeholder is `${binding}`"),
        ("x.${binding}", "`x.${binding}` contains the binding, and the table has no bindings", 'bindings = ["*"]'),
        ("a..b", "the table would have the name `a..b`, and a part of it is empty", "its parts have letters"),
        ("a.b c", "the table would have the name `a.b c`, and `b c` cannot be a part of it", "its parts have letters"),
        ("a.b.c.d", "the table would have the name `a.b.c.d`, which has 4 parts", "at most a catalog"),
    ],
)
def test_mistakes_in_a_name_are_at_its_line(
    make: Make, findings: Problems, name: str, message: str, advice: str
) -> None:
    """With the place of the setting beside it, if there is one."""
    project = _made(make, f"columns: {{a: int}}\ntable: '{name}'\n")
    (problem,) = findings(resolve, project, "films")
    assert (problem.rule.code, problem.message[: len(message)]) == ("TF802", message)
    assert str(problem.location) == "schemas/films.tbl.yaml:2:8"
    assert advice in (problem.label or problem.hint)


def test_what_bindings_do_not_tell_apart_is_refused(make: Make, findings: Problems) -> None:
    """Two bindings must not write into one table."""
    (problem,) = findings(resolve, _made(make, "table: x\ncolumns: {a: int}\n", manifest=BOUND), "films", "EXP_01")
    assert problem.message == "the table has bindings, and all of them would have the name `x`"


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("table: x\n", "", "the table has no columns"),
        (
            "table: x\ncolumns: {a: int, A: int}\n",
            "2:11",
            "two columns have the name `a`: engines ignore upper and lower",
        ),
        ("table: x\ncolumns: {a: }\n", "2:11", "the column `a` has no type"),
        ("table: x\ncolumns: {a: {nullable: false}}\n", "2:11", "the column `a` has no type"),
        ("table: x\ncolumns: {a: int}\npartitioned_by: [b]\n", "3:18", "`b` is not a column of the table"),
        ("table: x\ncolumns: {a: int}\npartitioned_by: [a, a]\n", "3:21", "`a` is listed twice"),
        ("table: x\ncolumns: {a: doubel}\n", "2:14", "`columns.a.type` is 'doubel': `doubel` is not a type"),
        ("table: x\ncolumns: {a: {type: doubel}}\n", "2:21", "`columns.a.type` is 'doubel': `doubel` is not a type"),
        ("table: x\ncolumns: {a: {typo: int}}\n", "2:15", "`columns.a.typo` is not a field of Column"),
        ("table: x\ncolumn: {a: int}\n", "2:1", "`column` is not a field of Table"),
        ("columns: {a: int}\n", "", "`table` is missing"),
        ("- a\n", "1:1", ""),
        ("table: [", "", ""),
    ],
)
def test_mistakes_in_a_file_are_at_their_place(
    make: Make, findings: Problems, text: str, place: str, message: str
) -> None:
    """Found with every variant, and named once."""
    found = findings(resolve, _made(make, text), "films")
    assert any(item.message.startswith(message) for item in found), [item.message for item in found]
    assert str(found[0].location).endswith(place)
    assert str(found[0].location).startswith("schemas/films.tbl.yaml")
    assert not any(each.role == "declared at" for item in found for each in item.related)


def test_a_src_file_is_external(make: Make, findings: Problems) -> None:
    """To say otherwise is a contradiction."""
    project = _made(make, "table: x\nexternal: false\ncolumns: {a: int}\n", "films.src.yaml")
    (problem,) = findings(resolve, project, "films")
    assert (problem.message, str(problem.location)) == (
        "a `.src` file declares an external table",
        "schemas/films.src.yaml:2:11",
    )


def test_names_of_tables_are_identifiers(make: Make, findings: Problems) -> None:
    """Types and attributes are named after them."""
    for name in ("a-b", "class"):
        project = _made(make, FILMS, f"{name}.tbl.yaml")
        (problem,) = findings(resolve, project, name)
        assert problem.message == f"`{name}` cannot be the name of a table"
        (project.root / f"schemas/{name}.tbl.yaml").unlink()


def test_all_files_are_reported_together(make: Make) -> None:
    """A table may be asked for alone."""
    project = make(
        {**FILES, "schemas/a.tbl.yaml": "x: 1", "schemas/b.tbl.yaml": "y: 1", "schemas/films.tbl.yaml": FILMS}
    )
    assert _stored(project)["table"] == "prod.films"
    with pytest.raises(TypedflowError) as caught:
        project.tables.all()
    assert {item.location.name for item in caught.value.diagnostics if item.location} == {
        "schemas/a.tbl.yaml",
        "schemas/b.tbl.yaml",
    }


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("$extends: a\ntable: x\ncolumns: {a: int}\n", "1:1", "`$extends` is a directive of settings files"),
        ("table: x\n$include: b.yaml\ncolumns: {a: int}\n", "2:1", "`$include` is a directive of settings files"),
        ("table: x\ncolumns: {a: {$ref: columns.b}, b: int}\n", "2:15", "`$ref` is a directive of settings files"),
        ("table: x\ncolumns: {$merge: replace, a: int}\n", "2:11", "`$merge` is a directive of settings files"),
        ("table: x\ncolumns: {$literal: {a: int}}\n", "2:11", "`$literal` is a directive of settings files"),
        ("table: x\ncolumns: {'': int}\n", "2:11", "`` cannot be the name of a column"),
        ('table: x\ncolumns: {"a\\nb": int}\n', "2:11", "`a\\nb` cannot be the name of a column"),
        ('table: x\ncolumns: {"a\\u0000b": int}\n', "2:11", "`a\\x00b` cannot be the name of a column"),
        ("table: x\ncolumns: {1: int}\n", "2:11", "the key `1` is an integer"),
        ("table: x\ncolumns: {a: int, a: text}\n", "2:19", "`columns.a` is set twice"),
        ("table: null\ncolumns: {a: int}\n", "1:8", "`table` is null"),
    ],
)
def test_a_file_is_plain_data(make: Make, findings: Problems, text: str, place: str, message: str) -> None:
    """Directives of settings files are refused, and hints do not offer them."""
    (problem,) = findings(resolve, _made(make, text), "films")
    assert (problem.message[: len(message)], str(problem.location)) == (message, f"schemas/films.tbl.yaml:{place}")
    assert "$merge" not in problem.hint


def test_names_like_booleans_of_old_yaml_are_names(make: Make) -> None:
    """`no` and `off` are texts in YAML 1.2."""
    stored = _stored(_made(make, "table: x\ncolumns: {no: int, off: text}\n"))
    assert list(stored["columns"]) == ["no", "off"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("films.tbl.toml", 'table = "x"\n[columns]\na = "int"\nb = {type = "text", nullable = false}\n'),
        ("films.tbl.json", '{"$schema": "s.json", "table": "x", "columns": {"a": "int", "b": {"type": "text"}}}'),
        ("films.yml", "table: x\ncolumns: {a: int, b: text}\n"),
    ],
)
def test_files_of_every_format_are_tables(make: Make, name: str, text: str) -> None:
    """As settings are."""
    manifest = MANIFEST.replace("*.yaml", "*")
    project = make({**FILES, "typedflow.toml": manifest, f"schemas/{name}": text})
    assert {key: each["type"] for key, each in _stored(project)["columns"].items()} == {"a": "int", "b": "text"}


def test_other_files_that_a_glob_matches_are_skipped(make: Make) -> None:
    """Notes, and the schemas that typedflow exports beside them."""
    others = {"schemas/README.md": "notes", "schemas/settings.schema.json": "{}", "schemas/plain": ""}
    files = {**FILES, **others, "typedflow.toml": MANIFEST.replace("*.yaml", "*"), "schemas/films.tbl.yaml": FILMS}
    project = make(files)
    assert [unit.name for unit in project.tables.units] == ["films"]
    assert project.found_units.skipped[0].files == (
        "schemas/README.md",
        "schemas/plain",
        "schemas/settings.schema.json",
    )


def test_a_named_file_of_another_format_is_refused(make: Make, findings: Problems) -> None:
    """With the suffixes that tables have."""
    named = MANIFEST.replace('[tables."schemas/*.yaml"]', '[tables.films]\nfile = "films.txt"')
    (problem,) = findings(resolve, make({**FILES, "typedflow.toml": named, "films.txt": FILMS}), "films")
    assert problem.message.startswith("the file of a table is YAML, TOML or JSON")
    assert ".yaml" in problem.hint


def test_what_is_wrong_with_the_text_of_a_file_is_at_its_line(make: Make, findings: Problems) -> None:
    """What is wrong with the file itself is at the line of the manifest that names it."""
    named = MANIFEST.replace('[tables."schemas/*.yaml"]', '[tables.films]\nfile = "films.yaml"')
    project = make({**FILES, "typedflow.toml": named, "films.yaml": ""})
    (project.root / "films.yaml").write_bytes(b"table: \xff\n")
    (problem,) = findings(resolve, project, "films")
    assert str(problem.location) == "films.yaml:1:8"
    (project.root / "films.yaml").unlink()
    (problem,) = findings(resolve, open_project(project.root, {}), "films")
    assert str(problem.location) == "typedflow.toml:8:8"


@pytest.mark.parametrize("path", ["environment.PASSWORD", "environment.word"])
def test_a_secret_cannot_be_part_of_a_name(make: Make, findings: Problems, path: str) -> None:
    """Names are shown and locked; the manifest may say that it is none."""
    model = MODEL.replace("    port: int", '    word: str = Field("hunter2", alias="PASSWORD")\n    port: int')
    text = f"table: ${{{path}}}.films\ncolumns: {{a: int}}\n"
    files = {**FILES, "model.py": model, "schemas/films.tbl.yaml": text}
    (problem,) = findings(resolve, make(files), "films")
    assert problem.message == f"`{path}` may be a secret, and the name of the table would show it"
    assert "hunter2" not in repr(problem)
    assert str(problem.location) == "schemas/films.tbl.yaml:1:8"
    allowed = {**files, "typedflow.toml": 'public = ["environment.PASSWORD"]\n' + MANIFEST}
    assert _stored(make(allowed))["table"] == "hunter2.films"


def test_a_table_is_named_where_a_flow_is_meant(make: Make, findings: Problems) -> None:
    """The message says what it is."""
    project = _made(make, FILMS)
    (problem,) = findings(project.unit, "films", ["flow"])
    assert problem.message == "`films` is a table, not a flow; the flows: `train`"


def test_an_option_for_another_setting_is_refused(make: Make, findings: Problems) -> None:
    """It would have no effect on the table; one that the name refers to has."""
    project = _made(make, FILMS)
    (problem,) = findings(resolve, project, "films", options=["target=x"])
    assert problem.message == "the name of `films` does not refer to `target`"
    (problem,) = findings(resolve, project, "films", options=["columns.a=x"])
    assert problem.message == "`columns` is not a field of Settings"
    found: Any = resolve(project, "films", options=["environment.DATABASE=y"]).config
    assert found.table == "y.films"


def test_what_differs_from_the_lock_is_at_a_line_of_the_file(make: Make) -> None:
    """Also a default, and a column that was removed."""
    project = _made(make, "table: x\ncolumns:\n  a: {type: int, nullable: false}\n  b: int\n")
    write_lock(project.root, lock_text([resolve(project, "films")]))
    changed = _made(make, "table: x\ncolumns:\n  a: {type: int}\n")
    found = list(Lock(project.root).problems(resolve(changed, "films"), project.root))
    assert {(item.path, str(item.location).rsplit(":", 1)[0]) for item in found} == {
        (("columns", "a", "nullable"), "schemas/films.tbl.yaml:3"),
        (("columns", "b", "type"), "schemas/films.tbl.yaml:3"),
        (("columns", "b", "nullable"), "schemas/films.tbl.yaml:3"),
        (("columns", "b", "description"), "schemas/films.tbl.yaml:3"),
    }

"""Changes of tables: whom they break, and where they are."""

from pathlib import Path
from typing import NamedTuple

import pytest

from typedflow.operations._table_changes import table_changes
from typedflow.operations._table_contracts import TableContracts, table_contracts
from typedflow.project import open_project
from typedflow.schema import Direction, Kind

BREAKING, RISKY, SAFE = Kind.BREAKING, Kind.RISKY, Kind.SAFE
MODEL = "from typedflow import ConfigModel\n\nclass Settings(ConfigModel):\n    database: str = 'x'\n"
MANIFEST = '[tables."schemas/*.yaml"]\n'
OLD = "table: a.films\npartitioned_by: [day]\ncolumns:\n  day: {type: date, nullable: false}\n  name: text\n"
OLD += "  price: decimal(10,2)\n"


class _Seen(NamedTuple):
    kind: Kind
    direction: Direction
    message: str


def _contracts(folder: Path, text: str, name: str = "films.tbl.yaml") -> TableContracts:
    files = {"typedflow.toml": f'model = "model.py:Settings"\n{MANIFEST}', "model.py": MODEL, f"schemas/{name}": text}
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content)
    (folder / "settings").mkdir()
    (folder / "settings/settings.yaml").write_text("")
    return table_contracts(open_project(folder, {}))


def _seen(tmp_path: Path, old: str, new: str, name: str = "films.tbl.yaml") -> set[_Seen]:
    sides = _contracts(tmp_path / "old", old, name), _contracts(tmp_path / "new", new, name)
    changes = [each.change for each in table_changes(*sides, tuple(Direction))]
    return {_Seen(each.kind, each.direction, each.message) for each in changes}


def _both(message: str, kind: Kind = BREAKING) -> set[_Seen]:
    verb = "breaks" if kind is BREAKING else "may break"
    return {
        _Seen(kind, Direction.FILES, f"{message}: this {verb} what writes it"),
        _Seen(kind, Direction.READERS, f"{message}: this {verb} what reads it"),
    }


def _writers(message: str) -> set[_Seen]:
    return {each for each in _both(message) if each.direction is Direction.FILES}


def _readers(message: str) -> set[_Seen]:
    return {each for each in _both(message) if each.direction is Direction.READERS}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("  name: text\n", "", _both("the column `name` of `films` was removed")),
        ("  name: text\n", "  name: int\n", _both("the column `name` of `films` is `int`, and was `text`")),
        (
            "decimal(10,2)",
            "decimal(12,2)",
            _readers("the column `price` of `films` is `decimal(12,2)`, and was `decimal(10,2)`"),
        ),
        (
            "decimal(10,2)",
            "decimal(8,2)",
            _writers("the column `price` of `films` is `decimal(8,2)`, and was `decimal(10,2)`"),
        ),
        (
            "decimal(10,2)",
            "decimal(10,4)",
            _both("the column `price` of `films` is `decimal(10,4)`, and was `decimal(10,2)`"),
        ),
        (
            "  name: text\n",
            "  name: {type: text, nullable: false}\n",
            _writers("the column `name` of `films` cannot be null now"),
        ),
        ("{type: date, nullable: false}", "date", _readers("the column `day` of `films` can be null now")),
        (
            "  name: text\n",
            "  name: text\n  more: {type: int, nullable: false}\n",
            _writers("the column `more` of `films` is new, and cannot be null"),
        ),
        (
            "  name: text\n",
            "  name: text\n  more: int\n",
            {_Seen(SAFE, Direction.FILES, "the column `more` of `films` is new")},
        ),
        ("a.films", "b.films", _both("`films` is `b.films` in the engine, and was `a.films`", RISKY)),
        (
            "partitioned_by: [day]\n",
            "",
            {
                _Seen(
                    RISKY,
                    Direction.FILES,
                    "`films` is partitioned by nothing, and was by `day`: this may break what writes it",
                )
            },
        ),
        ("table: a.films\n", "table: a.films\nexternal: true\n", _writers("`films` has become external")),
        ("  name: text\n", "  name: {type: string, description: The title.}\n", set()),
    ],
)
def test_a_change_breaks_writers_or_readers(tmp_path: Path, old: str, new: str, expected: set[_Seen]) -> None:
    """Or neither: descriptions and synonyms of types change nothing."""
    assert old in OLD
    assert _seen(tmp_path, OLD, OLD.replace(old, new)) == expected


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        ("int", "bigint", (SAFE, BREAKING)),
        ("bigint", "int", (BREAKING, SAFE)),
        ("float", "double", (SAFE, BREAKING)),
        ("date", "timestamp", (BREAKING, BREAKING)),
        ("timestamp", "timestamptz", (BREAKING, BREAKING)),
        ("list<int>", "list<bigint>", (SAFE, BREAKING)),
        ("struct<a: int>", "struct<a: bigint>", (SAFE, BREAKING)),
        ("struct<a: int>", "struct<b: int>", (BREAKING, BREAKING)),
        ("struct<a: int>", "struct<a: int, b: int>", (BREAKING, BREAKING)),
    ],
)
def test_a_wider_type_breaks_only_readers(tmp_path: Path, old: str, new: str, kinds: tuple[Kind, Kind]) -> None:
    """Writers of a narrower one, and readers of a wider one, need not change."""
    text = "table: a\ncolumns:\n  a: {{type: '{}'}}\n"
    found = _seen(tmp_path, text.format(old), text.format(new))
    wanted = {direction for direction, kind in zip(Direction, kinds, strict=True) if kind is BREAKING}
    assert {each.direction for each in found} == wanted


def test_nothing_writes_an_external_table(tmp_path: Path) -> None:
    """A type that is declared later is checked from then on."""
    old, new = "table: a\ncolumns: {a: , b: int}\n", "table: a\ncolumns: {a: int}\n"
    assert _seen(tmp_path, old, new, "films.src.yaml") == {
        _Seen(SAFE, Direction.READERS, "the column `a` of `films` is `int`, and was without a type"),
        *_readers("the column `b` of `films` was removed"),
    }


def test_a_table_that_is_no_longer_declared_breaks_its_users(tmp_path: Path) -> None:
    """It is located where it was; a broken file is another finding."""
    old, none = _contracts(tmp_path / "old", OLD), TableContracts()
    found = list(table_changes(old, none, tuple(Direction)))
    assert {each.change.message for each in found} == {
        each.message for each in _both("the table `films` is no longer declared")
    }
    assert {str(each.was) for each in found} == {"schemas/films.tbl.yaml:1:8"}
    broken = _contracts(tmp_path / "new", "table: a\n")
    assert list(broken.unread) == ["films"]
    assert not list(table_changes(old, broken, tuple(Direction)))

"""Type checkers judge the module that ``typedflow table types`` writes, and programs that use it: all four."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.typing.test_checkers import CHECKERS
from typedflow.cli import main

TABLES = {
    "films.tbl": "columns: {day: {type: date, nullable: false}, title: text}",
    "odd.tbl": "columns: {class: int, two words: {type: text, nullable: false}, a: 'list<struct<b: int>>'}",
    "shadows.tbl": "columns: {datetime: timestamp, day: date, int: int, other: int, str: text}",
    "titles.src": "",
    "partly.src": "columns: {a: , b: {nullable: false}}",
    "Upper.tbl": "columns: {a: bytes}",
}
RIGHT = """\
import datetime
from typing import Any

from tables import Films, Odd, Shadows, Tables, Titles, Upper


def use(tables: Tables, films: Films.Row, odd: Odd.Row, upper: Upper.Row, title: Titles.Row) -> list[Films.Column]:
    day: datetime.date = films["day"]
    name: str | None = films.get("title")
    words: str = odd["two words"]
    any_title: dict[str, Any] = title
    row: Films.Row = {"day": day, "title": None}
    shadows: Shadows.Row = {"day": day, "other": 1}
    print(name, words, any_title, shadows)
    tables.films.read(columns=["day"], where={"title": "x"})
    tables.films.write([row])
    tables.Upper.write([upper])
    tables.titles.read(columns=["whatever"])
    return ["day", "title"]
"""
WRONG = """\
from tables import Films, Tables


def use(tables: Tables) -> list[Films.Column]:
    row: Films.Row = {"title": None}
    print(row)
    tables.films.read(columns=["dy"])
    tables.films.write([{"day": "x"}])
    tables.titles.write([])
    print(tables.nope)
    return ["titel"]
"""


@pytest.mark.slow
@pytest.mark.parametrize("name", CHECKERS)
def test_types_of_tables(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The module and a program that uses it have no mistake; each wrong line of another has one."""
    pytest.importorskip("basedpyright" if name == "pyright" else name)
    (tmp_path / "typedflow.toml").write_text('model = "settings.py:Settings"\n[tables."schemas/*.yaml"]\n')
    for folder in ("schemas", "settings"):
        (tmp_path / folder).mkdir()
    for table, columns in TABLES.items():
        (tmp_path / f"schemas/{table}.yaml").write_text(f"table: demo.t\n{columns}\n")
    monkeypatch.chdir(tmp_path)
    assert main(["table", "types"]) == 0
    files = {"right.py": RIGHT, "wrong.py": WRONG}
    for file, text in files.items():
        (tmp_path / file).write_text(text)
    found = CHECKERS[name]([tmp_path / file for file in ("tables.py", *files)], tmp_path)
    assert sorted(found) == [("wrong.py", line) for line in (5, 7, 8, 9, 10, 11)]

"""Numbers of a default's list and those of files: a default has them as its type says, a file as it writes them."""

from __future__ import annotations

from typing import Annotated, Any

import pytest

from typedflow import ConfigModel
from typedflow.layers import Merge, layer, merge, provenance
from typedflow.models import plan_of, validate
from typedflow.parsing import parse_any
from typedflow.values import Source


class Opt(ConfigModel):
    """An item with a number for its key."""

    lr: float
    name: str = "own"


class Flag(ConfigModel):
    """An item whose key may be anything plain."""

    key: float | bool | str
    note: str = "own"


class Pair(ConfigModel):
    """An item whose key is a list."""

    key: tuple[float, float]
    note: str = "own"


class Settings(ConfigModel):
    """Lists with defaults."""

    floats: Annotated[list[float], Merge.union] = [1, 2]
    rows: Annotated[list[list[float]], Merge.union] = [[1, 2]]
    maps: Annotated[list[dict[str, float]], Merge.union] = [{"a": 1}]
    plain: Annotated[list[bool | int | float | str], Merge.union] = [1, True, 0.0]
    opts: Annotated[list[Opt], Merge.by_key("lr")] = [Opt(lr=1, name="one"), Opt(lr=2, name="two")]
    flags: Annotated[list[Flag], Merge.by_key("key")] = [Flag(key=1.0, note="number"), Flag(key=True, note="flag")]
    pairs: Annotated[list[Pair], Merge.by_key("key")] = [Pair(key=(1, 2), note="default")]


ONE, TWO = {"lr": 1.0, "name": "one"}, {"lr": 2.0, "name": "two"}
NUMBER, FLAG = {"key": 1.0, "note": "number"}, {"key": True, "note": "flag"}
PAIR = {"key": (1.0, 2.0), "note": "default"}


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["floats: [1, 3]"], [1.0, 2.0, 3.0]),
        (["floats: [3]", "floats: [2, 1.0, 3]"], [1.0, 2.0, 3.0]),
        (["floats: [3, 3.0]"], [1.0, 2.0, 3.0, 3.0]),
        (["rows: [[1, 2.0], [2, 1]]"], [[1.0, 2.0], [2.0, 1.0]]),
        (["maps: [{a: 1}, {a: 2}]"], [{"a": 1.0}, {"a": 2.0}]),
        (["plain: [1.0, false, 0, '1', true]"], [1, True, 0.0, False, "1"]),
        (["opts: [{lr: 1}]"], [ONE, TWO]),
        (["opts: [{lr: 2, name: new}, {lr: 3}]"], [ONE, {**TWO, "name": "new"}, {"lr": 3.0, "name": "own"}]),
        (["opts: [{lr: 2, name: a}]", "opts: [{lr: 2.0, name: b}]"], [ONE, {**TWO, "name": "b"}]),
        (["flags: [{key: 1}]"], [NUMBER, FLAG]),
        (["flags: [{key: true, note: new}]"], [NUMBER, {**FLAG, "note": "new"}]),
        (["flags: [{key: '1'}]"], [NUMBER, FLAG, {"key": "1", "note": "own"}]),
        (["pairs: [{key: [1, 2]}]"], [PAIR]),
        (["pairs: [{key: [1, 2], note: a}]", "pairs: [{key: [1.0, 2], note: b}]"], [{**PAIR, "note": "b"}]),
    ],
)
def test_numbers_of_a_default_are_those_of_a_file(texts: list[str], expected: Any) -> None:
    """Numbers are the same by their value, a boolean is none; no item of a file is lost."""
    sources = [Source(f"{index}.yaml", text, "yaml") for index, text in enumerate(texts)]
    merged = merge([layer(source, parse_any(source)) for source in sources], plan_of(Settings))
    field = texts[0].partition(":")[0]
    found = validate(merged, Settings).model_dump()[field]
    assert found == expected
    assert list(map(repr, found)) == list(map(repr, expected))
    assert {path[0] for path in provenance(merged).leaves} == {field}

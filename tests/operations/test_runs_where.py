"""Which runs ``--where`` finds, and what is said of those of which it cannot tell."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest

from typedflow import ConfigModel
from typedflow.metaflow import PastRun, UnreadableError
from typedflow.operations._runs_where import RunFilter


class Model(ConfigModel):
    """Settings of several types."""

    name: str = "a"
    rate: float | None = None
    table: dict[str, int] = {"n": 1}


_GONE = "its data is gone"


def _gone() -> dict[str, str]:
    raise TypeError("'NoneType' object is not subscriptable")  # as Metaflow's Client does


_FACTS: dict[str, Any] = {"created": datetime.now(timezone.utc), "user": "ann", "tags": frozenset()}
READ = PastRun(
    "1",
    "Flow/1",
    outcome=(True, True),
    binding="EXP",
    config=Model(),
    _artifacts={"r2": 0.5, "metrics": {"r2": 0.5, "items": 3}, "lost": LookupError("Flow/1 has no artifact `lost`")},
    _tables=lambda: {"films": "dev.films"},
    **_FACTS,
)
GONE = PastRun(
    "2",
    "Flow/2",
    outcome=_GONE,
    problem=_GONE,
    lost=_GONE,
    _artifacts={"r2": UnreadableError("the artifact `r2` of Flow/2 cannot be read: its data is gone")},
    _tables=_gone,
    **_FACTS,
)

_LACKING = "1 run did not match because a value that --where uses is missing: Flow/1: "
_UNREAD = "1 run did not match because a value that --where uses cannot be read: Flow/2: its data is gone"
#: Of a run that can be read and one whose data is gone: the expression, which match, what is said, the exit code.
JUDGED: dict[str, tuple[str, list[str], list[str], int]] = {
    "a setting": ("config.name == 'a'", ["1"], [_UNREAD], 0),
    "all settings": ("config == config", ["1"], [_UNREAD], 0),
    "settings, by key": ("not config or 'x' in config.table", [], [_UNREAD], 0),
    "how many": ("len(config) > 0", ["1"], [_UNREAD], 0),
    "no need to ask": ("run.user == 'ann' or config.name", ["1", "2"], [], 0),
    "the status": ("run.status == 'successful'", ["1"], [_UNREAD], 0),
    "an unknown status": ("run.status == 'unknown'", ["2"], [], 0),
    "another status": ("run.status == 'failed'", [], [_UNREAD], 0),
    "the outcome": ("run.successful", ["1"], ["outcome of Flow/2 cannot be read: its data is gone"], 0),
    "the binding": ("run.binding == 'EXP'", ["1"], [_UNREAD], 0),
    "no binding": ("run.binding is None", [], [_UNREAD], 0),
    "a table": (
        "run.tables['films'] == 'dev.films'",
        ["1"],
        ["the tables of Flow/2 cannot be read: its data is gone"],
        0,
    ),
    "a table that it does not use": ("run.id == '1' and run.tables['log']", [], [_LACKING + "KeyError: 'log'"], 0),
    "a result": ("data.r2 > 0", ["1"], ["the artifact `r2` of Flow/2 cannot be read: its data is gone"], 0),
    "a result that is not there": ("run.id == '1' and data.lost > 1", [], [_LACKING + "LookupError: "], 0),
    "a part that is not there": ("run.id == '1' and config.rate.x", [], [_LACKING + "AttributeError: "], 0),
    "a key that is not there": ("run.id == '1' and data.metrics.r3", [], [_LACKING + "AttributeError: "], 0),
    "a type": ("config.name > 3", [], ["`config.name > 3` fails for 1 run: Flow/1: TypeError: ", _UNREAD], 1),
    "types": ("run.user > 3", [], ["`run.user > 3` fails for 2 runs: Flow/1: TypeError: "], 1),
    "a type of some": ("run.id == '2' or run.user > 3", ["2"], ["fails for 1 run: Flow/1: TypeError: "], 0),
    "a division": ("run.id == '1' and 1 / 0", [], ["fails for 1 run: Flow/1: ZeroDivisionError: "], 0),
    "a key of a result": (
        "run.id == '2' or data.metrics.r2 > 0",
        ["2"],
        ["""AttributeError: 'dict' object has no attribute 'r2'; it is a key: write `["r2"]`"""],
        0,
    ),
    "a key of a setting": ("config.table.n > 0", [], ["""it is a key: write `["n"]`""", _UNREAD], 1),
    "lines": ("(run.user\n > 3)", [], ["`(run.user > 3)` fails for 2 runs: "], 1),
}


@pytest.mark.parametrize(("where", "ids", "notes", "code"), JUDGED.values(), ids=JUDGED)
def test_what_where_says(where: str, ids: list[str], notes: list[str], code: int) -> None:
    """A run that lacks something, one that cannot be read, and an expression that is wrong are three things."""
    match = RunFilter(Model, where=where)
    assert [each.id for each in (READ, GONE) if match(each)] == ids
    said = list(match.notes())
    assert len(said) == len(notes), said
    assert all(words in line for line, words in zip(said, notes, strict=True)), said
    assert int(match.is_failing) == code

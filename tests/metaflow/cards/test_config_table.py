"""A config in Metaflow's cards: what real runs put into the data of their cards."""

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.slow

Given = Callable[[str], list[Any]]


def test_a_blank_card_shows_every_value_and_where_it_is_from(cards: Any, given: Given) -> None:
    """Defaults point to their declaration, a variable shadows a file, keys are those of files; whatever the text."""
    train = given(cards.pages["start"][0])[0]
    assert train.above[0] == "train"
    assert train.above[1].startswith("binding default \N{MIDDLE DOT} model models:Train \N{MIDDLE DOT} digest ")
    assert train.heads == ["setting", "value", "from", "shadows"]
    assert train.rows == [
        ["epochs", "7", "TYPEDFLOW__TRAIN__EPOCHS", "train.toml:2:10"],
        ["rate", "0.1", "default, models.py:10", ""],
        ["model.kind", '"ridge"', "default, models.py:6", ""],
        ["model.tags", '["a", "b"]', "train.toml:5:9", ""],
        ["texts.script", _quoted("<script>document.title = 'broken'</script><img src='x'>"), "train.toml:7:10", ""],
        ["texts.pipe", '"a | b"', "train.toml:8:8", ""],
        ["texts.marks", '"`a` **b** _c_ $d$ [e](f) &lt;"', "train.toml:9:9", ""],
        ["texts.lines", "select *\n\n\n# from\n</div>", "train.toml:10:9", ""],
        ["texts.wide", _quoted("x" * 20_000), "train.toml:11:8", ""],
        ["texts.emoji", '"\N{MICROSCOPE}"', "train.toml:12:9", ""],
        ["texts.password", '"****"', "train.toml:13:12", ""],
        ['"tuned-key"', "4", "train.toml:3:13", ""],
    ]
    assert train.defaults == ["rate", "model.kind"]


def test_without_a_record_there_are_the_values(cards: Any, given: Given) -> None:
    """A config of plain Metaflow, and one whose record's name the flow has taken; no value is shown as such."""
    _, raw, own, none = given(cards.pages["start"][0])
    assert (raw.above, raw.heads, raw.rows) == (["raw"], ["setting", "value"], [["a.b", "[5, 6]"]])
    assert own.above == ["own", "model models:Train"]
    assert own.rows[:3] == [["epochs", "4"], ["rate", "0.1"], ["model.kind", '"ridge"']]
    assert none.rows == [["", "null"]]


def test_a_default_card_and_tasks_of_a_foreach(cards: Any, given: Given) -> None:
    """The table stands among what Metaflow shows itself, in each task the same."""
    (start, *_), each = given(cards.pages["start"][0]), [given(page) for page in cards.pages["each"]]
    assert each == [[start], [start]]


def test_500_leaves(cards: Any, given: Given) -> None:
    """Each has its row."""
    (large,) = given(cards.pages["join"][0])
    expected = [
        [f"texts.k{index}", str(index), f"large.yaml:{index + 3}:{len(str(index)) + 6}"] for index in range(500)
    ]
    assert [row for row in large.rows if row[0].startswith("texts.")] == expected


def test_a_config_that_is_not_there(cards: Any) -> None:
    """The message names those that are there."""
    its = "its configs: `large`, `none`, `own`, `raw`, `train`"
    assert f"TF513 unknown-config: CardFlow has no config `trian`; {its} (did you mean `train`?)" in cards.log
    hint = 'name one: `config_table(self, "settings")`'
    assert f"TF513 unknown-config: which config of CardFlow is meant? {its} ({hint})" in cards.log


def test_a_task_without_a_table_loads_nothing_for_it(cards: Any) -> None:
    """Neither what writes tables nor what reads records, and no engine, as the project declares no tables."""
    assert "loaded []" in cards.log


def _quoted(text: str) -> str:
    return f'"{text}"'

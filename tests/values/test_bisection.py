"""Items that hold together, found by halving."""

import pytest

from typedflow.values import keep_valid


@pytest.mark.parametrize("bad", [set(), {0}, {9}, {3, 4}, {0, 9}, set(range(10))])
def test_what_breaks_something_is_left_out(bad: set[int]) -> None:
    """All others are kept, in their order."""
    assert keep_valid(range(10), bad.isdisjoint, 100) == [item for item in range(10) if item not in bad]


def test_what_holds_is_judged_once() -> None:
    """Where nothing breaks, one judgement is enough; where there is nothing, none is made."""
    judged: list[list[int]] = []

    def hold(items: list[int]) -> bool:
        judged.append(items)
        return True

    assert (keep_valid(range(5), hold, 9), len(judged)) == ([0, 1, 2, 3, 4], 1)
    assert (keep_valid([], hold, 9), len(judged)) == ([], 1)


def test_what_breaks_only_together_is_kept_in_part() -> None:
    """Of two that exclude each other, the first is kept."""
    assert keep_valid("abcd", lambda items: not {"a", "d"} <= set(items), 9) == ["a", "b", "c"]


def test_what_is_not_judged_is_left_out() -> None:
    """After so many judgements, what is left is not believed."""
    assert keep_valid(range(100), lambda items: len(items) < 3, 5) == []

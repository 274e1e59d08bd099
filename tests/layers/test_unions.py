"""Discriminated unions: a higher layer's new tag drops what the new variant does not have."""

from collections.abc import Callable
from typing import Any

import pytest

from typedflow.layers import Merge, Plan
from typedflow.values import Origin, Provenance, format_path

Tree = Callable[..., dict[str, Any]]
Origins = Callable[..., Provenance[Origin]]

KIND = Plan(text=True)
ADAM = Plan(fields={"kind": KIND, "lr": Plan(), "betas": Plan(rule=Merge.append), "extra": Plan()})
SGD = Plan(fields={"kind": KIND, "lr": Plan(), "momentum": Plan(), "extra": Plan()})
UNION = Plan(tag="kind", variants={"adam": ADAM, "adamw": ADAM, "sgd": SGD, 3: SGD})
PLAN = Plan(fields={"o": UNION, "l": Plan(rule=Merge.by_key("name"), items=UNION), "d": Plan(items=UNION)})

LOW = "o: {kind: adam, lr: 1, betas: [1], extra: {a: 1}}"

SWITCHED = {
    "a new tag drops what its variant has not": (
        "o: {kind: sgd}",
        {"kind": "sgd", "lr": 1, "extra": {"a": 1}},
    ),
    "a new tag and new keys": (
        "o: {kind: sgd, momentum: 2, extra: {b: 2}}",
        {"kind": "sgd", "lr": 1, "extra": {"a": 1, "b": 2}, "momentum": 2},
    ),
    "a tag that is a number": ("o: {kind: 3}", {"kind": 3, "lr": 1, "extra": {"a": 1}}),
    "the same tag": ("o: {kind: adam, lr: 2}", {"kind": "adam", "lr": 2, "betas": [1], "extra": {"a": 1}}),
    "no tag": ("o: {lr: 2}", {"kind": "adam", "lr": 2, "betas": [1], "extra": {"a": 1}}),
    "no tag, and a rule of the variant": (
        "o: {betas: [2]}",
        {"kind": "adam", "lr": 1, "betas": [1, 2], "extra": {"a": 1}},
    ),
    "another tag of the same variant": (
        "o: {kind: adamw}",
        {"kind": "adamw", "lr": 1, "betas": [1], "extra": {"a": 1}},
    ),
    "an unknown tag drops nothing": (
        "o: {kind: smd}",
        {"kind": "smd", "lr": 1, "betas": [1], "extra": {"a": 1}},
    ),
    "a tag that can be none drops nothing": (
        "o: {kind: [sgd]}",
        {"kind": ["sgd"], "lr": 1, "betas": [1], "extra": {"a": 1}},
    ),
}

INNER_A = Plan(fields={"k": KIND, "j": KIND, "a": Plan(), "shared": Plan()})
INNER_B = Plan(fields={"k": KIND, "j": KIND, "b": Plan(), "shared": Plan()})
OUTER_C = Plan(fields={"k": KIND, "c": Plan(), "shared": Plan()})
OUTER_D = Plan(fields={"k": KIND, "j": KIND, "d": Plan(), "shared": Plan()})
NESTED = Plan(
    fields={
        "o": Plan(
            tag="k",
            variants={
                "x": Plan(tag="j", variants={"a": INNER_A, "b": INNER_B}),
                "y": OUTER_C,
                "z": Plan(tag="j", variants={"a": OUTER_D}),
            },
        )
    }
)

NESTED_SWITCHED = {
    "the inner tag": ("o: {k: x, j: a, a: 1, shared: 1}", "o: {j: b}", {"k": "x", "j": "b", "shared": 1}),
    "the outer tag": ("o: {k: x, j: a, a: 1, shared: 1}", "o: {k: y}", {"k": "y", "shared": 1}),
    "the outer tag, the inner kept": (
        "o: {k: x, j: a, a: 1, shared: 1}",
        "o: {k: z}",
        {"k": "z", "j": "a", "shared": 1},
    ),
    "from the simple to the nested": (
        "o: {k: y, c: 1, shared: 1}",
        "o: {k: x, j: b, b: 2}",
        {"k": "x", "shared": 1, "j": "b", "b": 2},
    ),
    "no tag": ("o: {k: x, j: a, a: 1}", "o: {a: 2}", {"k": "x", "j": "a", "a": 2}),
}


@pytest.mark.parametrize(("high", "expected"), SWITCHED.values(), ids=SWITCHED)
def test_a_binding_switches_the_variant(tree: Tree, high: str, expected: dict[str, Any]) -> None:
    """With another tag only the keys that the new variant has are kept; nothing else drops a key."""
    assert tree(LOW, high, plan=PLAN) == {"o": expected}


@pytest.mark.parametrize(("low", "high", "expected"), NESTED_SWITCHED.values(), ids=NESTED_SWITCHED)
def test_nested_unions_switch_at_either_tag(tree: Tree, low: str, high: str, expected: dict[str, Any]) -> None:
    """A union in a union has two tags, and the variant is what both of them choose."""
    assert tree(low, high, plan=NESTED) == {"o": expected}


def test_a_tag_above_is_no_switch(tree: Tree) -> None:
    """Where no lower layer has a tag, the lower keys are for the variant that the higher one names."""
    assert tree("o: {momentum: 1}", "o: {kind: sgd}", plan=PLAN) == {"o": {"momentum": 1, "kind": "sgd"}}


def test_another_tag_of_one_variant_keeps_unknown_keys(tree: Tree) -> None:
    """Where the variant stays, nothing is dropped: a misspelt key is for validation to find."""
    assert tree("o: {kind: adam, lrr: 1}", "o: {kind: adamw}", plan=PLAN) == {"o": {"kind": "adamw", "lrr": 1}}


def test_a_switch_back_brings_nothing_back(tree: Tree) -> None:
    """What a switch dropped stays dropped."""
    assert tree(LOW, "o: {kind: sgd}", "o: {kind: adam}", plan=PLAN)["o"] == {
        "kind": "adam",
        "lr": 1,
        "extra": {"a": 1},
    }


def test_unions_switch_in_dicts_and_lists(tree: Tree) -> None:
    """The values of a dict, and the items of a list that merges by key, switch as fields do."""
    low = "d: {x: {kind: adam, betas: [1]}}\nl: [{name: x, kind: adam, betas: [1]}]"
    high = "d: {x: {kind: sgd}}\nl: [{name: x, kind: sgd}]"
    assert tree(low, high, plan=PLAN) == {"d": {"x": {"kind": "sgd"}}, "l": [{"kind": "sgd", "name": "x"}]}


def test_provenance_says_what_a_switch_dropped(origins: Origins) -> None:
    """The dropped leaves are kept, with the place of the tag that dropped them."""
    found = origins("o: {kind: adam, betas: [1, 2], lr: 1}", "o: {kind: sgd}", plan=PLAN)
    removed = [(format_path(item.path), format_path(item.by.path), item.reason) for item in found.removed]
    assert removed == [
        ("o.betas[0]", "o.kind", "`kind` became 'sgd'"),
        ("o.betas[1]", "o.kind", "`kind` became 'sgd'"),
    ]
    assert {item.origin.source.name for item in found.removed} == {"low.yaml"}
    assert {item.by.source.name for item in found.removed} == {"high.yaml"}

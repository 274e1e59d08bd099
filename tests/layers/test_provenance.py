"""Provenance: for each leaf the origin that won, and those that it shadows."""

from collections.abc import Callable
from typing import Any

import pytest

from typedflow.layers import Layer, Merge, Plan, Rank, layer, merge, provenance
from typedflow.parsing import locate, parse
from typedflow.values import Origin, Provenance, Source, SourceKind, format_path

Origins = Callable[..., Provenance[Origin]]
Written = Callable[[Provenance[Origin]], dict[str, str]]

PLAN = Plan(
    fields={
        "append": Plan(rule=Merge.append),
        "union": Plan(rule=Merge.union),
        "keyed": Plan(rule=Merge.by_key("name")),
        "mixed": Plan(mixed=True),
    }
)

WON: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "one layer": (("a: {b: 1}\nc: [1, 2]",), {"a.b": "low:a.b", "c[0]": "low:c[0]", "c[1]": "low:c[1]"}),
    "a key each": (("a: {b: 1}", "a: {c: 1}"), {"a.b": "low:a.b", "a.c": "high:a.c"}),
    "a shadow": (("a: 1", "a: 2"), {"a": "high:a < low:a"}),
    "shadows, the nearest first": (("a: 1", "a: 2", "a: 3"), {"a": "top:a < high:a < low:a"}),
    "an equal value": (("a: 1", "a: 1"), {"a": "high:a < low:a"}),
    "null": (("a: 1", "a: null"), {"a": "high:a < low:a"}),
    "a list": (("a: [1, 2]", "a: [3]"), {"a[0]": "high:a[0] < low:a[0]"}),
    "a list over a scalar": (("a: 1", "a: [3, 4]"), {"a[0]": "high:a[0] < low:a", "a[1]": "high:a[1]"}),
    "a scalar over a list": (("a: [1]", "a: 3"), {"a": "high:a < low:a"}),
    "append": (("append: [1]", "append: [2]"), {"append[0]": "low:append[0]", "append[1]": "high:append[0]"}),
    "append to an empty list": (("append: []", "append: [2]"), {"append[0]": "high:append[0]"}),
    "union": (("union: [1]", "union: [1, 2]"), {"union[0]": "low:union[0]", "union[1]": "high:union[1]"}),
    "by key": (
        ("keyed: [{name: a, x: 1}]", "keyed: [{name: b}, {name: a, x: 2}]"),
        {
            "keyed[0].name": "high:keyed[1].name < low:keyed[0].name",
            "keyed[0].x": "high:keyed[1].x < low:keyed[0].x",
            "keyed[1].name": "high:keyed[0].name",
        },
    ),
    "an empty mapping": (("a: {}",), {"a": "low:a"}),
    "an empty mapping below": (("a: {}", "a: {b: 1}"), {"a.b": "high:a.b"}),
    "an empty mapping above": (("a: {b: 1}", "a: {}"), {"a.b": "low:a.b"}),
    "an empty list": (("a: [1]", "a: []"), {"a": "high:a < low:a"}),
    "a mapping emptied by deletion": (("a: {b: {c: 1}}", "$merge: {delete: [a.b.c]}"), {"a.b": "low:a.b"}),
    "a mapping emptied by several": (
        ("a: {b: 1}", "a: {c: 1}", "$merge: {delete: [a.b, a.c]}"),
        {"a": "high:a"},
    ),
    "a mapping replaced": (("a: {b: 1, c: 1}", "$merge: {replace: [a]}\na: {b: 2}"), {"a.b": "high:a.b < low:a.b"}),
    "deleted and set again": (("a: 1", "$merge: {delete: [a]}\na: 2"), {"a": "high:a"}),
    "a mapping for null": (("mixed: null", "mixed: {a: 1}"), {"mixed.a": "high:mixed.a < low:mixed"}),
    "null for a mapping": (("mixed: {a: 1}", "mixed: null"), {"mixed": "high:mixed < low:mixed"}),
    "nothing": (("", ""), {}),
    "no layers": ((), {}),
}

REMOVED: dict[str, tuple[tuple[str, ...], list[str]]] = {
    "a deletion": (("a: {b: 1}\nc: 1", "$merge: {delete: [a]}"), ['a.b low:a.b high:"$merge".delete[0] deleted']),
    "a shorter list": (("a: [1, 2]", "a: [3]"), ["a[1] low:a[1] high:a replaced"]),
    "an empty list": (("a: [1]", "a: []"), ["a[0] low:a[0] high:a replaced"]),
    "a scalar over a list": (("a: [1]", "a: 3"), ["a[0] low:a[0] high:a replaced"]),
    "null over a mapping": (("mixed: {a: 1}", "mixed: null"), ["mixed.a low:mixed.a high:mixed replaced"]),
    "a replaced mapping": (
        ("a: {b: 1, c: 1}", "$merge: {replace: [a]}\na: {b: 2}"),
        ["a.c low:a.c high:a replaced"],
    ),
    "what is set again is not removed": (("a: 1", "$merge: {delete: [a]}", "a: 3"), []),
    "a shadow is not removed": (("a: 1", "a: 2"), []),
}


@pytest.mark.parametrize(("texts", "expected"), WON.values(), ids=WON)
def test_every_leaf_has_its_origin(
    origins: Origins, written: Written, texts: tuple[str, ...], expected: dict[str, str]
) -> None:
    """A leaf's origin is where its value is written; its shadows are where lower layers wrote one."""
    shown = {path: line.replace(".yaml", "") for path, line in written(origins(*texts, plan=PLAN)).items()}
    assert shown == expected


@pytest.mark.parametrize(("texts", "expected"), REMOVED.values(), ids=REMOVED)
def test_what_was_taken_away_is_kept(origins: Origins, texts: tuple[str, ...], expected: list[str]) -> None:
    """A leaf of a lower layer that is no longer there is named, with what took it away and why."""
    lines = [
        f"{format_path(item.path)} {item.origin.source.name}:{format_path(item.origin.path)}"
        f" {item.by.source.name}:{format_path(item.by.path)} {item.reason}".replace(".yaml", "")
        for item in origins(*texts, plan=PLAN).removed
    ]
    assert lines == expected


def test_an_option_is_its_own_text() -> None:
    """Where a source holds one value of the tree, the key path in the source begins there."""
    option = Layer(Source("--set a.b", "{c: 1}", "yaml", SourceKind.OPTION), {"a": {"b": {"c": 1}}}, prefix=("a", "b"))
    ((path, leaf),) = provenance(merge([option], PLAN)).leaves.items()
    assert (path, leaf.origin.path) == (("a", "b", "c"), ("c",))


def test_a_table_of_a_file_is_found_in_the_file() -> None:
    """Where the tree is a part of a source, the key path in the source leads to that part."""
    source = Source("pyproject.toml", "[tool.typedflow]\na.b = 1", "toml")
    tree: dict[str, Any] = parse(source)["tool"]["typedflow"]
    ((_, leaf),) = provenance(merge([Layer(source, tree, root=("tool", "typedflow"))], PLAN)).leaves.items()
    assert leaf.origin.path == ("tool", "typedflow", "a", "b")
    span = locate(source, leaf.origin.path)
    assert span is not None
    assert (span.line, span.column) == (2, 7)


def test_ranks_are_ordered() -> None:
    """Files come first, then the project's settings, variables, and options on top."""
    assert sorted(Rank) == [
        Rank.DEFAULT,
        Rank.FILE,
        Rank.GLOBAL,
        Rank.ENVIRONMENT,
        Rank.BINDING,
        Rank.VARIABLE,
        Rank.OPTION,
    ]


def test_a_layer_tells_what_it_sets() -> None:
    """A layer sets the key paths of its tree, through mappings and lists, and no others."""
    source = Source("a.yaml", "a: [{b: null}]", "yaml")
    made = layer(source, parse(source))
    assert [made.sets(path) for path in ((), ("a",), ("a", 0), ("a", 0, "b"))] == [True] * 4
    assert [made.sets(path) for path in (("b",), ("a", 1), ("a", "b"), ("a", 0, "b", "c"))] == [False] * 4

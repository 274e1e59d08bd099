"""Merging: mappings merge, everything else replaces, and rules say otherwise."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from typedflow.layers import Layer, Merge, Plan, merge
from typedflow.values import Diagnostic, Source, SourceKind, TypedflowError

Tree = Callable[..., dict[str, Any]]
Problems = Callable[..., list[Diagnostic]]

LISTS = Plan(fields={"l": Plan(rule=Merge.append), "u": Plan(rule=Merge.union)})
ITEMS = Plan(items=Plan(rule=Merge.append))
KEYED = Plan(fields={"l": Plan(rule=Merge.by_key("name"), items=Plan(fields={"tags": Plan(rule=Merge.append)}))})
REPLACED = Plan(fields={"a": Plan(rule=Merge.replace), "l": Plan(rule=Merge.replace)})
MIXED = Plan(fields={"a": Plan(mixed=True)})

MERGED = {
    "a key each": ("a: 1", "b: 2", {"a": 1, "b": 2}),
    "the higher scalar": ("a: 1", "a: 2", {"a": 2}),
    "another type of scalar": ("a: 1", "a: text", {"a": "text"}),
    "nested mappings": ("a: {b: {c: 1, d: 2}}", "a: {b: {d: 3, e: 4}}", {"a": {"b": {"c": 1, "d": 3, "e": 4}}}),
    "lists replace": ("a: [1, 2]", "a: [3]", {"a": [3]}),
    "lists of mappings replace": ("a: [{b: 1}]", "a: [{c: 2}]", {"a": [{"c": 2}]}),
    "a list replaces a scalar": ("a: 1", "a: [1]", {"a": [1]}),
    "a scalar replaces a list": ("a: [1]", "a: 1", {"a": 1}),
    "null replaces a scalar": ("a: 1", "a: null", {"a": None}),
    "null replaces a list": ("a: [1]", "a:", {"a": None}),
    "a scalar replaces null": ("a: null", "a: 0", {"a": 0}),
    "an empty mapping changes nothing": ("a: {b: 1}", "a: {}", {"a": {"b": 1}}),
    "an empty list replaces": ("a: [1]", "a: []", {"a": []}),
    "an empty layer above": ("a: 1", "", {"a": 1}),
    "an empty layer below": ("", "a: 1", {"a": 1}),
}

RULED = {
    "append": (LISTS, "l: [1, 2]", "l: [2, 3]", {"l": [1, 2, 2, 3]}),
    "append to nothing": (LISTS, "a: 1", "l: [1]", {"a": 1, "l": [1]}),
    "append nothing": (LISTS, "l: [1]", "l: []", {"l": [1]}),
    "append to null": (LISTS, "l: null", "l: [1]", {"l": [1]}),
    "null does not append": (LISTS, "l: [1]", "l: null", {"l": None}),
    "union": (LISTS, "u: [1, 2]", "u: [2, 3, 3]", {"u": [1, 2, 3]}),
    "union tells types apart": (LISTS, "u: [1]", "u: [1.0, true, '1', 1]", {"u": [1, 1.0, True, "1"]}),
    "union tells zeros apart": (LISTS, "u: [0]", "u: [false, 0.0, null, '']", {"u": [0, False, 0.0, None, ""]}),
    "union of lists": (LISTS, "u: [[1], []]", "u: [[1.0], [1], {}, []]", {"u": [[1], [], [1.0], {}]}),
    "union of mappings": (LISTS, "u: [{a: 1, b: 2}]", "u: [{b: 2, a: 1}, {a: 1}]", {"u": [{"a": 1, "b": 2}, {"a": 1}]}),
    "in every value of a dict": (ITEMS, "x: [1]\ny: [1]", "y: [2]", {"x": [1], "y": [1, 2]}),
    "by key": (
        KEYED,
        "l: [{name: a, x: 1, y: 1}, {name: b}]",
        "l: [{name: c}, {name: a, y: 2, z: 2}]",
        {"l": [{"name": "a", "x": 1, "y": 2, "z": 2}, {"name": "b"}, {"name": "c"}]},
    ),
    "by key, with rules inside of items": (
        KEYED,
        "l: [{name: a, tags: [1]}]",
        "l: [{name: a, tags: [2]}]",
        {"l": [{"name": "a", "tags": [1, 2]}]},
    ),
    "by key tells types apart": (KEYED, "l: [{name: 1}]", "l: [{name: true}]", {"l": [{"name": 1}, {"name": True}]}),
    "replace a sub-model": (REPLACED, "a: {b: 1}", "a: {c: 2}", {"a": {"c": 2}}),
    "replace a sub-model by a scalar": (REPLACED, "a: {b: 1}", "a: 1", {"a": 1}),
    "null for a mapping that may be null": (MIXED, "a: {b: 1}", "a: null", {"a": None}),
    "a mapping for null": (MIXED, "a: null", "a: {b: 1}", {"a": {"b": 1}}),
    "mappings merge where null may stand": (MIXED, "a: {b: 1}", "a: {c: 2}", {"a": {"b": 1, "c": 2}}),
}

CONFLICTS = {
    "a scalar over a mapping": ("a: {b: 1}", "a: 5", "`a` is `5` here and a mapping in a lower layer"),
    "a list over a mapping": ("a: {b: 1}", "a: [1]", "`a` is a list here and a mapping in a lower layer"),
    "null over a mapping": ("a: {b: 1}", "a:", "`a` is empty (null) here and a mapping in a lower layer"),
    "a mapping over a scalar": ("a: 5", "a: {b: 1}", "`a` is a mapping here and `5` in a lower layer"),
    "a mapping over a list": ("a: [1]", "a: {b: 1}", "`a` is a mapping here and a list in a lower layer"),
    "a mapping over null": ("a: null", "a: {b: 1}", "`a` is a mapping here and empty (null) in a lower layer"),
}

UNKEYED = {
    "a lower item without": ("l: [{x: 1}]", "l: []", "low.yaml:1:5", "`l[0]` has no `name`"),
    "a higher item without": ("l: []", "l: [{x: 1}]", "high.yaml:1:5", "`l[0]` has no `name`"),
    "an item that is no mapping": ("l: [{name: a}, b]", "l: []", "low.yaml:1:16", "`l[1]` has no `name`"),
    "two lower items with one": (
        "l: [{name: a}, {name: a}]",
        "l: []",
        "low.yaml:1:16",
        "`l[1]` has the same `name` as an item before it",
    ),
    "two higher items with one": (
        "l: []",
        "l: [{name: a}, {name: a}]",
        "high.yaml:1:16",
        "`l[1]` has the same `name` as an item before it",
    ),
}


@pytest.mark.parametrize(("low", "high", "expected"), MERGED.values(), ids=MERGED)
def test_mappings_merge_and_everything_else_replaces(tree: Tree, low: str, high: str, expected: dict[str, Any]) -> None:
    """Without a rule, a higher layer's mappings merge into the lower's, and its other values stand alone."""
    assert _exact(tree(low, high)) == _exact(expected)


@pytest.mark.parametrize(("plan", "low", "high", "expected"), RULED.values(), ids=RULED)
def test_a_rule_says_otherwise(tree: Tree, plan: Plan, low: str, high: str, expected: dict[str, Any]) -> None:
    """A plan's rule decides how lists, mappings and what may be both meet."""
    assert _exact(tree(low, high, plan=plan)) == _exact(expected)


def test_a_copied_rule_is_the_same_rule(tree: Tree) -> None:
    """Rules are compared by what they say: pydantic may copy a field's metadata."""
    plan = copy.deepcopy(Plan(fields={"a": Plan(rule=Merge.replace), "u": Plan(rule=Merge.union)}))
    assert tree("a: {b: 1}\nu: [1]", "a: {c: 1}\nu: [1]", plan=plan) == {"a": {"c": 1}, "u": [1]}


@pytest.mark.parametrize(("low", "high", "message"), CONFLICTS.values(), ids=CONFLICTS)
def test_a_mapping_and_something_else_conflict(problems: Problems, low: str, high: str, message: str) -> None:
    """Where one layer has a mapping and another none, the diagnostic names both places."""
    (problem,) = problems(low, high)
    assert problem.rule.name == "kind-conflict"
    assert problem.message == message
    assert problem.path == ("a",)
    assert str(problem.location) == "high.yaml:1:1"
    assert [(item.role, str(item.location)) for item in problem.related] == [("conflicts with", "low.yaml:1:1")]


def test_a_conflict_names_the_nearest_layer(problems: Problems) -> None:
    """Of several lower layers, the highest that sets the path is named."""
    (problem,) = problems("a: {b: {c: 1}}", "a: {b: {d: 1}}", "a: {b: 5}")
    assert [str(item.location) for item in problem.related] == ["high.yaml:1:5"]


def test_a_conflict_says_how_to_replace(problems: Problems) -> None:
    """The hint is the directive that makes a replacement meant."""
    (problem,) = problems("a: {b-c: {d: 1}}", "a: {b-c: 5}")
    assert problem.hint == 'to replace the whole value, add `$merge: {replace: [a."b-c"]}` at the top of high.yaml'


def test_an_empty_key_is_explained(problems: Problems) -> None:
    """A key without a value is mostly a section whose keys were all commented out."""
    (problem,) = problems("a: {b: {c: 1}}", "a:\n  b:\n  # c: 2")
    assert problem.hint == "remove the empty `b:`, or write its keys below it"


def test_a_source_without_lines_gets_no_directive_as_hint(stack: Callable[..., list[Layer]]) -> None:
    """An option has no top where a directive could stand."""
    source = Source("--set a=5", "5", kind=SourceKind.OPTION)
    with pytest.raises(TypedflowError) as caught:
        merge([*stack("a: {b: 1}"), Layer(source, {"a": 5}, prefix=("a",))], Plan())
    (problem,) = caught.value.diagnostics
    assert str(problem.location) == "--set a=5"
    assert problem.hint == "set one of the keys of `a`: `--set a.KEY=VALUE`"


def test_all_conflicts_are_found(problems: Problems) -> None:
    """Merging goes on behind a conflict, through all layers."""
    found = problems("a: {b: 1}\nc: 1\nd: {e: 1}", "a: 1\nc: {x: 1}", "d: 4")
    assert [(item.path, str(item.location)) for item in found] == [
        (("a",), "high.yaml:1:1"),
        (("c",), "high.yaml:2:1"),
        (("d",), "top.yaml:1:1"),
    ]


@pytest.mark.parametrize(("low", "high", "place", "message"), UNKEYED.values(), ids=UNKEYED)
def test_items_need_keys_of_their_own(problems: Problems, low: str, high: str, place: str, message: str) -> None:
    """In a list that merges by key, an item without key, or with another's, is reported where it stands."""
    (problem,) = problems(low, high, plan=KEYED)
    assert (problem.rule.name, str(problem.location)) == ("missing-merge-key", place)
    assert problem.message == f"{message}; the items of this list merge by `name`"
    assert problem.hint == "give each item a unique `name`"


def test_a_bad_item_is_reported_once(problems: Problems) -> None:
    """An item is checked where it comes in, not again in every layer above."""
    found = problems("l: [{name: a}, {x: 1}]", "l: [{name: b}, {y: 1}]", "l: [{name: c}]", plan=KEYED)
    assert [str(item.location) for item in found] == ["low.yaml:1:16", "high.yaml:1:16"]


def test_a_list_that_never_merges_needs_no_keys(tree: Tree) -> None:
    """Items are compared only when two lists meet."""
    assert tree("l: [{x: 1}]", "a: 1", plan=KEYED) == {"l": [{"x": 1}], "a": 1}


def test_sources_are_left_alone(stack: Callable[..., list[Layer]]) -> None:
    """Merging changes no layer's tree, whatever the rules: layers are shared by many variants."""
    layers = stack(
        "l: [1]\nu: [1]\nk: [{name: a, x: {y: 1}}]\nm: {a: {b: 1}}\nd: {e: {f: 1, g: 2}}",
        "l: [2]\nu: [2]\nk: [{name: a, x: {z: 1}}, {name: b}]\nm: {a: {c: 1}}\n$merge: {delete: [d.e.f]}",
        "l: [3]\nu: [3]\nk: [{name: b, x: 1}]\nm: {a: {d: 1}}",
    )
    before = copy.deepcopy([item.tree for item in layers])
    plan = Plan(fields={**LISTS.fields, "k": KEYED.fields["l"]})
    assert merge(layers, plan).tree == {
        "l": [1, 2, 3],
        "u": [1, 2, 3],
        "k": [{"name": "a", "x": {"y": 1, "z": 1}}, {"name": "b", "x": 1}],
        "m": {"a": {"b": 1, "c": 1, "d": 1}},
        "d": {"e": {"g": 2}},
    }
    assert [item.tree for item in layers] == before


def test_no_layers_merge_to_nothing(tree: Tree) -> None:
    """An empty stack is an empty tree."""
    assert tree() == {}


def _exact(value: object) -> str:
    """Return a form that distinguishes 1, 1.0 and true."""
    return repr(value)

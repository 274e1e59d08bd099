"""The laws of merging, on generated trees and texts."""

import copy
import json
from random import Random
from typing import Any, TypeAlias

import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from typedflow.layers import UNTYPED, Layer, Merge, Plan, layer, merge, provenance
from typedflow.parsing import locate, parse, parse_any
from typedflow.values import KeyPath, Source, TypedflowError

Tree: TypeAlias = dict[str, Any]

KEYS = st.sampled_from(["a", "b", "c", "x-y", "größe", "0"])
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"], exclude_characters="\x85\ufeff"))
SCALARS = st.one_of(st.booleans(), st.integers(-(2**60), 2**60), st.floats(-1e6, 1e6), TEXTS)
ITEMS = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3), max_leaves=4)
FREE = st.dictionaries(KEYS, st.recursive(ITEMS, lambda inner: st.dictionaries(KEYS, inner, max_size=3), max_leaves=6))

# Trees of one shape, so that no mapping meets anything else: `m` keys are mappings, the others never.
LISTS = st.lists(st.sampled_from([0, 1, 1.0, True, "1", None]), max_size=3)
LEAVES = {"a": SCALARS, "b": st.lists(SCALARS, max_size=2), "ap": LISTS, "un": LISTS}
FLAT = st.fixed_dictionaries({}, optional=LEAVES)
SHAPED = st.fixed_dictionaries(
    {}, optional={**LEAVES, "ma": FLAT, "mb": st.fixed_dictionaries({}, optional={"ma": FLAT})}
)
RULES = Plan(fields={"ap": Plan(rule=Merge.append), "un": Plan(rule=Merge.union)})
RULES.fields.update({"ma": RULES, "mb": RULES})


def _layer(tree: Tree) -> Layer:
    return Layer(Source("", ""), tree)


def _merged(*trees: Tree) -> Tree:
    tree: Tree = merge([_layer(tree) for tree in trees], RULES).tree
    return tree


@given(SHAPED)
def test_the_empty_tree_is_the_identity(tree: Tree) -> None:
    """Merging with nothing, from below or above, changes nothing."""
    assert _exact(_merged(tree)) == _exact(_merged({}, tree)) == _exact(_merged(tree, {})) == _exact(tree)


@given(SHAPED, SHAPED, SHAPED)
def test_merging_is_associative(low: Tree, middle: Tree, high: Tree) -> None:
    """Layers may be merged in any grouping, mappings, lists and rules alike."""
    together = _exact(_merged(low, middle, high))
    assert _exact(_merged(_merged(low, middle), high)) == together
    assert _exact(_merged(low, _merged(middle, high))) == together


@given(SHAPED, SHAPED)
def test_merging_changes_no_source(low: Tree, high: Tree) -> None:
    """The trees of the layers stay as they are."""
    before = copy.deepcopy((low, high))
    _merged(low, high)
    assert _exact((low, high)) == _exact(before)


@given(SHAPED, SHAPED)
def test_every_value_comes_from_a_layer(low: Tree, high: Tree) -> None:
    """Each leaf of the merged tree has one origin, and there stands its value."""
    trees = {"low": low, "high": high}
    merged = merge([Layer(Source(name, ""), tree) for name, tree in trees.items()], RULES)
    found = provenance(merged)
    assert set(found.leaves) == {path for path, _ in _leaves(merged.tree)}
    for path, value in _leaves(merged.tree):
        origin = found.leaves[path].origin
        assert _exact(_at(trees[origin.source.name], origin.path)) == _exact(value)


@given(FREE, st.sampled_from(["toml", "yaml", "json"]))
def test_the_text_at_an_origin_is_the_value(tree: Tree, format_name: str) -> None:
    """The span of a leaf's origin holds the text of its value, in every format."""
    source = Source("a", _written(tree, format_name), format_name)
    merged = merge([layer(source, parse(source))], UNTYPED)
    assert _exact(merged.tree) == _exact(tree)
    for path, leaf in provenance(merged).leaves.items():
        span = locate(leaf.origin.source, leaf.origin.path)
        assert span is not None
        if _at(tree, path) == {}:
            continue  # a table without braces has no text of its own
        assert _exact(
            _value(_cut(source.text, span.line, span.column, span.end_line, span.end_column), format_name)
        ) == (_exact(_at(tree, path)))


@given(FREE, FREE, st.sampled_from(["toml", "yaml", "json"]))
def test_origins_name_the_layer_that_won(low: Tree, high: Tree, format_name: str) -> None:
    """Where both layers have a leaf, the origin is in the higher one, and the lower one is its shadow."""
    stack = []
    for name, tree in (("low", low), ("high", _fitting(high, low))):
        source = Source(name, _written(tree, format_name), format_name)
        stack.append(layer(source, parse(source)))
    for path, leaf in provenance(merge(stack, UNTYPED)).leaves.items():
        in_high = stack[1].sets(path) and not (_at(stack[1].tree, path) == {} and stack[0].sets(path))
        assert leaf.origin.source.name == ("high" if in_high else "low")
        assert _exact(_at(parse(leaf.origin.source), leaf.origin.path)) == _exact(_at(merge(stack, UNTYPED).tree, path))


@given(st.lists(FREE, max_size=3), st.lists(st.sampled_from(["toml", "yaml", "json"]), min_size=3, max_size=3))
def test_the_formats_of_layers_do_not_matter(trees: list[Tree], formats: list[str]) -> None:
    """The tree, the origins and the conflicts are those of the same layers in YAML."""
    assert _outcome(trees, formats) == _outcome(trees, ["yaml"] * 3)


@given(st.lists(FREE, max_size=3), st.randoms(use_true_random=False), st.sampled_from(["toml", "yaml", "json"]))
def test_the_order_of_keys_does_not_matter(trees: list[Tree], rng: Random, format_name: str) -> None:
    """The tree, the origins and the conflicts are the same however a layer's keys are ordered."""
    shuffled = [_shuffled(tree, rng) for tree in trees]
    assert _outcome(shuffled, [format_name] * 3) == _outcome(trees, [format_name] * 3)


def _outcome(trees: list[Tree], formats: list[str]) -> tuple[str, list[str]]:
    """Return the merged tree and the origin of each leaf, or the conflicts."""
    stack = []
    for index, (tree, format_name) in enumerate(zip(trees, formats, strict=False)):
        source = Source(f"{index}", _written(tree, format_name), format_name)
        stack.append(layer(source, parse(source)))
    try:
        merged = merge(stack, UNTYPED)
    except TypedflowError as error:
        return "", sorted(f"{problem.rule.name} {problem.path}" for problem in error.diagnostics)
    leaves = provenance(merged).leaves.items()
    written = {path: [(at.source.name, at.path) for at in (leaf.origin, *leaf.shadows)] for path, leaf in leaves}
    return _exact(merged.tree), sorted(f"{path} {places}" for path, places in written.items())


def _shuffled(value: Any, rng: Random) -> Any:
    if isinstance(value, list):
        return [_shuffled(item, rng) for item in value]
    if not isinstance(value, dict):
        return value
    items = [(key, _shuffled(item, rng)) for key, item in value.items()]
    rng.shuffle(items)
    return dict(items)


def _fitting(high: Tree, low: Tree) -> Tree:
    """Return the part of a tree that conflicts with no kind of another."""
    fitting = {}
    for key, value in high.items():
        if isinstance(value, dict) and isinstance(low.get(key, {}), dict):
            fitting[key] = _fitting(value, low.get(key, {}))
        elif not isinstance(value, dict) and not isinstance(low.get(key), dict):
            fitting[key] = value
    return fitting


def _written(tree: Tree, format_name: str) -> str:
    if format_name == "toml":
        return tomli_w.dumps(tree)
    if format_name == "json":
        return json.dumps(tree, ensure_ascii=False, indent=1)
    # As JSON within YAML: PyYAML writes YAML 1.1, and typedflow reads 1.2.
    return "".join(f"{_flow(key)}: {_flow(value)}\n" for key, value in tree.items())


def _flow(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _value(text: str, format_name: str) -> object:
    if format_name == "toml":
        return parse(Source("", f"v = {text}", "toml"))["v"]
    return parse_any(Source("", text, format_name))


def _cut(text: str, line: int, column: int, end_line: int, end_column: int) -> str:
    lines = text.split("\n")[line - 1 : end_line]
    lines[-1] = lines[-1][: end_column - 1]
    lines[0] = lines[0][column - 1 :]
    return "\n".join(lines)


def _leaves(value: Any, path: KeyPath = ()) -> list[tuple[KeyPath, Any]]:
    if value in ({}, []) and path:
        return [(path, value)]
    if isinstance(value, dict):
        return [leaf for key, item in value.items() for leaf in _leaves(item, (*path, key))]
    if isinstance(value, list):
        return [leaf for index, item in enumerate(value) for leaf in _leaves(item, (*path, index))]
    return [(path, value)]


def _at(tree: Any, path: KeyPath) -> Any:
    for key in path:
        tree = tree[key]
    return tree


def _exact(value: object) -> str:
    """Return a form that distinguishes 1, 1.0 and true, but not the order of keys."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{key!r}:{_exact(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(_exact, value)) + "]"
    return repr(value)

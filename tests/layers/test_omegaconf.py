"""Merging against OmegaConf, which knows nothing of ours: untyped trees of mappings, lists, scalars and None.

Where the two differ on purpose, so that no tree here has it:

- a mapping against anything else, None too, is an error with us; with OmegaConf most of it replaces;
- `${...}` is an interpolation and `???` a missing value with OmegaConf, and text with us;
- keys are strings with us, and may be numbers, booleans and bytes with OmegaConf;
- rules of a model (append, union, by key) and `$merge` are ours alone, `list_merge_mode` and flags OmegaConf's.
"""

from typing import Any, TypeAlias

from effort import examples
from hypothesis import given
from hypothesis import strategies as st
from omegaconf import OmegaConf

from typedflow.layers import UNTYPED, Layer, merge, provenance
from typedflow.values import KeyPath, Source, TypedflowError

Tree: TypeAlias = dict[str, Any]

KEYS = st.sampled_from(["a", "b", "c", "x-y", "größe", "0", ""])
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="$?"))
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=8
)
TREES = st.dictionaries(KEYS, VALUES, max_size=5)


@examples(100)
@given(TREES, TREES)
def test_only_a_conflict_of_kinds_is_an_error(low: Tree, high: Tree) -> None:
    """Two layers give OmegaConf's tree, or an error for each place where a mapping meets something else."""
    conflicts = _conflicts(low, high)
    found: list[tuple[str, KeyPath | None]] = []
    try:
        assert _exact(merge(_stack([low, high]), UNTYPED).tree) == _exact(_expected([low, high]))
    except TypedflowError as error:
        found = [(diagnostic.rule.name, diagnostic.path) for diagnostic in error.diagnostics]
    assert found == [("kind-conflict", path) for path in conflicts]


@examples(100)
@given(TREES, TREES, TREES)
def test_a_stack_without_conflicts_merges_as_omegaconf_merges_it(low: Tree, middle: Tree, high: Tree) -> None:
    """Three layers give OmegaConf's tree, and telling where each leaf comes from gives the same tree."""
    middle = _fitting(middle, low)
    high = _fitting(high, _expected([low, middle]))
    expected = _expected([low, middle, high])
    merged = merge(_stack([low, middle, high]), UNTYPED)
    assert _exact(merged.tree) == _exact(expected)
    for path, leaf in provenance(merged).leaves.items():
        found: Any = expected
        given_by: Any = [low, middle, high][int(leaf.origin.source.name)]
        for key, source_key in zip(path, leaf.origin.path, strict=True):
            found, given_by = found[key], given_by[source_key]
        assert _exact(found) == _exact(given_by)


def _stack(trees: list[Tree]) -> list[Layer]:
    return [Layer(Source(str(index), ""), tree) for index, tree in enumerate(trees)]


def _expected(trees: list[Tree]) -> Any:
    return OmegaConf.to_container(OmegaConf.merge(*map(OmegaConf.create, trees)))


def _conflicts(low: Any, high: Any, path: KeyPath = ()) -> list[KeyPath]:
    if isinstance(low, dict) is not isinstance(high, dict):
        return [path]
    if not isinstance(low, dict):
        return []
    return [found for key in high if key in low for found in _conflicts(low[key], high[key], (*path, key))]


def _fitting(high: Tree, low: Tree) -> Tree:
    """Return a tree without the parts that conflict with another."""
    return {
        key: _fitting(value, low.get(key, {})) if isinstance(value, dict) else value
        for key, value in high.items()
        if key not in low or isinstance(value, dict) is isinstance(low[key], dict)
    }


def _exact(value: object) -> str:
    """Return a form that distinguishes 1, 1.0 and true, and the order of keys."""
    return repr(value)

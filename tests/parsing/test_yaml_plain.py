"""Plain scalars of a YAML text: which there are, what they are, and where."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from typedflow.parsing import locate, locate_key, parse, plain_scalars
from typedflow.values import KeyPath, Source, TypedflowError

CASES: dict[str, list[tuple[KeyPath, str, object, bool]]] = {
    "": [],
    "# nothing": [],
    "a: 1": [(("a",), "a", "a", True), (("a",), "1", 1, False)],
    'a: "1"': [(("a",), "a", "a", True)],
    "'a': no": [(("a",), "no", "no", False)],
    "a: !!str 1": [(("a",), "a", "a", True)],
    "a: |\n  1": [(("a",), "a", "a", True)],
    "a:": [(("a",), "a", "a", True), (("a",), "", None, False)],
    '"a": [1, "2", {"b": ~}]': [(("a", 0), "1", 1, False), (("a", 2, "b"), "~", None, False)],
    '"a": &x 1\n"b": *x': [(("a",), "1", 1, False)],
    '"a": &x {"c": 1}\n"b": {<<: *x}': [(("a", "c"), "1", 1, False)],
    '"a": &x b\n*x : 1': [(("a",), "b", "b", False), (("b",), "1", 1, False)],
    '"b": {<<: {"c": 1}}': [(("b", "<<", "c"), "1", 1, False)],
}


@pytest.mark.parametrize(("text", "expected"), CASES.items(), ids=[text or "empty" for text in CASES])
def test_which_scalars_are_plain(text: str, expected: list[tuple[KeyPath, str, object, bool]]) -> None:
    """Quoted, tagged and block scalars are not, and neither are aliases and the sign that merges."""
    found = list(plain_scalars(Source("a.yaml", text, "yaml")))
    assert [(item.path, item.text, item.value, item.is_key) for item in found] == expected


def test_other_formats_have_none() -> None:
    """JSON and TOML have no scalars that mean this or that."""
    assert list(plain_scalars(Source("a.json", '{"a": 1}', "json"))) == []


def test_a_text_that_is_no_yaml() -> None:
    """What cannot be parsed is refused as ever."""
    with pytest.raises(TypedflowError):
        list(plain_scalars(Source("a.yaml", "a: [", "yaml")))


def test_a_byte_order_mark_moves_nothing() -> None:
    """The mark is skipped, and not counted, by libyaml."""
    [_, value] = plain_scalars(Source("a.yaml", "\ufeffa: 1", "yaml"))
    assert value.location.excerpt is not None
    assert value.location.excerpt.line[value.location.excerpt.start : value.location.excerpt.end] == "1"


def test_an_anchor_at_a_merge_key_is_one() -> None:
    """A later key may be its alias."""
    scalars = plain_scalars(Source("a.yaml", "a: {&b <<: {c: 1}}\nd: {*b : 2}\n", "yaml"))
    assert [scalar.path for scalar in scalars if scalar.value == 2] == [("d", "<<")]


TREES: st.SearchStrategy[Any] = st.dictionaries(
    st.text("abcxyz -\u00e9", min_size=1, max_size=5),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text("abc 12.:-", max_size=6),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=3),
        max_leaves=8,
    ),
    max_size=4,
)


@given(TREES, st.booleans())
def test_path_value_and_place_agree_with_the_parser(tree: Any, flow: bool) -> None:  # noqa: FBT001 # drawn
    """What stands at a scalar's path is its value, and stands where the parser of positions says."""
    source = Source("a.yaml", yaml.safe_dump(tree, default_flow_style=flow, allow_unicode=True), "yaml")
    parsed = parse(source)
    for scalar in plain_scalars(source):
        value: Any = parsed
        for key in scalar.path:
            value = value[key]
        assert scalar.value == (scalar.path[-1] if scalar.is_key else value)
        assert scalar.location.span == (locate_key if scalar.is_key else locate)(source, scalar.path)

"""Fixes of random settings in common styles: the tree is right, and the other lines are unchanged."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from itertools import takewhile
from typing import Any

import pytest
import tomli_w
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from typedflow.check import apply_fixes, unified_patch
from typedflow.parsing import parse, parse_any
from typedflow.render import Document, settings
from typedflow.values import RULES, Diagnostic, Fix, KeyPath, Location, Source, TypedflowError

_KEYS = st.sampled_from(
    ["a", "b", "c", "typo", "two words", "no", "1", "é", "it's", 'q"', "x.y", "#", "-", "a: b", "[", "{"]
)
_LEAVES = (
    st.booleans() | st.integers(-9, 99) | st.sampled_from(["", "x", "a, b}", "# no", '"', "'", "é\ty", "1", "- a"])
)
_TREES = st.dictionaries(
    _KEYS,
    st.recursive(_LEAVES, lambda below: st.lists(below, max_size=3) | st.dictionaries(_KEYS, below, max_size=3)),
    min_size=1,
    max_size=4,
)
_WIDE = 10_000


def _yaml(**options: Any) -> Callable[[Any], str]:
    return lambda tree: str(yaml.safe_dump(tree, width=_WIDE, allow_unicode=True, sort_keys=False, **options))


STYLES: dict[str, tuple[str, Callable[[Any], str]]] = {
    "toml": ("toml", tomli_w.dumps),
    "toml, tables": ("toml", lambda tree: settings(Document(tree), format="toml")),
    "yaml, block": ("yaml", _yaml(default_flow_style=False)),
    "yaml, flow": ("yaml", _yaml(default_flow_style=True)),
    "yaml, mixed": ("yaml", _yaml(default_flow_style=None, indent=4)),
    "yaml, quoted": ("yaml", _yaml(default_style='"', default_flow_style=False)),
    "yaml, ours": ("yaml", lambda tree: settings(Document(tree), format="yaml")),
    "json, lines": ("json", lambda tree: json.dumps(tree, indent=2)),
    "json, one line": ("json", json.dumps),
    "json, close": ("json", lambda tree: json.dumps(tree, indent="\t", separators=(",", ":"), ensure_ascii=False)),
}


def _paths(tree: Any, path: KeyPath = ()) -> list[KeyPath]:
    """Yield the key paths of all keys."""
    items = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    here = [(*path, key) for key, _ in items if isinstance(key, str)]
    return [*here, *(below for key, item in items for below in _paths(item, (*path, key)))]


def _expected(tree: Any, fix: Fix) -> Any:
    """Change a copy of a tree as the fix says, the plain way."""
    tree = json.loads(json.dumps(tree))
    ways = [tree]
    for key in fix.path[:-1]:
        ways.append(ways[-1][key])
    key = fix.path[-1]
    if fix.replacement is not None:
        items = list(ways[-1].items())
        ways[-1].clear()
        ways[-1].update((fix.replacement if name == key else name, item) for name, item in items)
        return tree
    del ways[-1][key]
    for depth in range(len(ways) - 1, 0, -1):
        if ways[depth] == {} and isinstance(fix.path[depth - 1], str):
            del ways[depth - 1][fix.path[depth - 1]]
    return tree


def _commented(data: st.DataObject, text: str, format_name: str) -> str:
    """Return a text with random comment lines, and perhaps other line ends."""
    lines = text.splitlines(keepends=True)
    if format_name != "json":
        for number in data.draw(st.lists(st.integers(0, len(lines)), max_size=3)):
            lines.insert(number, data.draw(st.sampled_from(["# note\n", "  # in it\n", "\n"])))
    text = "".join(lines)
    return text.replace("\n", "\r\n") if data.draw(st.booleans()) else text


@pytest.mark.slow
@pytest.mark.parametrize("style", STYLES)
@given(data=st.data())
def test_fixes_are_right(style: str, data: st.DataObject) -> None:
    """The new text has the tree that was wanted, and at most one line that the old one did not have."""
    format_name, dump = STYLES[style]
    tree = data.draw(_TREES)
    source = Source("file", _commented(data, dump(tree), format_name), format_name)
    assume(_reads(source, tree))
    path = data.draw(st.sampled_from(_paths(tree)))
    fix = Fix(path, data.draw(st.none() | st.sampled_from(["name", "two names", "it isn't", "null"])))
    new = apply_fixes({"file": source}, [Diagnostic(RULES["unknown-key"], "", Location("file"), fix=fix)])["file"]
    assert parse_any(Source("file", new, format_name)) == _expected(tree, fix)
    added = Counter(new.split("\n")) - Counter(source.text.split("\n"))
    if fix.replacement is None:
        assert added.total() <= 1
        assert format_name == "toml" or _alike(source.text, new) >= len(new) - len("{}")
    else:
        assert new.count("\n") == source.text.count("\n")
        assert all(fix.replacement[:2] in line for line in added)
    assert unified_patch("file", source.text, new).startswith("--- a/file\n+++ b/file\n@@ ")


def _reads(source: Source, tree: Any) -> bool:
    try:
        return bool(parse(source) == tree)
    except TypedflowError:
        return False


def _alike(old: str, new: str) -> int:
    """Return the lengths of the prefix and the suffix that two texts share."""
    begin = _begin(old, new)
    return begin + _begin(old[begin:][::-1], new[begin:][::-1])


def _begin(old: str, new: str) -> int:
    return len(list(takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False))))

"""Settings as YAML, TOML and JSON: what is written is read back, by tools of every version."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import tomli
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from typedflow.parsing import parse, parse_any
from typedflow.render import FORMATS, Document, settings, settings_by_binding
from typedflow.values import KeyPath, LeafOrigin, Location, RemovedLeaf, Source, Span

#: Text that some tool reads as something else, or that is hard to quote.
TRICKY = [
    *(
        "",
        " ",
        "a ",
        " a",
        "~",
        "null",
        "Null",
        "y",
        "N",
        "yes",
        "No",
        "on",
        "OFF",
        "true",
        "False",
        "=",
        "<<",
        "-",
        "?",
    ),
    *("1", "-1", "0x1f", "0o17", "017", "1_000", "1e3", "1.", ".5", ".inf", "-.INF", ".nan", "12:30:45", "2024-01-01"),
    *("a: b", "a:", ":a", "a #b", "#a", "- a", "[a]", "{a}", "a, b", "&a", "*a", "!a", "|", ">", "%a", "@a", "`a`"),
    *('"a"', "'a'", "a\nb", "a\r\nb", "\t", "\\", "\x00", "\x7f", "\x85", "\xa0", "\u2028", "\ufeff", "\U0001f600"),
    *("---", "...", "日本語", "0 6 * * *", "a/b.c-d", "snake_case", "k" * 300, "e1", "_1", "a  b"),
]

TEXT = st.sampled_from(TRICKY) | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
INTEGERS = st.integers(-(2**63), 2**63 - 1)
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
SCALARS = st.none() | st.booleans() | INTEGERS | FLOATS | TEXT
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3))
TREES = st.dictionaries(TEXT, VALUES, max_size=4)

PLACE = Location("settings/settings.yaml", Span(4, 3, 4, 5))
BELOW = Location("base.toml", Span(1, 2, 1, 3))
TREE = {
    "model": {"alpha": 1e-05, "layers": [{"size": 8, "kind": "on"}, {"size": None}], "empty": {}},
    "scikit-learn": [1, [True, "a b"]],
}


def _paths(value: Any, path: KeyPath = ()) -> list[KeyPath]:
    if isinstance(value, dict) and value:
        return [found for key, item in value.items() for found in _paths(item, (*path, key))]
    if isinstance(value, list) and value:
        return [found for index, item in enumerate(value) for found in _paths(item, (*path, index))]
    return [path]


def _with_origins(tree: Any, base: KeyPath = ()) -> Document:
    leaves = {(*base, *path): LeafOrigin(PLACE, (BELOW,)) for path in _paths(tree)}
    return Document(tree, base, leaves, (RemovedLeaf(("a", "b\nc"), PLACE, BELOW, "deleted"),))


def _without_null(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_null(item) for key, item in value.items() if item is not None}
    return [_without_null(item) for item in value if item is not None] if isinstance(value, list) else value


def _exact(value: Any) -> Any:
    """Return a value in a form in which 1, 1.0 and True differ."""
    if isinstance(value, dict):
        return {key: _exact(item) for key, item in value.items()}
    return [_exact(item) for item in value] if isinstance(value, list) else (type(value), value)


@pytest.mark.parametrize("describe", [Document, _with_origins], ids=["plain", "origins"])
@given(tree=TREES)
@example(tree={text: text for text in TRICKY})
def test_yaml_reads_back(describe: Any, tree: dict[str, Any]) -> None:
    """YAML 1.1 and our YAML 1.2 both read what was written, with comments and without."""
    text = settings(describe(tree), format="yaml")
    assert _exact(yaml.safe_load(text)) == _exact(tree)
    assert _exact(parse(Source("text", text, "yaml"))) == _exact(tree)


@given(value=SCALARS | st.lists(VALUES, max_size=3))
def test_yaml_of_a_part_reads_back(value: Any) -> None:
    """A scalar or a list is a document too."""
    text = settings(Document(value, ("a",)), format="yaml")
    assert _exact(yaml.safe_load(text)) == _exact(value)
    assert _exact(parse_any(Source("text", text, "yaml"))) == _exact(value)


@pytest.mark.parametrize("describe", [Document, _with_origins], ids=["plain", "origins"])
@given(tree=TREES)
@example(tree={text: text for text in TRICKY})
def test_toml_reads_back(describe: Any, tree: dict[str, Any]) -> None:
    """TOML is read back as what was written, without the nulls that it cannot hold."""
    assert _exact(tomli.loads(settings(describe(tree), format="toml"))) == _exact(_without_null(tree))


@given(value=SCALARS | st.lists(VALUES, max_size=3), last=TEXT | st.integers(0, 3))
def test_toml_of_a_part_has_one_key(value: Any, last: str | int) -> None:
    """A part that is no table stands under the last key of its path, or under the whole path of a list's item."""
    found = tomli.loads(settings(Document(value, ("a", last)), format="toml"))
    key = last if isinstance(last, str) else f"a[{last}]"
    assert _exact(found) == _exact(_without_null({key: value}))


@given(tree=TREES)
def test_json_reads_back(tree: dict[str, Any]) -> None:
    """JSON is the tree itself."""
    assert _exact(json.loads(settings(Document(tree), format="json"))) == _exact(tree)


@given(trees=st.dictionaries(st.sampled_from(["default", "EXP_01", "a.b"]), TREES))
def test_bindings_read_back(trees: dict[str, dict[str, Any]]) -> None:
    """The settings of several bindings are read back by binding, in every format."""
    documents = {binding: Document(tree) for binding, tree in trees.items()}
    texts = {format_: settings_by_binding(documents, format=format_) for format_ in FORMATS}
    assert _exact(list(yaml.safe_load_all(texts["yaml"]))) == _exact(list(trees.values()))
    assert _exact(json.loads(texts["json"])) == _exact(trees)
    assert _exact(tomli.loads(texts["toml"])) == _exact({name: _without_null(tree) for name, tree in trees.items()})


def test_yaml_text() -> None:
    """Blocks are indented by two; only what could be misread is quoted."""
    assert (
        settings(Document(TREE), format="yaml")
        == """\
model:
  alpha: 1.0e-05
  layers:
    - size: 8
      kind: "on"
    - size: null
  empty: {}
scikit-learn:
  - 1
  - - true
    - a b
"""
    )


def test_toml_text() -> None:
    """A table's own keys come first, lists of tables have a header each, and null is a comment."""
    assert (
        settings(Document(TREE), format="toml")
        == """\
scikit-learn = [1, [true, "a b"]]

[model]
alpha = 1e-05
empty = {}

[[model.layers]]
size = 8
kind = "on"

[[model.layers]]
# model.layers[1].size = null
"""
    )


@pytest.mark.parametrize(("value", "text"), [(float("inf"), ".inf"), (float("-inf"), "-.inf"), (float("nan"), ".nan")])
def test_what_is_not_finite(value: float, text: str) -> None:
    """A default may be infinite, though no file can say so: it is shown."""
    assert settings(Document({"a": value}), format="yaml") == f"a: {text}\n"
    assert settings(Document({"a": value}), format="toml") == f"a = {text.replace('.', '')}\n"


def test_comments_of_yaml() -> None:
    """A comment says where a leaf is from and what it shadows; what was taken away stands at the end, on one line."""
    assert (
        settings(_with_origins({"a": [1]}), format="yaml")
        == """\
a:
  - 1  # settings/settings.yaml:4:3, shadows base.toml:1:2
# removed: a."b\\nc" of settings/settings.yaml:4:3, by base.toml:1:2 (deleted)
"""
    )


def test_comments_of_toml() -> None:
    """A list has a line for each item; what is in an inline table shares its comment."""
    tree = {"a": [{"b": 1, "c": None}, 2], "d": None}
    assert (
        settings(_with_origins(tree), format="toml")
        == """\
a = [
  { b = 1 },  # settings/settings.yaml:4:3, shadows base.toml:1:2
  2,  # settings/settings.yaml:4:3, shadows base.toml:1:2
]
# a[0].c = null  # settings/settings.yaml:4:3, shadows base.toml:1:2
# d = null  # settings/settings.yaml:4:3, shadows base.toml:1:2
# removed: a."b\\nc" of settings/settings.yaml:4:3, by base.toml:1:2 (deleted)
"""
    )


def test_origins_in_json() -> None:
    """JSON gives each leaf by its whole key path, and what was taken away under a key that no path has."""
    place = {"source": "settings/settings.yaml", "line": 4, "column": 3}
    below = {"source": "base.toml", "line": 1, "column": 2}
    assert json.loads(settings(_with_origins({"b c": 1}, ("a",)), format="json")) == {
        'a."b c"': {"value": 1, "origin": place, "shadows": [below], "default": False},
        "$removed": [{"path": 'a."b\\nc"', "origin": place, "by": below, "reason": "deleted"}],
    }


def test_a_default_names_its_declaration() -> None:
    """A default's origin is a line of code, named from the root; a column says nothing there."""
    declared = Location("/project/flows/settings.py", Span(12, 1, 12, 1))
    leaves: dict[KeyPath, LeafOrigin[Location]] = {("a",): LeafOrigin(declared, is_default=True)}
    document = Document({"a": 1}, leaves=leaves, root=Path("/project"))
    assert settings(document, format="yaml") == "a: 1  # default, flows/settings.py:12\n"
    assert json.loads(settings(document, format="json"))["a"]["origin"]["source"] == "flows/settings.py"


def test_a_source_cannot_end_a_comment() -> None:
    """An option's text may hold anything; it stays on its line."""
    leaves: dict[KeyPath, LeafOrigin[Location]] = {("a",): LeafOrigin(Location("--set a=1\nb: 2\x1b[31m"))}
    text = settings(Document({"a": 1}, leaves=leaves), format="yaml")
    assert text == "a: 1  # --set a=1\\nb: 2\\x1b[31m\n"


def test_bindings_have_names() -> None:
    """Each binding is named above its settings."""
    documents = {"EXP_01": Document({"a": 1}), "EXP_02": Document({})}
    assert settings_by_binding(documents, format="yaml") == "---\n# binding EXP_01\na: 1\n---\n# binding EXP_02\n{}\n"
    assert settings_by_binding(documents, format="toml") == (
        "# binding EXP_01\n[EXP_01]\na = 1\n\n# binding EXP_02\n[EXP_02]\n"
    )

"""A config as a table in HTML: whatever its files say is shown as it is, also after a card has read it as Markdown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from typedflow.render import Document, html
from typedflow.values import KeyPath, LeafOrigin, Location, RemovedLeaf, Span, format_path, leaves_of, parse_path

#: What HTML, Markdown and mathematics in it take for theirs.
HOSTILE = {
    "script": "<script>document.title = 'x'</script>",
    "image": '<img src=x onerror="alert(1)">',
    "end": "</td></table></div>\n\n# heading",
    "pipes": "| a | b |\n|---|---|",
    "code": "`a` ```b``` ~~~",
    "words": "**a** _b_ $c^2$ $$d$$ [e](f) ![g](h) <i> &lt; &#60; &nbsp; \\",
    "emoji": "\U0001f469\u200d\U0001f52c \U0001f600 é",
    "long": "x" * 20_000,
}
TEXT = st.sampled_from(list(HOSTILE.values())) | st.text(st.characters(exclude_categories=()), max_size=9)
SCALARS = st.none() | st.booleans() | st.integers(-9, 9) | TEXT
TREES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3), max_leaves=9
)


def place(name: str, line: int, column: int = 1) -> Location:
    """Return a location in a file."""
    return Location(name, Span(line, column, line, column))


def read(source: str) -> ET.Element:
    """Return a table as a card renders it from Markdown; parsing it as XML shows that every element is closed."""
    rendered = MarkdownIt("commonmark").render(f"\n{source}")
    assert rendered == source
    return ET.fromstring(rendered)  # noqa: S314 # our own


def rows(document: Document) -> list[list[str]]:
    """Return the text of each cell."""
    return [list(map(_text, row)) for row in read(html(document, name="settings", facts={})).iterfind("table/tbody/tr")]


def _text(element: ET.Element) -> str:
    for line_end in element.iterfind(".//br"):
        line_end.text = "\n"
    return "".join(element.itertext())


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_text_is_shown_as_it_is(text: str) -> None:
    """One line in quotes, as JSON writes it; several lines as they stand."""
    shown = text if "\n" in text else json.dumps(text, ensure_ascii=False)
    assert rows(Document({"a": text})) == [["a", shown]]


@given(tree=st.dictionaries(TEXT, TREES, max_size=4))
def test_any_tree_is_shown_as_it_is(tree: dict[str, Any]) -> None:
    """Every cell holds text alone; keys and values are read back, in order."""
    found: list[tuple[KeyPath, Any]] = []
    for path, value in rows(Document(tree)):
        key = parse_path(path) if path else ()
        read_value = value if "\n" in value else json.loads(value)
        found += leaves_of(read_value, key) if isinstance(read_value, list) else [(key, read_value)]
    assert found == list(leaves_of(tree))


def test_what_is_not_seen_is_escaped() -> None:
    """Control characters, and those that turn the direction of writing, in keys as well, and beside ends of lines."""
    assert rows(Document({"a\ud800": "\u202e\x07\ud800", "b": "x\n\r\u2028"})) == [
        ['"a\\ud800"', '"\\u202e\\u0007\\ud800"'],
        ["b", '"x\\n\\r\\u2028"'],
    ]


def _document() -> Document:
    low, high = place("settings/settings.yaml", 8, 9), place("settings/<b>.yaml", 6, 9)
    leaves: dict[KeyPath, LeafOrigin[Location]] = {
        ("project",): LeafOrigin(low),
        ("model", "kind"): LeafOrigin(high, (low, Location("TYPEDFLOW__X"))),
        ("model", "solver"): LeafOrigin(place("flows/settings.py", 57, 5), is_default=True),
        ("labels", 0): LeafOrigin(place("a.yaml", 1, 2)),
        ("labels", 1): LeafOrigin(place("a.yaml", 1, 7)),
        ("labels", 2): LeafOrigin(high, (low,)),
    }
    tree = {"project": "x", "model": {"kind": "ridge", "solver": "auto"}, "labels": ["a", "b", "c"]}
    removed = (RemovedLeaf(("model", "l1"), low, high, "`kind` is `ridge` now"),)
    return Document(tree, leaves=leaves, removed=removed)


def test_origins_and_what_they_shadow() -> None:
    """A list of plain values is one row, with the first place in each source; what was taken away comes last."""
    low, high = "settings/settings.yaml:8:9", "settings/<b>.yaml:6:9"
    assert rows(_document()) == [
        ["project", '"x"', low, ""],
        ["model.kind", '"ridge"', high, f"{low}\nTYPEDFLOW__X"],
        ["model.solver", '"auto"', "default, flows/settings.py:57", ""],
        ["labels", '["a", "b", "c"]', f"a.yaml:1:2\n{high}", low],
        ["model.l1", "removed (`kind` is `ridge` now)", high, low],
    ]


def test_rows_have_their_kind_and_section() -> None:
    """Defaults can be told by their class; each top-level key has a section."""
    found = read(html(_document(), name="settings", facts={}))
    kinds = [[row.get("class") for row in section] for section in found.iterfind("table/tbody")]
    assert kinds == [[None], [None, "default"], [None], ["removed"]]


@pytest.mark.parametrize(
    ("document", "heads"),
    [
        (Document({"a": 1}), "setting value"),
        (Document({"a": 1}, leaves={}), "setting value from"),
        (_document(), "setting value from shadows"),
    ],
)
def test_columns_that_would_be_empty_are_left_out(document: Document, heads: str) -> None:
    """A table has as many columns as it has something to say, and each has its width."""
    found = read(html(document, name="settings", facts={}))
    assert [head.text for head in found.iterfind("table/thead/tr/th")] == heads.split()
    widths = [str(column.get("style")) for column in found.iterfind("table/colgroup/col")]
    assert sum(int(width.removeprefix("width: ").removesuffix("%")) for width in widths) == 100
    assert {len(row) for row in found.iterfind("table/tbody/tr")} == {len(heads.split())}


def test_name_and_facts_stand_above() -> None:
    """They are escaped as everything is."""
    found = read(html(Document({}), name="<a>", facts={"binding": "EXP_01\r\n\n&", "digest": "12ab"}))
    assert list(_paragraphs(found)) == ["<a>", "binding EXP_01\\r\\n\\n& \N{MIDDLE DOT} digest 12ab"]


def _paragraphs(element: ET.Element) -> Iterator[str]:
    return ("".join(each.itertext()) for each in element.iterfind("p"))


def test_a_config_that_is_empty_or_none_has_a_row() -> None:
    """The whole is a leaf then."""
    trees: tuple[Any, ...] = ({}, None, [1, 2])
    assert [rows(Document(tree)) for tree in trees] == [[["", "{}"]], [["", "null"]], [["", "[1, 2]"]]]


def test_every_leaf_of_a_large_config_has_its_row() -> None:
    """500 leaves, and no row is missing."""
    tree: dict[str, Any] = {f"section {index % 20}": {f"key{each}": each for each in range(25)} for index in range(20)}
    paths = [row[0] for row in rows(Document(tree, leaves={}))]
    assert paths == [format_path(path) for path, _ in leaves_of(tree)]
    assert len(paths) == 500

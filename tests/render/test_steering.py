"""Names and messages of others steer no terminal, no CI that reads a log, no spreadsheet and no forge."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from html import unescape
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from typedflow.render import (
    FORMATS,
    REPORT_FORMATS,
    Document,
    comma_separated,
    html,
    json_text,
    markdown,
    report,
    settings_by_binding,
    shell_line,
    table,
)
from typedflow.values import (
    RULES,
    Case,
    Diagnostic,
    Excerpt,
    KeyPath,
    LeafOrigin,
    Location,
    Related,
    Report,
    Span,
    printable,
)

_BITS = [
    *("\n", "\r", "\t", "\0", "\x1b[31m", "\x1b]8;;http://x\x07", "\x7f", "\x85", "\x9b", "\u2028", "\u202e", "\u2066"),
    *("\ufeff", "\U000e0041", "\ud800", "\udcff", "\ufffe", "::error::x", " ::error::x", "##[error]x", "##vso[x]y"),
    *("::", "%0A", "%", ",", ":", "|", "\\", "`", "``", "<b>", "&amp;", "]]>", "[a](b)", "@name", "#12", "gh-12", "*"),
    *("=1+1", "-1", "+1", '"', "'", "www.a.b", "http://a.b", "日本", "a", "b c", " "),
]
#: Many in one text: each has its own trouble.
TEXTS = st.lists(st.sampled_from(_BITS), min_size=1, max_size=6).map("".join)
_COUNT = 12
BASH = shutil.which("bash")
quickly = settings(max_examples=40)


def _report(texts: Sequence[str]) -> Report:
    """Return two findings whose every text is given; each has an end of its own, so that no two are the same."""
    file, message, label, hint, role, other, detail, unit, binding, environment, second, key = (
        f"{text}<{number}>" for number, text in enumerate(texts)
    )
    rule, span = RULES["unknown-key"], Span(3, 1, 3, 2)
    place = Location(file, span, Excerpt(texts[0].replace("\n", ""), 0, 1))
    related = (Related(role, Location(other, span), detail),)
    one = Diagnostic(rule, message, place, label, hint, related, (Case(unit, binding, environment),), (key, 0, key))
    return Report((one, Diagnostic(rule, second, hint=hint)), environments={unit: (environment, None)})


PLAIN = _report([f"plain{number}" for number in range(_COUNT)])
REPORTS = st.lists(TEXTS, min_size=_COUNT, max_size=_COUNT).map(_report)


def _assert_inert(written: str, *, line_end: str = "\n") -> None:
    """No character acts but the line ends that we have put there, and no line is a command."""
    for line in written.split(line_end):
        assert line.isprintable()
        assert not line.lstrip().startswith("::")
        assert not re.search(r"##\w*\[", line)


def _lines(written: str, name: str) -> int:
    """Count the lines; of JUnit's XML, where prose has a width, without those on which it goes on."""
    return sum(name != "junit" or not re.match("    [^<]", line) for line in written.split("\n"))


@pytest.mark.parametrize("name", REPORT_FORMATS)
@given(found=REPORTS)
@quickly
def test_a_report_has_the_lines_of_plain_names(name: str, found: Report) -> None:
    """Nothing in it acts, and there are as many lines."""
    written = report(found, format=name, width=10**6)
    assert _lines(written, name) == _lines(report(PLAIN, format=name, width=10**6), name)
    _assert_inert(re.sub("^::error (?=file|title)", "", written, flags=re.MULTILINE) if name == "github" else written)


@given(found=REPORTS)
@quickly
def test_colours_are_ours(found: Report) -> None:
    """Without them, a text is what it is without colors."""
    colored = report(found, format="text", color=True)
    assert re.sub(r"\x1b\[[\d;]*m", "", colored) == report(found, format="text")


@given(found=REPORTS)
@quickly
def test_texts_arrive(found: Report) -> None:
    """Programs get what was said as it is, people as it is shown."""
    item = found.diagnostics[0]
    assert item.location
    name, said = printable(item.location.name), printable(item.message)
    data = json.loads(report(found, format="json"))["diagnostics"][0]
    assert data["file"] == re.sub("[\ud800-\udfff]", "\ufffd", item.location.name)
    assert data["message"] == re.sub("[\ud800-\udfff]", "\ufffd", item.message)
    issue = json.loads(report(found, format="gitlab"))[0]
    assert (issue["location"]["path"], issue["description"].startswith(said)) == (name, True)
    (result, _) = json.loads(report(found, format="sarif"))["runs"][0]["results"]
    assert result["message"]["text"].startswith(said.replace("](", "]\\("))
    suites = ElementTree.fromstring(report(found, format="junit"))  # noqa: S314 # our own text
    assert [case.get("name") for case in suites.iter("testcase")] == [name, "."]


@given(cells=st.lists(TEXTS, min_size=2, max_size=2))
@quickly
def test_a_row_of_a_table_is_a_line(cells: list[str]) -> None:
    """Whatever cells and headers have."""
    written = table(cells, [cells, cells], width=None)
    assert written.count("\n") == 3
    _assert_inert(written)


@given(cells=st.lists(TEXTS, min_size=2, max_size=2))
@quickly
def test_csv_is_inert(cells: list[str]) -> None:
    """A row is a line, a cell is what a table shows, and nothing is a formula."""
    written = comma_separated(cells, [cells])
    _assert_inert(written, line_end="\r\n")
    rows = list(csv.reader(io.StringIO(written)))
    assert [[cell.removeprefix("'") for cell in row] for row in rows] == [
        [printable(c).removeprefix("'") for c in cells]
    ] * 2
    assert not any(re.match(r"\s*[=+@-](?!1$)", cell) for row in rows for cell in row)


CELLS = {
    "formula": ("=1+1", "'=1+1"),
    "command": ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
    "plus": ("+1+1", "'+1+1"),
    "minus": ("-1+1", "'-1+1"),
    "at": ("@SUM(A1)", "'@SUM(A1)"),
    "behind-a-blank": (" =1", "' =1"),
    "wide": ("＝1", "'＝1"),  # noqa: RUF001 # that is the point
    "tab": ("\t=1", "\\t=1"),
    "number": ("-1.5", "-1.5"),
    "small": ("-1e-05", "-1e-05"),
    "infinity": ("-Infinity", "-Infinity"),
    "missing": ("-", "-"),
    "list": ("[1, 2]", "[1, 2]"),
}


@pytest.mark.parametrize(("cell", "shown"), CELLS.values(), ids=CELLS)
def test_a_spreadsheet_evaluates_nothing(cell: str, shown: str) -> None:
    """What would be a formula is text; numbers stay numbers."""
    assert list(csv.reader(io.StringIO(comma_separated(["a"], [[cell]])))) == [["a"], [shown]]


@given(cells=st.lists(TEXTS, min_size=2, max_size=2))
@quickly
def test_markdown_shows_what_is_there(cells: list[str]) -> None:
    """A row stays a row; a cell is read as its text, and no markup, link or mention is in it outside of code."""
    written = markdown(["a", "b"], [cells])
    _assert_inert(written)
    read = MarkdownIt("commonmark").enable("table").render(written)
    found = re.findall("<td>(.*?)</td>", read)
    shown = [re.sub(r"(?<=\\)\|", r"\\x7c", printable(cell)) for cell in cells]
    assert [unescape(re.sub("</?code>", "", cell)).strip() for cell in found] == [cell.strip() for cell in shown]
    outside = " ".join(re.sub("<code>.*?</code>", "", cell) for cell in found)
    assert re.fullmatch(r"[\w .:+-]*", outside)
    assert not re.search(r"www\.|gh-\d|://", outside)


WORDS = ["EXP_01", "model.alpha", "0.1", "-1.5", "1e-05", "2026-11-29 22:36", "-", "true", "age bmi"]


def test_markdown_of_words_is_as_ever() -> None:
    """Names and numbers need no code."""
    assert markdown(["a"], [[word] for word in WORDS]).splitlines()[2:] == [f"| {word} |" for word in WORDS]


@pytest.mark.skipif(BASH is None, reason="needs bash")
@given(words=st.lists(TEXTS.filter(lambda text: "\0" not in text and "\ud800" not in text), min_size=1, max_size=3))
@settings(max_examples=10)
def test_a_shell_reads_the_words_again(words: list[str]) -> None:
    """A command is one line, and can be copied."""
    line = shell_line(["printf", "%s\\0", *words])
    _assert_inert(f"$ {line}")
    done = subprocess.run([str(BASH), "-c", line], capture_output=True, check=True)
    assert done.stdout == b"".join(word.encode(errors="surrogateescape") + b"\0" for word in words)


@pytest.mark.parametrize("format_", FORMATS)
@given(names=st.lists(TEXTS, min_size=3, max_size=3))
@quickly
def test_settings_are_inert(format_: str, names: list[str]) -> None:
    """Bindings, keys, values and the places that they are from."""
    binding, key, value = names
    tree: dict[str, Any] = {key: {key: value}}
    place = Location(f"--set {value}")
    leaves: dict[KeyPath, LeafOrigin[Location]] = {(key, key): LeafOrigin(place, (place,))}
    _assert_inert(settings_by_binding({binding: Document(tree, leaves=leaves)}, format=format_))
    _assert_inert(json_text({binding: tree}))


@given(names=st.lists(TEXTS, min_size=3, max_size=3))
@quickly
def test_a_card_is_inert(names: list[str]) -> None:
    """Its name, facts, keys and places; a value of several lines keeps them, as references, and its tabs."""
    binding, key, value = names
    leaves: dict[KeyPath, LeafOrigin[Location]] = {(key,): LeafOrigin(Location(f"--set {value}"))}
    written = html(Document({key: value}, leaves=leaves), name=binding, facts={key: binding})
    assert written.replace("\t", " ").isprintable()

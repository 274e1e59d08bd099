"""The tables of documents in ``data/``: the file is the case, what it gives stands beside it."""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from typedflow.parsing import decode, format_of, locate, parse
from typedflow.values import KeyPath, Source, TypedflowError

Leaves: TypeAlias = Callable[[Any], Iterator[tuple[KeyPath, Any]]]

DATA = Path(__file__).parent / "data"


def documents(folder: str) -> list[Path]:
    """Return the documents of a folder, without what is expected of them."""
    return sorted(file for file in (DATA / folder).iterdir() if file.suffix != ".expected")


def source_of(file: Path) -> Source:
    """Return a file as a source, its line ends untouched."""
    return Source(file.name, decode(file.name, file.read_bytes()), format_of(file.name))


@pytest.mark.parametrize("file", documents("valid"), ids=lambda file: file.name)
def test_a_valid_document_has_the_values_beside_it(file: Path, leaves: Leaves) -> None:
    """Parsing gives the values that the file's table says, dates and times as such."""
    value = parse(source_of(file))
    moments = (date, datetime, time)
    assert all(value is None or isinstance(value, (str, int, float, *moments)) for _, value in leaves(value))
    expected = json.loads(file.with_name(file.name + ".expected").read_text(encoding="utf-8"))
    assert json.loads(json.dumps(value, default=str)) == expected


@pytest.mark.parametrize("file", documents("valid"), ids=lambda file: file.name)
def test_every_leaf_is_where_it_is_said_to_be(file: Path, assert_located: Callable[[Source], None]) -> None:
    """The text at a leaf's span parses back to the leaf, and the text at its key's span to the key."""
    assert_located(source_of(file))


@pytest.mark.parametrize("file", documents("invalid"), ids=lambda file: file.name)
def test_an_invalid_document_has_the_problems_beside_it(file: Path) -> None:
    """Parsing reports every problem with its code, its place and its message."""
    source = source_of(file)
    with pytest.raises(TypedflowError) as caught:
        parse(source)
    lines = []
    for diagnostic in caught.value.diagnostics:
        location = diagnostic.location
        assert location is not None
        assert location.name == file.name
        assert location.span is not None
        assert location.excerpt is not None
        assert location.excerpt.line == source.text.split("\n")[location.span.line - 1].rstrip("\r")
        lines.append(f"{diagnostic.rule.code} {location.span.line}:{location.span.column} {diagnostic.message}\n")
    assert "".join(lines) == file.with_name(file.name + ".expected").read_text(encoding="utf-8")


@pytest.mark.parametrize("ending", ["\r\n", "\n"])
@pytest.mark.parametrize("file", documents("valid"), ids=lambda file: file.name)
def test_crlf_is_one_line_end(file: Path, ending: str, leaves: Leaves) -> None:
    """Values and positions do not depend on how lines end."""
    plain = source_of(file)
    source = Source(plain.name, plain.text.replace("\n", ending), plain.format)
    assert parse(source) == parse(plain)
    for path, _ in leaves(parse(plain)):
        here, there = locate(source, path), locate(plain, path)
        assert here is not None
        assert there is not None
        assert (here.line, here.column, here.end_line) == (there.line, there.column, there.end_line)


@pytest.mark.parametrize("file", documents("invalid"), ids=lambda file: file.name)
def test_a_problem_stands_at_its_place_whatever_ends_lines(file: Path) -> None:
    """With CRLF the same problems are reported, each on its line and at its column."""
    text = source_of(file).text.replace("\r\n", "\n")
    plain, crlf = (Source(file.name, text.replace("\n", end), format_of(file.name)) for end in ("\n", "\r\n"))
    assert _problems(crlf) == _problems(plain)


def _problems(source: Source) -> list[tuple[str, str]]:
    with pytest.raises(TypedflowError) as caught:
        parse(source)
    return [(str(diagnostic.location), diagnostic.message) for diagnostic in caught.value.diagnostics]

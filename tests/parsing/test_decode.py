"""Bytes to text."""

import pytest

from typedflow.parsing import MAX_BYTES, decode, format_of
from typedflow.values import Diagnostic, TypedflowError


def problem(data: bytes) -> Diagnostic:
    """Return the one problem of a file's bytes."""
    with pytest.raises(TypedflowError) as caught:
        decode("a.yaml", data)
    (found,) = caught.value.diagnostics
    return found


def test_a_byte_order_mark_is_skipped() -> None:
    """The text begins behind the mark; nothing else is changed."""
    assert decode("a", b"\xef\xbb\xbfa: \xc3\xa9\r\n") == "a: é\r\n"


@pytest.mark.parametrize(
    ("data", "place"),
    [(b"a: 1\nb: \xff", "2:4"), (b"\xc3\xa9\xc3\xa9: \xe9", "1:5"), (b"\xff\xfea\0", "1:1"), (b"a\xc3", "1:2")],
)
def test_the_first_byte_that_is_not_utf_8_is_located(data: bytes, place: str) -> None:
    """The place counts characters, and the line is shown as far as it can be."""
    found = problem(data)
    assert (found.rule.name, str(found.location)) == ("not-text", f"a.yaml:{place}")
    assert found.location is not None
    assert found.location.excerpt is not None


def test_a_nul_byte_is_not_text() -> None:
    """NUL is valid UTF-8 and refused all the same."""
    found = problem(b"\xef\xbb\xbfa: 1\n\0")
    assert (found.rule.name, str(found.location)) == ("not-text", "a.yaml:2:1")


def test_a_large_file_is_refused() -> None:
    """The limit is one of bytes, and its last byte is within."""
    assert len(decode("a", b" " * MAX_BYTES)) == MAX_BYTES
    assert problem(b" " * (MAX_BYTES + 1)).rule.name == "too-large"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.toml", "toml"), ("a.b/c.yml", "yaml"), ("a.YAML", "yaml"), ("a.json", "json"), ("a.py", None), ("toml", None)],
)
def test_a_format_goes_by_the_suffix(name: str, expected: str | None) -> None:
    """The last suffix decides, whatever its case."""
    assert format_of(name) == expected

"""Key paths: written the same everywhere, read back as they were."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from typedflow.values import KeyPath, KeyPathError, format_path, parse_path

KEYS = st.text(st.characters(codec="utf-8"))
PATHS = st.lists(st.one_of(KEYS, st.integers(-(10**9), 10**9)), min_size=1).map(tuple)

WRITTEN = {
    "one name": (("a",), "a"),
    "names": (("a", "b_1", "_c"), "a.b_1._c"),
    "an index": (("a", 0, "b"), "a[0].b"),
    "an index from the end": (("a", -1), "a[-1]"),
    "an index first": ((0, "a"), "[0].a"),
    "two indices": (("a", 1, 2), "a[1][2]"),
    "a dash": (("conda", "scikit-learn"), 'conda."scikit-learn"'),
    "a dot": (("a.b", "c"), '"a.b".c'),
    "a blank": (("a b",), '"a b"'),
    "digits": (("0",), '"0"'),
    "an empty key": (("a", ""), 'a.""'),
    "a quote and a backslash": (('a"\\',), r'"a\"\\"'),
    "a line end": (("a\n",), r'"a\n"'),
    "letters beyond ASCII": (("größe", "名"), "größe.名"),
    "the empty path": ((), ""),
}

READ = {
    "a bare key with dashes": ("conda.scikit-learn", ("conda", "scikit-learn")),
    "a bare key of digits": ("a.2024", ("a", "2024")),
    "a bare key with a dollar": ("$merge.delete", ("$merge", "delete")),
    "a quoted name": ('"a".b', ("a", "b")),
    "an escape": (r'"\u00e9"', ("é",)),
}

BAD = {
    "nothing": ("", 0),
    "a dot first": (".a", 0),
    "a dot last": ("a.", 1),
    "two dots": ("a..b", 1),
    "a blank": ("a b", 1),
    "an equals sign": ("a=b", 1),
    "a comma": ("a,b", 1),
    "an open bracket": ("a[0", 1),
    "an empty index": ("a[]", 1),
    "a name as index": ("a[x]", 1),
    "an index of foreign digits": ("a[٣]", 1),
    "an index that no list has": (f"a[{'9' * 5000}]", 1),
    "a dot before an index": ("a.[0]", 1),
    "a key after an index without a dot": ("a[0]b", 4),
    "an open quote": ('a."b', 1),
    "a quote within a key": ('a"b"', 1),
    "an unknown escape": (r'a."\q"', 2),
    "a raw line end in quotes": ('a."\n"', 2),
}


@pytest.mark.parametrize(("path", "text"), WRITTEN.values(), ids=WRITTEN)
def test_a_path_is_written(path: KeyPath, text: str) -> None:
    """A key path has one text, with quotes only where a key is no identifier."""
    assert format_path(path) == text


@pytest.mark.parametrize(("text", "path"), READ.values(), ids=READ)
def test_a_path_is_read(text: str, path: KeyPath) -> None:
    """People may leave out quotes, as in TOML, or write more of them."""
    assert parse_path(text) == path


@pytest.mark.parametrize(("text", "offset"), BAD.values(), ids=BAD)
def test_a_bad_path_says_where(text: str, offset: int) -> None:
    """Text that is no key path is refused with the character at which reading it stopped."""
    with pytest.raises(KeyPathError) as caught:
        parse_path(text)
    assert (caught.value.text, caught.value.offset) == (text, offset)
    assert str(caught.value) == f"`{text}` is not a key path (at character {offset + 1})"


@given(PATHS)
@example(("a", -1, "", "b.c", 'd"e', "f[0]", "\\", "\0", "\x85"))
def test_reading_is_the_inverse_of_writing(path: KeyPath) -> None:
    """Every key path is read back from its text."""
    assert parse_path(format_path(path)) == path


@given(st.text(st.sampled_from('ab-._[]"\\0 1=,\n'), max_size=12))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Reading gives a path that is written and read the same, or refuses with an offset inside of the text."""
    try:
        path = parse_path(text)
    except KeyPathError as error:
        offset = error.offset
    else:
        offset = len(text)
        assert parse_path(format_path(path)) == path
    assert 0 <= offset <= len(text)

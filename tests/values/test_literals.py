"""Each character of a string literal's value is found in the file, however the literal is written."""

import ast
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typedflow.values import positions_of

# The mark ^ stands under where a character of the value starts, and one past the last.
LINES = {
    "plain": ('f("ab")', "   ^^^"),
    "empty": ('f("")', "   ^"),
    "single quotes": ("f('ab')", "   ^^^"),
    "triple quotes": ('f("""a"b""")', "     ^^^^"),
    "empty in triple quotes": ("f('''''')", "     ^"),
    "a prefix": ('f(u"ab")', "    ^^^"),
    "raw": (r'f(r"\n\"")', "    ^^^^^"),
    "raw, in capitals": (r"f(R'\'')", "    ^^^"),
    "simple escapes": (r'f("\n\t\\\"\'a")', "   ^ ^ ^ ^ ^ ^^"),
    "hexadecimal": (r'f("\x41b")', "   ^   ^^"),
    "octal": (r'f("\0\01\101\1018")', "   ^ ^  ^   ^   ^^"),
    "four digits": (r'f("\u00e9b")', "   ^     ^^"),
    "eight digits": (r'f("\U0001F388b")', "   ^         ^^"),
    "named": (r'f("\N{LATIN SMALL LETTER A}b")', "   ^                       ^^"),
    "half a surrogate pair": (r'f("\ud83db")', "   ^     ^^"),
    "an unknown escape": (r'f("\da\.")', "   ^^^^^^"),
    "quotes of the other kind": ("""f('a"b')""", "   ^^^^"),
    "a hash": ("f('a#b')", "   ^^^^"),
    "side by side": ("""f("a" 'b'"" r'\\c')""", "   ^   ^      ^^^"),
    "an empty piece last": ('f("a" "")', "   ^^"),
    "an empty piece first": ('f("" "a")', "      ^^"),
    "added up": ('f("a" + ("b" \'c\'))', "   ^      ^   ^^"),
    "after letters beyond ASCII": ('größe["名🎈"], f("ab")', "                ^^^"),
    "letters beyond ASCII": ('f("é名🎈a")', "   ^^^^^"),
    "after a tab": ('\tf("ab")'.replace("\t", "if 1:\t"), "         ^^^"),
    "after a form feed": ('\x0cf("ab")', "    ^^^"),
    "separators that end no line": ("f('\x0b\x1c\x85\u2028a')", "   ^^^^^^"),
    "in a file with a byte order mark": ('\ufefff("ab")', "   ^^^"),
    "in a lambda, a decorator, a class": ("class A: x = lambda: f('ab')", "                        ^^^"),
}

SEVERAL_LINES = {
    "pieces on lines": ('f("a"\n  "b")', [(1, 3), (2, 3), (2, 4)]),
    "CRLF between pieces": ('f("a"\r\n  "b")', [(1, 3), (2, 3), (2, 4)]),
    "a lone carriage return": ('f("a"\r  "b")', [(1, 3), (2, 3), (2, 4)]),
    "a comment between pieces": ("f('a' # \"no\"\n  # 'no'\n\n  'b')", [(1, 3), (4, 3), (4, 4)]),
    "a backslash between pieces": ("f('a' \\\n  'b')", [(1, 3), (2, 3), (2, 4)]),
    "added up over lines": ("f('a' +\n  'b')", [(1, 3), (2, 3), (2, 4)]),
    "a line end in triple quotes": ("f('''a\nb''')", [(1, 5), (1, 6), (2, 0), (2, 1)]),
    "CRLF in triple quotes": ("f('''a\r\nb''')", [(1, 5), (1, 6), (2, 0), (2, 1)]),
    "an escaped line end": ("f('a\\\nb')", [(1, 3), (2, 0), (2, 1)]),
    "an escaped CRLF": ("f('a\\\r\nb')", [(1, 3), (2, 0), (2, 1)]),
    "an escaped line end last": ("f('a\\\n')", [(1, 3), (1, 4)]),
    "an escaped line end, raw": ("f(r'''\\\n''')", [(1, 6), (1, 7), (2, 0)]),
}

NOT_FOUND = {
    "nothing": ("", "a"),
    "another text": ("f('b')", "a"),
    "a variable": ("a = 1", "a"),
    "bytes": ("f(b'a')", "a"),
    "an f-string": ("f(f'a')", "a"),
    "a piece of an f-string": ("f(f'{x}a')", "a"),
    "beside an f-string": ("f('a' f'{x}')", "a"),
    "an f-string without fields in the middle": ("f('a' f'b')", "ab"),
    "a call's result": ("f('{}'.format('b'))", "b{}"),
    "another operator": ("f('a' % 'b')", "ab"),
    "a sum with something else": ("f('a' + b)", "a+b"),
    "a file that does not parse": ("f('a'", "a"),
    "a file with a null": ("f('a')\0", "a"),
    "a file with half a surrogate pair": ("f('a')#\ud800", "a"),
    "a file nested too deeply": ("f('a'," + "(" * 10_000, "a"),
}


@pytest.mark.parametrize(("line", "marks"), LINES.values(), ids=LINES)
def test_each_character_is_found(line: str, marks: str) -> None:
    """A literal on one line has a position for each character of its value, and one for its end."""
    positions = positions_of(line, _value(line), 1, line.find("f(") + 2)
    assert positions == tuple((1, column) for column, mark in enumerate(marks) if mark == "^")


@pytest.mark.parametrize(("source", "positions"), SEVERAL_LINES.values(), ids=SEVERAL_LINES)
def test_each_character_is_found_over_lines(source: str, positions: list[tuple[int, int]]) -> None:
    """A literal on several lines has each character's line and column."""
    assert positions_of(source, _value(source), 1, 2) == tuple(positions)


@pytest.mark.parametrize(("source", "text"), NOT_FOUND.values(), ids=NOT_FOUND)
def test_what_is_no_literal_is_not_found(source: str, text: str) -> None:
    """There is no answer, and no exception, where no literal has that value."""
    assert positions_of(source, text, 1, 2) is None


@pytest.mark.parametrize(("column", "start"), [(2, 3), (5, 3), (7, 11), (10, 11), (99, 11)])
def test_the_nearest_of_equal_literals_is_meant(column: int, start: int) -> None:
    """Of two literals with one value on one line, the column chooses."""
    assert positions_of("f('a'), f('a')", "a", 1, column) == ((1, start), (1, start + 1))


@pytest.mark.parametrize(("line", "found"), [(1, 1), (2, 1), (3, 4), (4, 4), (9, 4)])
def test_the_nearest_line_is_meant(line: int, found: int) -> None:
    """Of two literals with one value, that of the nearest line is found: a call's line may be that of its name."""
    assert positions_of("f('a')\n\n\nf('a')", "a", line, 0) == ((found, 3), (found, 4))


def test_a_literal_in_the_field_of_an_f_string_is_found_or_not() -> None:
    """Python before 3.12 does not know places inside an f-string well: an answer is right, or there is none."""
    source = "x = f'''{1}\n{f(\"a\\x41\") if 1 else 2}'''"
    assert positions_of(source, "aA", 2, 3) in (None, ((2, 4), (2, 5), (2, 9)))


def test_unknown_escapes_do_not_warn() -> None:
    """Python's warnings about a file's escapes are not reported by looking for literals."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert positions_of(r'f("\d\777")', "\\d\u01ff", 1, 2) == ((1, 3), (1, 4), (1, 5), (1, 9))


CHARACTERS = st.characters() | st.sampled_from("\"'\\#{}nxuUN01234567 \n\r\tég名🎈\x0c\x85\u2028")
SIMPLE = {"\n": "n", "\r": "r", "\t": "t", "\\": "\\", "'": "'", '"': '"', "\a": "a", "\b": "b", "\f": "f", "\v": "v"}
GAPS = ["", " ", "\t", "\n", "\r\n", " # 'é'\n  ", "\\\n", "\n\x0c\n"]


@st.composite
def escaped(draw: st.DrawFn, character: str, quotes: str) -> str:
    """Write a character in one of the ways that stand for it between quotes that are not raw."""
    code = ord(character)
    ways = [f"\\U{code:08x}"]
    ways += [f"\\u{code:04X}"] if code < 0x10000 else []
    ways += [f"\\x{code:02x}", f"\\{code:03o}"] if code < 0x100 else []
    ways += [f"\\{SIMPLE[character]}"] if character in SIMPLE else []
    is_plain = character not in "\\\r\n\0'\"" and not 0xD800 <= code < 0xE000
    ways += [character] * 5 if is_plain or (character == "\n" and len(quotes) == 3) else []
    return draw(st.sampled_from(["", "", "", "\\\n"])) + draw(st.sampled_from(ways))


@st.composite
def pieces(draw: st.DrawFn) -> tuple[str, str, list[int]]:
    """Return a value, a literal for it, and where the source text of each character ends in the literal."""
    value = draw(st.text(CHARACTERS, max_size=8))
    quotes = draw(st.sampled_from(["'", '"', "'''", '"""']))
    is_raw = not set(value) & set("\\\r\n\0'\"") and value.isprintable() and draw(st.booleans())
    text, ends = ("r" if is_raw else draw(st.sampled_from(["", "u"]))) + quotes, []
    for character in value:
        text += character if is_raw else draw(escaped(character, quotes))
        ends.append(len(text))
    return value, text + quotes, ends


@given(
    st.lists(pieces(), min_size=1, max_size=4),
    st.sampled_from(["", "größe['名'], ", "x\\\n,", "'''größe\r\n''',"]),
    st.data(),
)
def test_what_stands_at_a_position_is_the_character(
    parts: list[tuple[str, str, list[int]]], before: str, data: st.DataObject
) -> None:
    """Whatever the style, the text between a position and the end of its character decodes to the character."""
    source, ends, value = before + "f(", list[int](), ""
    for index, (piece_value, piece, piece_ends) in enumerate(parts):
        gap = data.draw(st.sampled_from(GAPS)) if index else ""
        source += " " if gap == "" and source[-1] == piece[0] else gap
        ends += [len(source) + end for end in piece_ends]
        source, value = source + piece, value + piece_value
    line = source[: len(before) + 2].replace("\r\n", "\n").count("\n") + 1
    assert value == _value(source + ")")
    positions = positions_of(source + ")", value, line, 0)
    assert positions is not None
    offsets = [_offset(source, position) for position in positions]
    assert [_decoded(source[start:end]) for start, end in zip(offsets, ends, strict=False)] == list(value)
    assert offsets[-1:] == (ends[-1:] or offsets[-1:])


@given(st.text(CHARACTERS | st.sampled_from("f('\"a)\n"), max_size=30), st.text(max_size=2), st.integers(1, 3))
def test_no_file_raises(source: str, text: str, line: int) -> None:
    """Whatever is looked for, wherever, the answer has an entry for each character or there is none."""
    positions = positions_of(source, text, line, 0)
    assert positions is None or len(positions) == len(text) + 1


def _value(source: str) -> str:
    """Return the value of the argument of the last call of ``f``."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        calls = [node for node in ast.walk(ast.parse(source.removeprefix("\ufeff"))) if isinstance(node, ast.Call)]
        return "".join(eval(ast.unparse(calls[-1].args[0])).splitlines(keepends=True))  # noqa: S307  # it may add up


def _decoded(text: str) -> str:
    return str(ast.literal_eval(f'"""{text}"""')) if text != '"' else text


def _offset(source: str, position: tuple[int, int]) -> int:
    line, column = position
    starts = [0]
    for index, character in enumerate(source):
        if character == "\n" or (character == "\r" and source[index + 1 : index + 2] != "\n"):
            starts.append(index + 1)
    return starts[line - 1] + column

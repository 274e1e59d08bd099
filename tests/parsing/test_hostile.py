"""Texts made to hang or crash a parser: each ends soon, in a diagnostic."""

import time

import pytest
import tomli

from typedflow.parsing import MAX_BYTES, MAX_DEPTH, parse_any
from typedflow.parsing._toml_tokens import first_beyond
from typedflow.values import Source, TypedflowError

MILLION = 1_000_000
SECONDS = 2


def chain(first: str, link: str, count: int) -> str:
    """Return a chain of anchors, each repeating the one before it."""
    links = (link.format(here=f"a{number}", last=f"a{number - 1}") for number in range(1, count))
    return f"a0: &a0 {first}\n" + "".join(f"{text}\n" for text in links)


BOMBS = {
    "yaml": {
        "brackets": "[" * MILLION,
        "braces": "{a: " * MILLION,
        "keys": "? " * MILLION,
        "dashes": "- " * MILLION,
        "steps": "\n".join(" " * level + "a:" for level in range(1000)),
        "laughs": chain("[1, 1]", "{here}: &{here} [" + ", ".join(["*{last}"] * 10) + "]", 12),
        "doubled mappings": chain("{{x: 1}}".format(), "{here}: &{here} {{x: *{last}, y: *{last}}}", 50),
        "doubled merges": chain("[1]", "{here}: &{here} [{{<<: {{x: *{last}}}}}, *{last}]", 50),
        "deep aliases": chain("[1]", "{here}: &{here} [[[[[[[[[[*{last}]]]]]]]]]]", 50),
        "many values": "- 1\n" * 300_000,
        "directives": "%TAG !a! b\n" * 100_000,
        "repeated keys": "{" + "a: &a 1, " * 100_000 + "}",
        "anchors": "&a " * MILLION,
        "tag": "!" * MILLION,
    },
    "json": {
        "brackets": "[" * MILLION,
        "closed brackets": "[" * 500 + "]" * 500,
        "braces": '{"a":' * (MAX_BYTES // 5),
        "many values": "[" + "1," * MILLION + "1]",
        "repeated keys": "{" + '"a":1,' * 100_000 + '"a":1}',
        "not finite": "[" + "NaN," * 100_000 + "1]",
        "string": '"' + "\\" * (MILLION + 1),
    },
    "toml": {
        "brackets": "a = " + "[" * MILLION,
        "closed brackets": "a = " + "[" * 200 + "]" * 200,
        "braces": "a = " + "{a = " * (MAX_BYTES // 5 - 1),
        "header": "[" + "a." * MILLION + "a]",
        "shorter header": "[" + "a." * 150 + "a]",
        "long dotted key": "a.'b'." * (MAX_BYTES // 6 - 1) + "a = 1",
        "key just over tomli's limit": "a." * 1000 + "a = 1",
        "long key in a table": "x = {" + "a." * MILLION + "a = 1}",
        "dotted key": "a." * 150 + "a = 1",
        "many values": "a = [" + "1," * 300_000 + "]",
        "as many values as the limit of size allows": "a = [" + "1," * ((MAX_BYTES - 10) // 2) + "]",
        "as many empty values": "a = [" + "{}," * ((MAX_BYTES - 10) // 3) + "]",
        "many lines": "#\n" * MILLION,
        "many dotted keys": "".join(f"a.b.c.d.e.f.g.k{number} = 1\n" for number in range(150_000)),
        "not finite": "a = [" + "nan," * 20_000 + "]",
        "repeated key before brackets": "a = 1\na = 2\nb = " + "[" * MILLION,
        "bare word": "a" * MILLION,
    },
}


@pytest.mark.parametrize(
    ("format_name", "text"),
    [
        pytest.param(format_name, text, id=f"{format_name}: {name}")
        for format_name, bombs in BOMBS.items()
        for name, text in bombs.items()
    ],
)
def test_a_bomb_is_a_diagnostic(format_name: str, text: str) -> None:
    """No crash, no RecursionError, no hang (other processes do not count), and a message of a readable length."""
    started = time.process_time()
    with pytest.raises(TypedflowError) as caught:
        parse_any(Source("bomb", text, format_name))
    assert time.process_time() - started < SECONDS
    for diagnostic in caught.value.diagnostics:
        assert len(diagnostic.message) < 200
        assert diagnostic.location is not None
        assert diagnostic.location.span is not None


_LARGE = {
    "escapes": 'a = "' + "\\n" * ((MAX_BYTES - 10) // 2) + '"',
    "commas in a string": 'a = "' + "," * (MAX_BYTES - 10) + '"',
    "equals signs in a comment": "#" + "=" * (MAX_BYTES - 1),
}


@pytest.mark.parametrize("text", _LARGE.values(), ids=_LARGE)
def test_a_large_text_is_read(text: str) -> None:
    """What is as large as it may be, and has few values, is no bomb."""
    assert len(parse_any(Source("large", text, "toml"))) < 2


_FEW = [
    "a = [1, 2, 3,]\nb = {c = 1, d = [1, [2, 3], []]}",
    'a = "1,2,3,4" # 1,2,3 = 4\n\'b,c\' = \'\'\'x,\n,=\'\'\'\n"=" = """,\n=\\",="""\n',
    "[t]\na.b.c = 1\n[[u]]\n[[u]]\nx = [{a = 1, b = 2}, {a = 1}]\n",
]


@pytest.mark.parametrize("text", _FEW)
def test_values_are_not_counted_twice(text: str) -> None:
    """No text that has few enough values is refused before it is read."""
    assert first_beyond(text, _count(tomli.loads(text)) - 1) is None
    assert first_beyond("a = [1, 2, 3]\n", 1) == (9, 10)


def _count(value: object) -> int:
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + sum(map(_count, items))


@pytest.mark.parametrize("format_name", ["yaml", "json", "toml"])
def test_nesting_is_allowed_to_the_limit(format_name: str) -> None:
    """The limit is the same in every format: a hundred levels pass, and the next one is refused at its place."""
    prefix, levels = ("a = ", MAX_DEPTH - 1) if format_name == "toml" else ("", MAX_DEPTH)
    assert parse_any(Source("deep", prefix + "[" * levels + "]" * levels, format_name))
    with pytest.raises(TypedflowError) as caught:
        parse_any(Source("deep", prefix + "[" * (levels + 1) + "]" * (levels + 1), format_name))
    (found,) = caught.value.diagnostics
    assert found.rule.name == "too-large"
    assert str(found.location) == f"deep:1:{len(prefix) + levels + 1}"


def test_aliases_are_allowed_to_the_limit() -> None:
    """Repetition that a config may well have is no bomb."""
    text = "base: &base {" + ", ".join(f"k{number}: {number}" for number in range(100)) + "}\n"
    text += "".join(f"c{number}: {{<<: *base, x: *base}}\n" for number in range(100))
    assert len(parse_any(Source("many", text, "yaml"))) == 101


@pytest.mark.parametrize("format_name", ["yaml", "json", "toml"])
def test_a_text_over_the_limit_of_size_is_not_parsed(format_name: str) -> None:
    """Size is limited for texts that were never bytes, too."""
    with pytest.raises(TypedflowError, match="TF104"):
        parse_any(Source("large", " " * (MAX_BYTES + 1), format_name))


def test_dots_in_values_make_no_long_key() -> None:
    """Only keys count: strings, lists and comments may have as many dots as they like."""
    text = f"a = '{'x.' * 2000}' # {'y.' * 2000}\nb = [{'1.5, ' * 2000}]\n"
    assert len(parse_any(Source("dots", text, "toml"))["b"]) == 2000

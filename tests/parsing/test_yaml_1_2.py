"""Where libyaml deviates from YAML 1.2: the right value, or an error at its place."""

import pytest

from typedflow.parsing import locate, parse_any, parse_value
from typedflow.values import Source, Span, TypedflowError

READ = {
    "a comment with U+2028": ("a: 1 # note\u2028b: 5\n", {"a": 1}),
    "a comment with U+2029": ("# note\u2029b: 5\na: 1\n", {"a": 1}),
    "a comment with NEL": ("# note\x85  b: 5\na: 1\n", {"a": 1}),
    "NEL in quotes": ('a: "x\x85y"\n', {"a": "x\x85y"}),
    "U+2028 in single quotes": ("a: 'x\u2028 y'\n", {"a": "x\u2028 y"}),
    "U+2028 in a plain scalar": ("a: x\u2028y\n", {"a": "x\u2028y"}),
    "a key with NEL": ("\x85a\x85: 1\n", {"\x85a\x85": 1}),
    "U+2028 in a block scalar": ("a: |\n  x\u2028y\n  \x85\n  z\n", {"a": "x\u2028y\n\x85\nz\n"}),
    "NEL beside what stands for it": ('a: "x\x85\ue000\\ue001"\n', {"a": "x\x85\ue000\ue001"}),
    "escaped line ends": ('a: "\\N\\L\\P"\n', {"a": "\x85\u2028\u2029"}),
    "all three": ("a: \x85\u2028\u2029\n", {"a": "\x85\u2028\u2029"}),
    "a mark before it": ("\ufeffa: x\u2028y\n", {"a": "x\u2028y"}),
    "a line of a tab": ("a: 1\n\t\nb: 2\n", {"a": 1, "b": 2}),
    "a line of blanks and a tab": ("a:\n \t \r\n  b: 2\n", {"a": {"b": 2}}),
    "a last line of a tab": ("a: 1\n\t", {"a": 1}),
    "a tab before a comment": ("a: 1\n\t# c\nb: 2\n", {"a": 1, "b": 2}),
    "a tab before a comment in brackets": ("a: [1,\n\t# c\n  2]\n", {"a": [1, 2]}),
    "a tab after a block scalar's blanks": ("a: |\n  x\n  \t\n  y\nb: 1\n", {"a": "x\n\t\ny\n", "b": 1}),
    "a block scalar with a tab, and a line of one elsewhere": (
        "\t\na: |\n  x\n  \t# y\nb: 1\n\t\nc: 2\n",
        {"a": "x\n\t# y\n", "b": 1, "c": 2},
    ),
    "blanks after a block scalar": ("a: |+\n  x\n   ", {"a": "x\n \n"}),
    "blanks after a block scalar without text": ("- |+\n   ", ["\n"]),
    "a comment after an empty block scalar": ("a: |\n\n# c\nb: 1\n", {"a": "", "b": 1}),
    "a sign of comments in a block scalar": ("a: |\n\n  # c\n", {"a": "\n# c\n"}),
    "question marks that begin nothing": ("[a?b, a ?b, what?]", ["a?b", "a ?b", "what?"]),
    "a question mark outside brackets": ("a: ?b\n", {"a": "?b"}),
    "a colon after quotes": ('{"a":1, "b" :2}', {"a": 1, "b": 2}),
    "a sign of comments in a plain scalar": ("a: b#c\nd: http://e#f # g#h\n", {"a": "b#c", "d": "http://e#f"}),
    "tabs that follow enough spaces": ("a: [\n  \tb,\n c]\nd: 'e\n \tf'\n", {"a": ["b", "c"], "d": "e f"}),
    "tabs at the top": ("[\n\ta\n]", ["a"]),
    "names of anchors": (
        "a: &a-1_B x\nb: [*a-1_B, *a-1_B]\nc: {*a-1_B : 1}\n",
        {"a": "x", "b": ["x", "x"], "c": {"x": 1}},
    ),
}


@pytest.mark.parametrize(("text", "value"), READ.values(), ids=READ)
def test_what_is_read_by_1_2(text: str, value: object) -> None:
    """The value is YAML 1.2's, though libyaml knows 1.1."""
    assert parse_any(Source("a.yaml", text, "yaml")) == value


REFUSED = {
    "[?x]": ("1:2", "a value inside brackets cannot start with `?`"),
    "{ a: b,\n ?foo: bar }": ("2:2", "a value inside brackets cannot start with `?`"),
    "{!!str :x}": ("1:8", "a value inside brackets cannot start with `:`"),
    "[-, b]": ("1:2", "a value inside brackets cannot start with `-`"),
    "a: &b:c d": ("1:4", "the name `&b` cannot be followed by `:`"),
    "a: &b?c d": ("1:4", "the name `&b` cannot be followed by `?`"),
    "a: &b c\n*b: d": ("2:1", "YAML 1.2 reads the colon as part of the name `*b:`"),
    "é: [1, 2]# c": ("1:10", "a comment needs a space before `#`"),
    "é: [1,# c\n 2]": ("1:7", "a comment needs a space before `#`"),
    'a: "b"#c\n': ("1:7", "a comment needs a space before `#`"),
    "a: |#c\n  b\n": ("1:5", "a comment needs a space before `#`"),
    "%YAML 1.2#c\n---\na: 1\n": ("1:10", "a comment needs a space before `#`"),
    "a: [\n\tb]\n": ("2:1", "tabs cannot be used for indentation"),
    "a:\n  b: 'c\n  \td'\n": ("3:3", "tabs cannot be used for indentation"),
    "a:\n\t b\n": ("2:1", "tabs cannot be used for indentation"),
    "a: |\n     \n  # b\n": ("3:3", "YAML 1.2 reads this line as part of the block scalar"),
    "--- |\n# a\n": ("2:1", "YAML 1.2 reads this line as part of the block scalar"),
    "\ufeffx: \u2028\na: [?x]": ("2:5", "a value inside brackets cannot start with `?`"),
    "a: 1\na: 2\nb: [?x]": ("2:1 3:5", "`a` is set twice; a value inside brackets cannot start with `?`"),
    "a: [?x]\nb: 1\nb: 2\n": ("1:5", "a value inside brackets cannot start with `?`"),
}


@pytest.mark.parametrize(("text", "found"), REFUSED.items(), ids=REFUSED)
def test_what_is_refused_at_its_place(text: str, found: tuple[str, str]) -> None:
    """What libyaml reads as something else is an error, to the column."""
    with pytest.raises(TypedflowError) as caught:
        parse_any(Source("a.yaml", text, "yaml"))
    problems = caught.value.diagnostics
    assert " ".join(str(problem.location).removeprefix("a.yaml:") for problem in problems) == found[0]
    assert "; ".join(problem.message for problem in problems) == found[1]


def test_columns_count_what_was_written() -> None:
    """Nothing that is done with the text before it is read moves a place."""
    source = Source("a.yaml", "\t\n\u2028é: {\x85b: 1}\n\t# c\nd: |\n  x\n  \t", "yaml")
    assert parse_any(source) == {"\u2028é": {"\x85b": 1}, "d": "x\n\t\n"}
    assert locate(source, ("\u2028é", "\x85b")) == Span(2, 10, 2, 11)
    assert locate(source, ("d",)) == Span(4, 4, 6, 4)


def test_command_lines_are_read_alike() -> None:
    """A value of `--set` in brackets is read as a file is, and another is text as ever."""
    assert parse_value("['x\u2028y']") == ["x\u2028y"]
    assert [parse_value(text) for text in ("?x", "-", "a\x85b")] == ["?x", "-", "a\x85b"]
    with pytest.raises(ValueError, match="inside brackets cannot start with"):
        parse_value("[?x]")

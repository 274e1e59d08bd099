"""Fixes rename and remove keys, and leave everything else unchanged."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from typedflow.check import apply_fixes
from typedflow.values import RULES, Diagnostic, Fix, KeyPath, Location, Source


class Edit(NamedTuple):
    """A text, the key to fix, and the text afterwards, None where it must stay."""

    before: str
    path: KeyPath
    after: str | None


TYPO: KeyPath = ("a", "typo")

RENAMED: dict[str, Edit] = {
    "toml, in a table": Edit("[a]  # x\ntypo = 1 # y\n", TYPO, "[a]  # x\nname = 1 # y\n"),
    "toml, dotted": Edit("a.b = 0\na.typo = 1\n", TYPO, "a.b = 0\na.name = 1\n"),
    "toml, inside a dotted key": Edit("a.typo.x = 1\na.typo.y = 2\n", TYPO, "a.name.x = 1\na.name.y = 2\n"),
    "toml, inline": Edit("a = { b = 0, typo = 1 }\n", TYPO, "a = { b = 0, name = 1 }\n"),
    "toml, double quotes": Edit('[a]\n"typo" = 1\n', TYPO, '[a]\n"name" = 1\n'),
    "toml, single quotes": Edit("[a]\n'typo' = 1\n", TYPO, "[a]\n'name' = 1\n"),
    "toml, a header": Edit("[a.typo]\nb = 1\n", TYPO, "[a.name]\nb = 1\n"),
    "toml, several headers": Edit(
        "[a.typo.b]\nx = 1\n[ a . typo ] # y\nc = 1\n[a.'typo'.d]\n",
        TYPO,
        "[a.name.b]\nx = 1\n[ a . name ] # y\nc = 1\n[a.'name'.d]\n",
    ),
    "toml, an array of tables": Edit("[[a.typo]]\nb = 1\n[[a.typo]]\n", TYPO, "[[a.name]]\nb = 1\n[[a.name]]\n"),
    "toml, an array of tables with tables": Edit(
        "[[a.typo]]\n[a.typo.typo]\n[[a . typo]] # x\n[[a.typo.b]]\n",
        TYPO,
        "[[a.name]]\n[a.name.typo]\n[[a . name]] # x\n[[a.name.b]]\n",
    ),
    "toml, tables before their parents": Edit(
        "[[a]]\n[a.typo.b.c]\n[a.typo.b]\nx.y = 1\n[a.typo]\nd.e = 1\n[[a]]\n[a.typo]\n",
        ("a", 0, "typo"),
        "[[a]]\n[a.name.b.c]\n[a.name.b]\nx.y = 1\n[a.name]\nd.e = 1\n[[a]]\n[a.typo]\n",
    ),
    "toml, in an array of tables": Edit("[[a]]\n[[a]]\ntypo = 1\n", ("a", 1, "typo"), "[[a]]\n[[a]]\nname = 1\n"),
    "toml, in a list of inline tables": Edit("a = [{}, {typo = 1}]", ("a", 1, "typo"), "a = [{}, {name = 1}]"),
    "toml, in strings as well": Edit('[a]\ntypo = "typo"  # typo\n', TYPO, '[a]\nname = "typo"  # typo\n'),
    "toml, CRLF": Edit("[a]\r\ntypo = 1\r\n", TYPO, "[a]\r\nname = 1\r\n"),
    "yaml, block": Edit("a:\n  typo: 1 # x\n", TYPO, "a:\n  name: 1 # x\n"),
    "yaml, flow": Edit("a: {b: 0, typo: 1}\n", TYPO, "a: {b: 0, name: 1}\n"),
    "yaml, double quotes": Edit('a: {"typo":1}\n', TYPO, 'a: {"name":1}\n'),
    "yaml, single quotes": Edit("a:\n  'typo': 1\n", TYPO, "a:\n  'name': 1\n"),
    "yaml, an explicit key": Edit("a:\n  ? typo\n  : 1\n", TYPO, "a:\n  ? name\n  : 1\n"),
    "yaml, in a list": Edit("a:\n- b: 1\n- typo: 1\n  c: 2\n", ("a", 1, "typo"), "a:\n- b: 1\n- name: 1\n  c: 2\n"),
    "yaml, with a block": Edit("a:\n  typo:\n    b: 1\n", TYPO, "a:\n  name:\n    b: 1\n"),
    "yaml, without a value": Edit("a:\n  typo:\n", TYPO, "a:\n  name:\n"),
    "yaml, CRLF": Edit("a:\r\n  typo: 1\r\n", TYPO, "a:\r\n  name: 1\r\n"),
    "yaml, characters that end no line": Edit(
        "# x\u2028typo: 2\na: {b: 'c\x85', typo: 1} # y\u2029z\n",
        TYPO,
        "# x\u2028typo: 2\na: {b: 'c\x85', name: 1} # y\u2029z\n",
    ),
    "yaml, a line of a tab": Edit("\t\na:\n  \t# x\n  typo: 1\n", TYPO, "\t\na:\n  \t# x\n  name: 1\n"),
    "yaml, beside a number": Edit("a: {0x1F: b, typo: 1}\n", TYPO, "a: {0x1F: b, name: 1}\n"),
    "yaml, a number": Edit("a: {0x1F: 1}\n", ("a", "31"), "a: {name: 1}\n"),
    "json": Edit('{"a": {"typo": "typo"}}', TYPO, '{"a": {"name": "typo"}}'),
    "json, escaped": Edit('{"a": {"\\u0074ypo" : 1}}', TYPO, '{"a": {"name" : 1}}'),
}

REMOVED: dict[str, Edit] = {
    "toml, in a table": Edit("[a]\nb = 0\ntypo = 1 # y\nc = 2\n", TYPO, "[a]\nb = 0\nc = 2\n"),
    "toml, of several lines": Edit("[a]\ntypo = [\n  1, # x\n]\nc = 2\n", TYPO, "[a]\nc = 2\n"),
    "toml, its comment": Edit("[a]\nb = 0\n# about it\ntypo = 1\n\nc = 2\n", TYPO, "[a]\nb = 0\n\nc = 2\n"),
    "toml, dotted": Edit("a.b = 0\n a.typo = 1\n", TYPO, "a.b = 0\n"),
    "toml, a table": Edit("b = 1\n[a.typo]\nc = 1\n[a.d]\n", TYPO, "b = 1\n[a.d]\n"),
    "toml, a table in parts": Edit(
        "[a]\nb = 1\n[a.typo.x]\nc = 1\n[a.e]\n[a.typo]\nd = {x = 1}\n", TYPO, "[a]\nb = 1\n[a.e]\n"
    ),
    "toml, an array of tables": Edit("[a]\nb = 1\n[[a.typo]]\nx = 1\n[[a.typo]]\ny = 1\n", TYPO, "[a]\nb = 1\n"),
    "toml, the last of a table": Edit("b = 1\n[a]\ntypo = 1\n", TYPO, "b = 1\n"),
    "toml, the last of tables": Edit("[a]\n[a.b]\ntypo = 1\n[c]\n", ("a", "b", "typo"), "[c]\n"),
    "toml, the last of an array's table": Edit("[[a]]\ntypo = 1\n", ("a", 0, "typo"), "[[a]]\n"),
    "toml, inline, first": Edit("a = { typo = 1, b = 0 }\n", TYPO, "a = { b = 0 }\n"),
    "toml, inline, amid": Edit("a = { b = 0, typo = 1, c = 2 }\n", TYPO, "a = { b = 0, c = 2 }\n"),
    "toml, inline, last": Edit("a = { b = 0, typo = 1 }\n", TYPO, "a = { b = 0 }\n"),
    "toml, inline, dotted": Edit("x = { a.b = 0, a.'typo'.c = 1, d = 2 }", ("x", *TYPO), "x = { a.b = 0, d = 2 }"),
    "toml, inline, all": Edit("b = 1\na = { typo = 1 }\n", TYPO, "b = 1\n"),
    "toml, inline, in a list": Edit("a = [{ typo = 1 }]\n", ("a", 0, "typo"), "a = [{}]\n"),
    "toml, everything": Edit("a.typo = 1\n", TYPO, ""),
    "toml, what looks like a comment": Edit('[a]\nx = """\n# x"""\ntypo = 1\n', TYPO, '[a]\nx = """\n# x"""\n'),
    "toml, CRLF": Edit("[a]\r\nb = 0\r\ntypo = 1\r\n", TYPO, "[a]\r\nb = 0\r\n"),
    "toml, no end of line": Edit("[a]\nb = 0\ntypo = 1", TYPO, "[a]\nb = 0\n"),
    "yaml, block": Edit("a:\n  b: 0\n  typo: 1 # x\n  c: 2\n", TYPO, "a:\n  b: 0\n  c: 2\n"),
    "yaml, a block in it": Edit("a:\n  typo:\n    x: 1\n    # in it\n  c: 2\n", TYPO, "a:\n  c: 2\n"),
    "yaml, a list in it": Edit("a:\n  typo:\n  - 1\n  -\n  c: 2\n", TYPO, "a:\n  c: 2\n"),
    "yaml, a block scalar": Edit("a:\n  typo: |\n    x\n\n    # y\n  c: 2\n", TYPO, "a:\n  c: 2\n"),
    "yaml, null": Edit("a:\n  typo:\n  c: 2\n", TYPO, "a:\n  c: 2\n"),
    "yaml, its comment": Edit(
        "a:\n  b: 0\n\n  # about\n  # it\n  typo: 1\n  # about c\n  c: 2\n", TYPO, "a:\n  b: 0\n\n  # about c\n  c: 2\n"
    ),
    "yaml, a comment on several": Edit("a:\n  # about both\n  typo: 1\n  c: 2\n", TYPO, "a:\n  # about both\n  c: 2\n"),
    "yaml, a modeline": Edit(
        "# yaml-language-server: $schema=x\ntypo: 1\n", ("typo",), "# yaml-language-server: $schema=x\n"
    ),
    "yaml, the last of a block": Edit("b: 1\n# about a\na:\n  typo: 1\n", TYPO, "b: 1\n"),
    "yaml, the last of blocks": Edit("a:\n  b:\n    typo: 1\nc: 1\n", ("a", "b", "typo"), "c: 1\n"),
    "yaml, everything": Edit("# about all\n\na:\n  typo: 1\n", TYPO, "# about all\n\n"),
    "yaml, first in a list's item": Edit("a:\n- typo: 1\n  b: 2\n", ("a", 0, "typo"), "a:\n- b: 2\n"),
    "yaml, first in a list's item, a comment": Edit(
        "a:\n- typo: 1 # it\n  b: 2 # b\n", ("a", 0, "typo"), "a:\n- b: 2 # b\n"
    ),
    "yaml, first in a list's item, comments": Edit(
        "a:\n  - - typo: {x: 1} # it\n      # about b\n      b: 2\n",
        ("a", 0, 0, "typo"),
        "a:\n  - -\n      # about b\n      b: 2\n",
    ),
    "yaml, alone in a list's item": Edit("a:\n- typo: 1\n- 2\n", ("a", 0, "typo"), "a:\n- {}\n- 2\n"),
    "yaml, alone below a list's item": Edit("a:\n-\n  typo: 1\n", ("a", 0, "typo"), "a:\n-\n  {}\n"),
    "yaml, flow, first": Edit("a: {typo: 1, b: 0}\n", TYPO, "a: {b: 0}\n"),
    "yaml, flow, amid": Edit("a: {b: 0, typo: [1, 2], c: 2}\n", TYPO, "a: {b: 0, c: 2}\n"),
    "yaml, flow, last": Edit("a: {b: 0, typo: 1}\n", TYPO, "a: {b: 0}\n"),
    "yaml, flow, no values": Edit("a: {b, typo, c}\n", TYPO, "a: {b, c}\n"),
    "yaml, flow, comments": Edit("a: {b: 0, # b\n  typo: 1, # it\n  c: 2} # c\n", TYPO, "a: {b: 0, # b\n  c: 2} # c\n"),
    "yaml, flow, lines": Edit("a: {b: 0,\n  typo: 1, c: 2}\n", TYPO, "a: {b: 0,\n  c: 2}\n"),
    "yaml, flow, with an anchor": Edit("a: &x {typo: 1, b: 0}\n", TYPO, "a: &x {b: 0}\n"),
    "yaml, characters that end no line": Edit(
        "a:\n  b: 'c\x85'\n  # x\u2028d: 2\n  typo: e\u2028f # y\x85z\n", TYPO, "a:\n  b: 'c\x85'\n"
    ),
    "yaml, a number": Edit("a:\n  b: 0\n  0x1F: 1\n", ("a", "31"), "a:\n  b: 0\n"),
    "yaml, before a merge": Edit("x: &x {b: 1}\na:\n  <<: *x\n  typo: 1\n", TYPO, "x: &x {b: 1}\na:\n  <<: *x\n"),
    "yaml, CRLF": Edit("a:\r\n  b: 0\r\n  typo: 1\r\n", TYPO, "a:\r\n  b: 0\r\n"),
    "json, lines": Edit(
        '{\n  "a": {\n    "b": 0,\n    "typo": 1,\n    "c": 2\n  }\n}\n',
        TYPO,
        '{\n  "a": {\n    "b": 0,\n    "c": 2\n  }\n}\n',
    ),
    "json, the last line": Edit(
        '{\n  "a": {\n    "b": 0,\n    "typo": [\n      1\n    ]\n  }\n}\n', TYPO, '{\n  "a": {\n    "b": 0\n  }\n}\n'
    ),
    "json, one line": Edit('{"a": {"b": 0, "typo": 1, "c": "}"}}', TYPO, '{"a": {"b": 0, "c": "}"}}'),
    "json, all of one": Edit('{"b": 1, "a": {"typo": 1}}', TYPO, '{"b": 1}'),
    "json, everything": Edit('{"a": {"typo": 1}}\n', TYPO, "{}\n"),
    "json, commas before, the last": Edit('{"a": {"b": 0\n , "typo": 1\n }}', TYPO, '{"a": {"b": 0\n }}'),
    "json, commas before": Edit('{"a": {"b": 0\n , "typo": 1\n , "c": 2}}', TYPO, '{"a": {"b": 0\n , "c": 2}}'),
}

LEFT: dict[str, tuple[Edit, str | None]] = {
    "the new name is there": (Edit("a: {typo: 1, name: 2}", TYPO, None), "name"),
    "the key is not there": (Edit("a: {b: 1}", TYPO, None), "name"),
    "no mapping there": (Edit("a: [1]", TYPO, None), "name"),
    "the whole": (Edit("a: 1", (), None), None),
    "an item of a list": (Edit("a: [1]", ("a", 0), None), None),
    "a name that needs escapes": (Edit("a: {typo: 1}", TYPO, None), "na\nme"),
    "an anchored key": (Edit("a: {&x typo: 1}", TYPO, None), "name"),
    "an alias's mapping, renamed": (Edit("b: &x {typo: 1}\na: *x\n", TYPO, None), "name"),
    "an alias's mapping": (Edit("b: &x {typo: 1, c: 1}\na: *x\n", TYPO, None), None),
    "an anchor that others need": (Edit("a: {typo: &x 1}\nb: *x\n", TYPO, None), None),
    "a merged key": (Edit("x: &x {typo: 1, c: 2}\na: {<<: *x}\n", TYPO, None), None),
    "a key that hides a merged one": (Edit("x: &x {typo: 1}\na:\n  <<: *x\n  typo: 2\n  c: 1\n", TYPO, None), None),
    "broken text": (Edit("a: {typo: 1", TYPO, None), None),
}


def _with_fix(edit: Edit, replacement: str | None, format_name: str) -> str | None:
    """Fix a text, and return the new one; None if it is not changed."""
    source = Source("file", edit.before, format_name)
    found = Diagnostic(RULES["unknown-key"], "", Location("file"), fix=Fix(edit.path, replacement))
    return apply_fixes({"file": source}, [found]).get("file")


@pytest.mark.parametrize("name", RENAMED)
def test_a_key_is_renamed(name: str) -> None:
    """The key gets its new name in the style of the old one; nothing else changes."""
    edit = RENAMED[name]
    assert _with_fix(edit, "name", name.partition(",")[0]) == edit.after


@pytest.mark.parametrize("name", REMOVED)
def test_a_key_is_removed(name: str) -> None:
    """The key is removed with its value, its comment, and mappings that would be empty without it."""
    edit = REMOVED[name]
    assert _with_fix(edit, None, name.partition(",")[0]) == edit.after


@pytest.mark.parametrize(("edit", "replacement"), LEFT.values(), ids=LEFT)
def test_what_cannot_be_fixed_safely_is_left(edit: Edit, replacement: str | None) -> None:
    """No edit is made if its result would mean something else."""
    assert _with_fix(edit, replacement, "yaml") is None


@pytest.mark.parametrize(
    ("format_name", "before", "name", "after"),
    [
        ("toml", "typo = 1", "a b", '"a b" = 1'),
        ("toml", "'typo' = 1", "it's", '"it\'s" = 1'),
        ("toml", "typo = 1", "2-x", "2-x = 1"),
        ("yaml", "typo: 1", "null", '"null": 1'),
        ("yaml", "typo: 1", "a: b", '"a: b": 1'),
        ("yaml", "'typo': 1", "it's", "'it''s': 1"),
        ("yaml", "typo: 1", "learning-rate", "learning-rate: 1"),
        ("json", '{"typo": 1}', 'a"é', '{"a\\"é": 1}'),
    ],
)
def test_names_are_quoted_where_they_must_be(format_name: str, before: str, name: str, after: str) -> None:
    """A name that the old key's style cannot hold is quoted."""
    assert _with_fix(Edit(before, ("typo",), after), name, format_name) == after

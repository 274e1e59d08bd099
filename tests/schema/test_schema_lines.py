"""Lines that name schemas: where they go, and that nothing else moves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typedflow.schema import schema_named, with_schema_line, without_schema_line
from typedflow.values import TypedflowError

TARGET = "../schemas/settings.schema.json"
YAML = f"# yaml-language-server: $schema={TARGET}\n# $schema: {TARGET}\n"
TOML = f"#:schema {TARGET}\n"

TEXTS = [
    ("yaml", "", YAML),
    ("yaml", "a: 1\n", f"{YAML}a: 1\n"),
    ("yaml", "a: 1", f"{YAML}a: 1"),
    ("yaml", "# (c) us\n\na: 1 # one\n", f"{YAML}# (c) us\n\na: 1 # one\n"),
    ("yaml", "\ufeffa: 1\n", f"\ufeff{YAML}a: 1\n"),
    ("yaml", "a: 1\r\nb: 2\r\n", f"{YAML}a: 1\nb: 2\n".replace("\n", "\r\n")),
    ("yaml", "#!/usr/bin/env run\na: 1\n", f"#!/usr/bin/env run\n{YAML}a: 1\n"),
    ("yaml", "%YAML 1.2\n---\na: 1\n", f"{YAML}%YAML 1.2\n---\na: 1\n"),
    ("toml", "a = 1\n", f"{TOML}a = 1\n"),
    ("toml", "# (c) us\r\na = 1", f"#:schema {TARGET}\r\n# (c) us\r\na = 1"),
    ("json", "{}", f'{{"$schema": "{TARGET}"}}'),
    ("json", '{"a": 1}\n', f'{{"$schema": "{TARGET}", "a": 1}}\n'),
    ("json", '{ "a": 1 }', f'{{ "$schema": "{TARGET}", "a": 1 }}'),
    ("json", '{\n  "a": 1\n}\n', f'{{\n  "$schema": "{TARGET}",\n  "a": 1\n}}\n'),
    ("json", '{\r\n\t"a": 1\r\n}', f'{{\r\n\t"$schema": "{TARGET}",\r\n\t"a": 1\r\n}}'),
    ("json", "{\n}\n", f'{{\n  "$schema": "{TARGET}"\n}}\n'),
    ("json", '\ufeff{"a": 1}', f'\ufeff{{"$schema": "{TARGET}", "a": 1}}'),
]

REPLACED = [
    ("yaml", "# us\n# yaml-language-server: $schema=old.json\na: 1\n", f"# us\n{YAML}a: 1\n"),
    ("yaml", "# $schema: old.json\n# us\n# yaml-language-server: $schema=older.json\n", f"{YAML}# us\n"),
    ("toml", "# us\n#:schema https://old.example/schema.json\na = 1\n", f"# us\n{TOML}a = 1\n"),
    ("json", '{"a": 1, "$schema": "old.json"}', f'{{"a": 1, "$schema": "{TARGET}"}}'),
]

#: Below the content no editor looks for the line, so it is somebody's text.
ELSEWHERE = [
    ("yaml", "a: |\n  # $schema: text.json\n"),
    ("toml", 'a = """\n#:schema text.json\n"""\n'),
    ("json", '{"a": {"$schema": "text.json"}}'),
]


@pytest.mark.parametrize(("form", "text", "expected"), TEXTS)
def test_the_line_comes_first_and_nothing_else_moves(form: str, text: str, expected: str) -> None:
    """Byte-order marks, line ends, comments, ``#!`` and ``%YAML`` stay what and where they are."""
    assert with_schema_line(text, form, TARGET) == expected


@pytest.mark.parametrize(("form", "text", "_"), TEXTS)
def test_a_second_time_changes_nothing(form: str, text: str, _: str) -> None:
    """A file that names its schema is left alone."""
    once = with_schema_line(text, form, TARGET)
    assert with_schema_line(once, form, TARGET) == once
    assert schema_named(once, form) == TARGET


@pytest.mark.parametrize(("form", "text", "_"), TEXTS)
def test_taken_out_again_it_leaves_no_trace(form: str, text: str, _: str) -> None:
    """The bytes are those from before."""
    assert without_schema_line(with_schema_line(text, form, TARGET), form, [TARGET]) == text


@pytest.mark.parametrize(("form", "text", "expected"), REPLACED)
def test_another_schema_is_replaced_where_it_is_named(form: str, text: str, expected: str) -> None:
    """There is never a second line."""
    assert with_schema_line(text, form, TARGET) == expected


@pytest.mark.parametrize(("form", "text"), [(form, text) for form, text, _ in REPLACED])
def test_the_name_of_another_schema_is_not_taken_out(form: str, text: str) -> None:
    """What somebody else wrote stays."""
    assert without_schema_line(text, form, [TARGET]) == text


@pytest.mark.parametrize(("form", "text"), ELSEWHERE)
def test_what_only_looks_like_such_a_line_stays(form: str, text: str) -> None:
    """Text below the first value is never touched."""
    assert schema_named(text, form) is None
    assert with_schema_line(text, form, TARGET).endswith(text.removeprefix("{"))
    assert without_schema_line(text, form, ["text.json"]) == text


@pytest.mark.parametrize("text", ["{", '{"a": 1,', '{"a": 1, "a": 2}'])
def test_json_that_cannot_be_read_is_refused(text: str) -> None:
    """A key can only be put into an object that is one."""
    with pytest.raises(TypedflowError):
        with_schema_line(text, "json", TARGET)


@given(st.text("#:$ schema-=.\n\r\t{}\"'ayml1\ufeff%!", max_size=40), st.sampled_from(["yaml", "toml"]))
def test_any_text_comes_back(text: str, form: str) -> None:
    """Putting the line in and taking it out gives any file back, unless it named a schema before."""
    with_line = with_schema_line(text, form, TARGET)
    assert with_schema_line(with_line, form, TARGET) == with_line
    if schema_named(text, form) is None:
        assert without_schema_line(with_line, form, [TARGET]) == text

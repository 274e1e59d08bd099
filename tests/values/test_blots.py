"""Secrets in lines that are shown: hidden, and every column stays what it was."""

import time

import pytest

from typedflow.values import Excerpt, Location, Span, blotted, excerpt, hidden

# Put together, so that nobody's scanner takes this file for a leak.
_TOKEN = "ghp_" + "hunter22" + "aB3dE5gH7jK9mN1pQ3sT5vW7yZ9b"

HIDDEN = {
    "yaml": "password: hunter22",
    "yaml-item": "- password: hunter22",
    "yaml-quoted": "password: 'hunter22'",
    "yaml-anchor": "password: &p hunter22",
    "yaml-tag": "password: !!str hunter22",
    "yaml-flow": "db: {user: loader, password: hunter22, port: 1}",
    "yaml-flow-nested": "a: {b: {c: 1, password: hunter22}}",
    "yaml-flow-list": "password: [one, hunter22]",
    "yaml-list-of-mappings": "a: [{password: hunter22}, {b: 1}]",
    "yaml-open": 'password: "hunter22\\',
    "yaml-token": f"- {_TOKEN}",
    "yaml-url": "a: postgresql://loader:hunter22@db/prod",
    "json": '  {"db": {"password": "hunter22"}, "b": 1}',
    "json-compact": '{"password":"hunter22","b":1}',
    "toml": 'db.password = "hunter22"',
    "toml-compact": '{password="hunter22",b=1}',
    "option": "db.password=hunter22",
    "python-argument": 'connect(password="hunter22")',
    "python-default": '    password: str = "hunter22"',
    "python-optional": '    password: str | None = "hunter22"',
    "python-secret": '    login: SecretStr = SecretStr("hunter22")',
    "python-secret-field": '    login: Annotated[SecretStr, Field(default="hunter22")]',
}


@pytest.mark.parametrize("line", HIDDEN.values(), ids=HIDDEN)
def test_a_secret_is_hidden(line: str) -> None:
    """The secret has a star for each of its characters, and every other column is where it was."""
    assert "hunter22" in line
    shown = blotted(line)
    assert "hunter" not in shown
    assert len(shown) == len(line)
    assert [(one, other) for one, other in zip(line, shown, strict=True) if other not in (one, "*")] == []


SHOWN = [
    "model: {alpha: 0.3, title: hunter22}",
    "password: ${DB_PASSWORD}",
    "token: wordpiece",
    "api_key: team/db-password",
    "passwords_file: hunter22",
    'secret: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-x1Y2z3"',
    "a: postgresql://loader:${PASSWORD}@db/prod",
    "keys: [a, b]",
    'tokenizer: {kind: "bpe", size: 32000}',
    "    token: str | None = None",
]


@pytest.mark.parametrize("line", SHOWN)
def test_other_lines_are_shown_as_they_are(line: str) -> None:
    """Names of secrets, references, placeholders and other keys are let pass, as by the rule `secret-value`."""
    assert blotted(line) == line


def test_what_stands_around_a_secret_is_shown() -> None:
    """Only the secret is hidden, and what a flow mapping puts right behind it."""
    line = "db: {user: loader, password: hunter22, port: 5432}"
    assert blotted(line) == "db: {user: loader, password: ********, port: 5432}"


LONG = {
    "words": "token" * 200_000,
    "keys": "token: " * 100_000,
    "colons": ":" * 1_000_000,
    "brackets": "token: [{" * 100_000,
    "quotes": 'token: "\\"' * 100_000,
    "blanks": "token" + " " * 1_000_000,
    "schemes": "token " + "a" * 1_000_000 + "://",
    "web tokens": "eyJaaaaaaaa" * 90_000,
}


@pytest.mark.parametrize("line", LONG.values(), ids=LONG)
def test_no_line_takes_long(line: str) -> None:
    """A line of a million characters is searched in a moment, whatever it is made of."""
    begun = time.perf_counter()
    assert len(blotted(line)) == len(line)
    assert time.perf_counter() - begun < 5


def test_no_excerpt_shows_a_secret() -> None:
    """An excerpt is of the line as it may be shown, with the part that was asked for."""
    assert excerpt("a: 1\npassword: hunter22\n", Span(2, 1, 2, 9)) == Excerpt("password: ********", 0, 8)


def test_a_place_that_is_itself_secret() -> None:
    """What is known to be a secret by more than its line is hidden as a whole."""
    place = Location("a.yaml", Span(2, 5, 2, 9), Excerpt("  - four # why", 4, 8))
    assert hidden(place).excerpt == Excerpt("  - **** # why", 4, 8)
    assert hidden(Location("a.yaml")) == Location("a.yaml")

"""Secrets in lines that are shown: hidden, and every column stays what it was."""

import time

import pytest

from typedflow.values import Excerpt, Location, Span, excerpt, redact_line, redact_location, redact_message

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
    "yaml-words": "password: hunter22 and hunter22",
    "yaml-misspelt": "pasword: hunter22",
    "yaml-no-colon": "- password hunter22",
    "yaml-behind": "password: 'a' hunter22",
    "yaml-tagged": "password: !hunter22 x",
    "yaml-parent": "db.password.old: hunter22",
    "toml-unquoted": "password = hunter22",
    "toml-three-quotes": 'password = """hunter22 hunter22',
    "query": "a: 'jdbc:x://h/d?user=a&password=hunter22&ssl=1'",
    "option-words": "db.password=hunter22 hunter22",
    "option-of-a-flow": "$ python flow.py run --n 3 --db_password hunter22 --tag x",
    "option-of-a-flow-quoted": "$ python flow.py run --db-password 'hunter22 x'",
    "option-of-a-flow-equals": "$ python flow.py run --db-password=hunter22",
    "option-colon": "db.password:hunter22",
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
    shown = redact_line(line)
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
    assert redact_line(line) == line


def test_what_stands_around_a_secret_is_shown() -> None:
    """Only the secret is hidden, and what a flow mapping puts right behind it."""
    line = "db: {user: loader, password: hunter22, port: 5432}"
    assert redact_line(line) == "db: {user: loader, password: ********, port: 5432}"


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
    assert len(redact_line(line)) == len(line)
    assert time.perf_counter() - begun < 5


def test_no_excerpt_shows_a_secret() -> None:
    """An excerpt is of the line as it may be shown, with the part that was asked for."""
    assert excerpt("a: 1\npassword: hunter22\n", Span(2, 1, 2, 9)) == Excerpt("password: ********", 0, 8)


def test_a_place_that_is_itself_secret() -> None:
    """What is known to be a secret by more than its line is hidden as a whole."""
    place = Location("a.yaml", Span(2, 5, 2, 9), Excerpt("  - four # why", 4, 8))
    assert redact_location(place).excerpt == Excerpt("  - **** # why", 4, 8)
    assert redact_location(Location("a.yaml")) == Location("a.yaml")


ABOVE = {
    "block": "password: |\n  a\n  hunter22\n",
    "folded": "db:\n  password: >-\n    hunter22\n",
    "list": "passwords:\n  - a\n  - hunter22\n",
    "list-at-key": "passwords:\n- hunter22\n",
    "value": "password:\n  hunter22\n",
    "quotes": 'password: "a\n  hunter22"\n',
    "plain": "password: a\n  hunter22\n",
    "json": '{\n  "password": [\n    "hunter22"\n  ]\n}',
    "toml": 'password = """\nhunter22\n"""\n',
    "toml-list": "passwords = [\n  'hunter22',\n]\n",
    "passwords": "passwords:\n  bob: a\n  ann: hunter22\n",
    "passwords-items": "passwords:\n- bob: 1\n- ann: hunter22\n",
    "passwords-comment": "passwords:\n  # whose\n  ann: hunter22\n",
    "passwords-block": "passwords:\n  ann: |\n    hunter22\n",
    "passwords-flow": "passwords: {bob: a,\n  ann: hunter22}\n",
    "passwords-json": '{"passwords": {\n"bob": "a",\n"ann": "hunter22"}}',
    "password-value": "db:\n  password:\n    value: hunter22\n",
    "table": '[passwords]\nann = "hunter22"\n',
    "table-far": "[passwords]\nb = [\n[1, 2],\n]\n" + "a = 1\n" * 300 + 'ann = "hunter22"\n',
    "table-lines": '[passwords]\nann = """\nhunter22\n"""\n',
    "table-value": '[db."password"]  # why\nvalue = "hunter22"\n',
    "named-in-line": "- {name: PASSWORD, value: hunter22}\n",
    "named-above": "env:\n- name: PASSWORD\n  value: hunter22\n",
    "named-below": "env:\n- value: hunter22\n  name: API_KEY\n",
    "named-block": "env:\n- name: PASSWORD\n  value: |\n    hunter22\n",
    "named-table": '[[env]]\nname = "PASSWORD"\nvalue = "hunter22"\n',
    "key": "a: |\n  -----BEGIN PRIVATE " + "KEY-----\n  hunter22\n  -----END PRIVATE " + "KEY-----\n",
}
BELOW = {
    "mapping": "password:\n  length: hunter22\n",
    "sibling": "a:\n  password: b\n  c: hunter22\n",
    "far-from-all": "a: 1\n" * 300 + "b: hunter22\n",
    "next-brace": "passwords: x}\nb: hunter22\n",
    "next-table": "[passwords]\na = 1\n[b]\nc = 'hunter22'\n",
    "next-flow": "passwords: {a: x}\nann: hunter22\n",
    "next-item": "- name: PASSWORD\n  value: a\n- name: HOST\n  value: hunter22\n",
    "no-value": "- name: PASSWORD\n  from: hunter22\n",
    "next": "password: a\nb: hunter22\n",
    "after-toml": 'password = """\na\n"""\nb = "hunter22"\n',
    "other": "names:\n  - hunter22\n",
}


def _shown(text: str) -> str:
    [number] = [number for number, line in enumerate(text.split("\n"), 1) if "hunter22" in line]
    found = excerpt(text, Span(number, 1, number, 2))
    assert found is not None
    return found.line


@pytest.mark.parametrize("text", ABOVE.values(), ids=ABOVE)
def test_a_secret_goes_on_in_a_line_below_its_key(text: str) -> None:
    """A block, a list, a text of several lines: the line alone does not say what it is."""
    assert "hunter" not in _shown(text)


@pytest.mark.parametrize("text", BELOW.values(), ids=BELOW)
def test_a_line_that_a_secret_does_not_go_on_in(text: str) -> None:
    """Keys of a mapping are judged by themselves, and what comes after a value is shown."""
    assert "hunter22" in _shown(text)


def test_a_message_does_not_repeat_what_is_hidden() -> None:
    """Nor in a long line, where all that is quoted is hidden."""
    assert redact_message("`hunter22` is bad", "password: hunter22", "password: ********") == "`****` is bad"
    assert redact_message("`a` is bad", "a: b", "a: b") == "`a` is bad"
    long = "password: hunter22" + " " * 3000
    assert redact_message("`ter22` is bad", long, redact_line(long)) == "`****` is bad"

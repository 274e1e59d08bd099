"""Secrets in files of settings: what is found, what is let pass, and that none is ever shown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from typedflow.check.rules import of_layer
from typedflow.layers import Layer
from typedflow.render import text
from typedflow.values import Location, Severity, Source

if TYPE_CHECKING:
    from tests.check.rules.conftest import MakeLayer

# Put together, so that nobody's scanner takes this file for a leak.
_BODY = "aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC2dE4fG6hJ8kL0mN2pQ4rS6tU8vW0xY2zA4"
_PEM = "-----BEGIN {}PRIVATE " + "KEY-----\nMIIEpAIBAAKCAQEA7bq\n-----END {}PRIVATE " + "KEY-----\n"

TOKENS = {
    "AKIA" + "QWERTYUIOPASDF23": "an AWS access key",
    "ASIA" + "QWERTYUIOPASDF23": "an AWS access key",
    "ghp_" + _BODY[:36]: "a GitHub token",
    "ghs_" + _BODY[:36]: "a GitHub token",
    "github_pat_" + _BODY[:22] + "_" + _BODY[:59]: "a GitHub token",
    "glpat-" + _BODY[:20]: "a GitLab token",
    "gldt-" + _BODY[:20]: "a GitLab token",
    "xoxb-" + "2345678901-2345678901-" + _BODY[:24]: "a Slack token",
    "xapp-1-" + _BODY[:30]: "a Slack token",
    "https://hooks.slack.com/services/" + "T02ABCDEF/B02ABCDEF/" + _BODY[:24]: "a Slack webhook",
    "sk_live_" + _BODY[:24]: "a Stripe key",
    "rk_test_" + _BODY[:24]: "a Stripe key",
    "sk-" + _BODY[:20] + "T3Blbk" + "FJ" + _BODY[:20]: "an OpenAI key",
    "sk-proj-" + _BODY[:40] + "T3Blbk" + "FJ" + _BODY[:40]: "an OpenAI key",
    "sk-ant-api03-" + _BODY: "an Anthropic key",
    "AIza" + _BODY[:35]: "a Google key",
    "GOCSPX-" + _BODY[:28]: "a Google key",
    "npm_" + _BODY[:36]: "an npm token",
    "pypi-AgE" + "IcHlwaS5vcmc" + _BODY: "a PyPI token",
    _PEM.format("", ""): "a private key",
    _PEM.format("RSA ", "RSA "): "a private key",
    _PEM.format("OPENSSH ", "OPENSSH "): "a private key",
    "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxMjM0In0." + _BODY[:43]: "a JSON Web Token",
    "Bearer eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxMjM0In0." + _BODY[:43]: "a JSON Web Token",
    "postgresql://loader:" + "hunter22@db.internal:5432/prod": "a URL with a password",
    "redis://:" + "s3cr3tpw@cache:6379/0": "a URL with a password",
    "https://bot:" + "p%40ss-w0rd@example.org/x": "a URL with a password",
}

NO_TOKENS = [
    "AKIA" + "IOSFODNN7EXAMPLE",
    "AKIA",
    "AKIAQWERTY",
    "ghp_short",
    "ghp_" + "x" * 36,
    "sk-learn",
    "sk-proj-demo",
    "AIzaSy",
    "npm_package",
    "pypi-mirror",
    "glpat-",
    "xoxb-token",
    "-----BEGIN CERTIFICATE-----\nMIIC\n",
    "-----BEGIN PUBLIC KEY-----\nMIIC\n",
    "-----BEGIN PRIVATE " + "KEY-----\n...\n",
    "eyJhbGciOiJIUzI1NiJ9",
    "postgresql://db.internal:5432/prod",
    "postgresql://loader@db.internal/prod",
    "postgresql://loader:${DB_PASSWORD}@db/prod",
    "postgresql://loader:$DB_PASSWORD@db/prod",
    "postgresql://loader:***@db/prod",
    "postgresql://loader:<password>@db/prod",
    "postgresql://loader:{password}@db/prod",
    "postgresql://loader:{{ password }}@db/prod",
    "postgresql://loader:%(password)s@db/prod",
    "postgresql://user:password@localhost/db",
    "postgresql://loader:@db/prod",
    "http://host:8080/a@b",
    "http://host/a:b@c",
    "s3://bucket/a:b@c",
    "git@github.com:org/repo.git",
    "see https://example.org, user: me@example.org",
    "2024-01-01T10:00:00",
    "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
]

KEYS = [
    "password",
    "Password",
    "PASSWORD",
    "passwd",
    "db_password",
    "pwd",
    "passphrase",
    "secret",
    "client_secret",
    "client-secret",
    "clientSecret",
    "token",
    "auth_token",
    "access-token",
    "api_key",
    "api-key",
    "apiKey",
    "API_KEY",
    "private_key",
    "secret_key",
    "secret.access.key",
]

NO_KEYS = ["name", "passwords_file", "pad_token", "eos_token", "key", "keys", "tokenizer", "secrets", "primary_key"]

LITERALS = ["hunter22", "correct7horse", "Tr0ub4dor&3", "8f14e45fceea167a", "p@ssw0rd!", "zaq12wsx"]

NO_LITERALS = [
    "",
    "short",
    "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-x1Y2z3",
    "vault:kv/data/db#password",
    "secret:db-password",
    "env:DB_PASSWORD",
    "file:/run/secrets/db",
    "sm://project/db-password",
    "${DB_PASSWORD}",
    "$DB_PASSWORD",
    "%(DB_PASSWORD)s",
    "{{ db_password }}",
    "<your password>",
    "<password>",
    "[redacted]",
    "********",
    "xxxxxxxx",
    "xxxx-xxxx-xxxx",
    "......",
    "changeme",
    "change-me-please",
    "replace_me",
    "your-password-here",
    "example-password1",
    "placeholder",
    "REDACTED",
    "todo: fill in",
    "none",
    "required",
    "default",
    "password",
    "my-secret",
    "my-team/db-password",
    "projects/p1/secrets/db/versions/latest",
    "/run/secrets/db",
    "./secrets/db.txt",
    "~/.ssh/id_rsa",
    "db-password",
    "db_password2",
    "prod.db.password",
    "DB_PASSWORD",
    "HF_TOKEN",
    "key.pem",
    "the one that Ann knows",
]


@pytest.mark.parametrize(
    ("value", "kind"), TOKENS.items(), ids=[f"{kind} {n}" for n, kind in enumerate(TOKENS.values())]
)
@pytest.mark.parametrize("name", ["settings.yaml", "settings.toml", "settings.json"])
def test_a_secret_is_known_by_its_form(make_layer: MakeLayer, name: str, value: str, kind: str) -> None:
    """A token, private key or password in a URL is found under any key, in every format, and shown nowhere."""
    quoted = json.dumps(value)
    content = {"yaml": f"a:\n  - {quoted}\n", "toml": f"a = [{quoted}]\n", "json": f'{{"a": [{quoted}]}}'}
    [found] = of_layer(make_layer(content[name.rpartition(".")[2]], name))
    assert (found.rule.code, found.path, found.severity) == ("TF310", ("a", 0), Severity.ERROR)
    assert found.message == f"`a[0]` is {kind}, and settings are persisted in the clear with every run"
    assert found.location is not None
    assert found.location.span is not None
    assert value[5:12] not in repr(found)
    assert value[5:12] not in text([found])


@pytest.mark.parametrize("value", NO_TOKENS)
def test_what_only_looks_like_one_is_let_pass(make_layer: MakeLayer, value: str) -> None:
    """Documented examples, placeholders, digests and addresses are no secrets."""
    assert list(of_layer(make_layer(json.dumps({"a": value}), "settings.json"))) == []


@pytest.mark.parametrize("key", KEYS)
def test_a_secret_is_known_by_its_key(make_layer: MakeLayer, key: str) -> None:
    """The last part of a key path counts, whatever its case and separators."""
    [found] = of_layer(make_layer(json.dumps({"db": {key: "hunter22"}}), "settings.json"))
    assert found.message.endswith(f" is a literal {key}, and settings are persisted in the clear with every run")


@pytest.mark.parametrize("key", NO_KEYS)
def test_other_keys_hold_what_they_like(make_layer: MakeLayer, key: str) -> None:
    """A key that only resembles the name of a secret is none."""
    assert list(of_layer(make_layer(json.dumps({key: "hunter22"}), "settings.json"))) == []


@pytest.mark.parametrize("value", LITERALS)
def test_a_literal_is_a_secret(make_layer: MakeLayer, value: str) -> None:
    """What is under such a key, and refers to nothing, is the secret itself."""
    assert [item.path for item in of_layer(make_layer(json.dumps({"password": value}), "settings.json"))] == [
        ("password",)
    ]


@pytest.mark.parametrize("value", NO_LITERALS)
@pytest.mark.parametrize("key", ["password", "secret", "token"])
def test_a_way_to_a_secret_is_none(make_layer: MakeLayer, key: str, value: str) -> None:
    """References, names, paths, placeholders and prose are let pass."""
    assert list(of_layer(make_layer(json.dumps({key: value}), "settings.json"))) == []


@pytest.mark.parametrize("value", ["wordpiece", "basic", "required"])
def test_a_word_may_be_a_kind_of_token(make_layer: MakeLayer, value: str) -> None:
    """`token: wordpiece` is no secret; as a password, a word may well be one."""
    assert list(of_layer(make_layer(f"token: {value}\n"))) == []


@pytest.mark.parametrize("value", ["true", "123456789", "[hunter, two]", "{a: b}", "null"])
def test_what_is_no_string_is_no_secret(make_layer: MakeLayer, value: str) -> None:
    """Numbers, booleans and what is inside of mappings under other keys are let pass."""
    assert list(of_layer(make_layer(f"token: {value}\n"))) == []


def test_items_of_a_list_are_judged_by_its_key(make_layer: MakeLayer) -> None:
    """A list of passwords is as bad as one."""
    [found] = of_layer(make_layer("password: [hunter22]\n"))
    assert found.path == ("password", 0)


def test_no_secret_of_a_line_is_shown(make_layer: MakeLayer) -> None:
    """A line with two secrets shows neither in the excerpt of the other; what stands before is still seen."""
    layer = make_layer("db: {user: loader, password: hunter22, token: 8f14e45fceea167a}\n")
    found = list(of_layer(layer))
    shown = text(found)
    assert "hunter22" not in shown
    assert "8f14e45f" not in shown
    assert "db: {user: loader, password: ****\n" in shown
    assert "db: {user: loader, password: ********, token: 8f14****\n" in shown


def test_a_secret_of_several_lines_is_hidden_on_each(make_layer: MakeLayer) -> None:
    """A quoted text that goes on in a line where another secret stands."""
    layer = make_layer('a: {password: "hunter22\\\n  hunter33", token: 8f14e45fceea167a}\n')
    shown = text(of_layer(layer))
    assert "hunter" not in shown
    assert "8f14e45f" not in shown


def test_a_block_is_hidden(make_layer: MakeLayer) -> None:
    """A private key as YAML writes one."""
    block = "".join(f"  {line}\n" for line in _PEM.format("", "").splitlines())
    [found] = of_layer(make_layer(f"key: |\n{block}"))
    assert str(found.location) == "settings.yaml:1:6"
    assert "MIIE" not in text([found])
    assert "BEGIN" not in text([found])


def test_an_aliased_secret_is_shown_nowhere(make_layer: MakeLayer) -> None:
    """Anchor and alias are findings, and show nothing."""
    found = list(of_layer(make_layer("a: {password: &p hunter22}\nb: {password: *p}\n")))
    assert [str(item.location) for item in found] == ["settings.yaml:1:15", "settings.yaml:2:15"]
    assert "hunter22" not in text(found)


def test_a_source_without_positions(make_layer: MakeLayer) -> None:
    """Where no line is known, none is shown."""
    [found] = of_layer(Layer(Source("given", "hunter22"), make_layer("password: hunter22\n").tree))
    assert found.location == Location("given")

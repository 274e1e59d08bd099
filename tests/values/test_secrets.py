"""What may be a secret is masked; what surely is one is a finding. The first is broad, the second is strict."""

from __future__ import annotations

from base64 import b64encode

import pytest

from typedflow.values import is_masked, masked, masked_leaves, masked_tree, secret_kind_at, without_secrets

# Put together, so that nobody's scanner takes this file for a leak.
_BODY = "aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC2dE4fG6hJ8kL0mN2pQ4rS6tU8vW0xY2zA4"
_HEX = "0f1e2d3c4b5a69788796a5b4c3d2e1f0" * 2

HOLDS = [
    *("password", "DB_PASSWORD", "dbPassword", "db_password_prod", "password2", "mysqlpwd", "passwd", "ssh-passphrase"),
    *("pasword", "passwrod", "secert", "user_passwords"),
    *("PassWord", "pass_word", "DBPASSWORD", "db_pass", "smtpPass"),
    *("secret", "client_secret", "clientSecretProd", "SECRET_VALUE", "secret_id_rotated"),
    *(
        "api_key",
        "openai_api_key",
        "apiKey",
        "apikey",
        "API-Key-prod",
        "aws_secret_access_key",
        "accessKey",
        "private_key",
    ),
    *("token", "auth_token", "slackBotToken", "access-token-2", "hf_token", "GITHUB_TOKEN"),
]
HOLDS_NONE = [
    *("max_token", "num_tokens", "pad_token", "eos_token", "bos_token", "mask_token", "special_token", "tokens"),
    *("primary_key", "sort_key", "partition_key", "foreign_key", "key", "special_api_key", "max_auth_token", "keys"),
    *("secret_name", "password_file", "token_path", "api_key_env", "token_url", "secret_ref", "secret_arn", "key_id"),
    *("access_key_id", "token_type", "secret_count", "existing_secret", "tokenizer", "secretary", "passed", "secrets"),
    *("pass", "first_pass", "low_pass", "bypass"),
]


@pytest.mark.parametrize("key", HOLDS)
def test_a_key_says_that_it_holds_a_secret(key: str) -> None:
    """Its words do, with any prefix and suffix, in any style, also misspelt."""
    assert is_masked(("a", key), "x7!")
    assert is_masked(("a", key, 0), "hunter22")


@pytest.mark.parametrize("key", HOLDS_NONE)
def test_a_key_only_resembles_one_that_does(key: str) -> None:
    """Tokens of texts, keys of tables, and what says something about a secret."""
    assert not is_masked((key,), "x7!")


NUMBERS = {"password": True, "db_pwd": True, "passphrase_prod": True, "api_key": False, "token": False, "secret": False}
NUMBERS |= {"password_length": False, "max_password_age": False, "password_retries": False, "password_count": False}


@pytest.mark.parametrize(("key", "is_one"), NUMBERS.items())
def test_a_number_is_a_password_alone(key: str, is_one: bool) -> None:  # noqa: FBT001 # of a table
    """A number under another key is a count or a limit; a boolean is never a secret."""
    assert is_masked((key,), 123456) is is_one
    assert is_masked((key,), 0.5) is is_one
    assert not is_masked((key,), value=True)
    assert not is_masked((key,), None)
    assert secret_kind_at((key,), 123456) == ""


SHOWN = [
    *("", "  ", "${DB_PASSWORD}", "${{ secrets.DB }}", "$DB_PASSWORD", "$(DB_PASSWORD)", "{{ db_password }}", "%(pw)s"),
    *("arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-x1Y2z3", "vault:kv/data/db#password", "env:DB_PW"),
    *("op://vault/item/password", "projects/p1/secrets/db/versions/latest", "/run/secrets/db", "~/.ssh/id_rsa"),
    *("team/db-password", "db-password", "prod.db.password2", "DB_PASSWORD", "HF_TOKEN", "my-secret", "password"),
    *(
        "changeme",
        "change-me-please",
        "your-password-here",
        "<your password>",
        "********",
        "xxxx-xxxx",
        "REDACTED",
        "none",
    ),
]
HIDDEN = [
    *("a", "hunter", "correct horse battery staple", "correct-horse-battery", "!Sup3rS3cret", "@dmin123", "#Secret1"),
    *("$ecret!pass", "password123", "$ecret123", "hun/ter", "/hunter2", "pass:word1"),
    *(
        "Secret1",
        "hiddenTreasure9",
        "examplePa55",
        "hunter:22",
        "kX9s/8dfj2Qq",
        "12345678",
        "Tr0ub4dor&3",
        "a/b+c9==",
    ),
]


@pytest.mark.parametrize("value", SHOWN)
def test_a_way_to_a_secret_is_shown(value: str) -> None:
    """References, names of secrets, paths and placeholders: else the advice of the finding could not be followed."""
    assert not is_masked(("password",), value)
    assert secret_kind_at(("password",), value) == ""


@pytest.mark.parametrize("value", HIDDEN)
def test_what_may_be_one_is_hidden(value: str) -> None:
    """Short ones, prose and what begins as a template does are no findings, and are not shown either."""
    assert is_masked(("password",), value)


@pytest.mark.parametrize("value", ["wordpiece", "basic", "my-release-db", "Bearer"])
def test_a_word_is_shown_under_other_keys(value: str) -> None:
    """A kind of token, the name of a secret."""
    assert not is_masked(("token",), value)
    assert not is_masked(("secret",), value)


FORMS = {
    "hf_" + "aBcDeFgHiJkLmNoPqRsTuVwXyZaBcDeFgH": "a Hugging Face token",
    "dapi" + _HEX[:32]: "a Databricks token",
    "SG." + _BODY[:22] + "." + _BODY[:43]: "a SendGrid key",
    "dop_v1_" + _HEX: "a DigitalOcean token",
    "dckr_pat_" + _BODY[:27]: "a Docker Hub token",
    "hvs." + _BODY[:30]: "a Vault token",
    "aBcDeFgHiJkLmN" + ".atlasv1." + _BODY: "a Terraform token",
    "AccountName=a;AccountKey=" + _BODY + "aB3dE5gH7jK9mN1pQ3sT56==": "an Azure storage key",
    "123456789" + ":AA" + _BODY[:33]: "a Telegram token",
    "shpat_" + _HEX[:32]: "a Shopify token",
    "cfut_" + _BODY[:48]: "a Cloudflare token",
    "https://discord.com/api/webhooks/" + "223456789012345670/" + _BODY: "a Discord webhook",
    "jdbc:postgresql://db/prod?user=a&password=" + "hunter22": "a connection string with a password",
    "jdbc:sqlserver://db;user=a;password={" + "hunter22};encrypt=true": "a connection string with a password",
    "Server=db;User Id=a;Pwd=" + "hunter22;": "a connection string with a password",
    "host=db user=a password='" + "hunter22' dbname=b": "a connection string with a password",
    "jdbc:oracle:thin:scott/" + "hunter22@db:1521/x": "a URL with a password",
    "root:" + "hunter22@tcp(db:3306)/prod": "a URL with a password",
    "postgres://u:" + "pa/ss9@h/db": "a URL with a password",
    "redis://:" + "p#a?s9@h:6379/0": "a URL with a password",
    "amqp://u:" + "p@ss9word@h": "a URL with a password",
    "Authorization: Basic " + b64encode(b"ann:hunter22").decode(): "basic authorization",
}
NO_FORMS = [
    *("http://host:8080/a@b", "https://host/a:b@c", "docker://ubuntu:22.04@sha256:0123abcd", "git@github.com:a/b.git"),
    *("hdfs://one:8020,two:8020/@x", "postgresql://DB_USER:DB_PASSWORD@DB_HOST:DB_PORT/x", "hf_model_name", "SK"),
    *("--db_password=$(DB_PASSWORD)", "jdbc:postgresql://db/x?user=a&password=${PASSWORD}", "Basic Regression", "dapi"),
    *("basic YWJjZGVmZ2hpamts", "password=", "the password: ask Ann", "user=a password=<password>", "ssh://git@host/a"),
]


@pytest.mark.parametrize(("value", "kind"), FORMS.items(), ids=range(len(FORMS)))
def test_a_secret_is_known_by_its_form(value: str, kind: str) -> None:
    """Whatever the key is."""
    assert secret_kind_at(("a",), value) == kind
    assert is_masked(("a",), value)


@pytest.mark.parametrize("value", NO_FORMS)
def test_what_only_looks_like_one(value: str) -> None:
    """Ports, digests, templates and words are shown."""
    assert secret_kind_at(("a",), value) == ""
    assert not is_masked(("a",), value)


@pytest.mark.parametrize("value", ["--password=hunter22", "Bearer " + _BODY, "https://" + _BODY[:40] + "@host/x"])
def test_what_may_be_one_by_its_form(value: str) -> None:
    """Not every such text is one: it is hidden, and no finding."""
    assert is_masked(("a",), value)
    assert secret_kind_at(("a",), value) == ""


def test_a_generated_secret_is_found_under_any_such_key() -> None:
    """With a prefix, a value must look generated to be a finding; a word is masked alone."""
    assert secret_kind_at(("smtp_password",), _BODY[:24]) == "a literal smtp_password"
    assert secret_kind_at(("smtp_password",), "hunter22") == ""
    assert is_masked(("smtp_password",), "hunter22")


def test_a_tree() -> None:
    """Masked are leaves, those below a key of passwords included; a project may declare some to be public."""
    tree = {"db": {"user": "a", "password": "hunter22"}, "passwords": {"ann": "blubb"}, "password": {"value": "x"}}
    found = masked_leaves(tree)
    assert found == [("db", "password"), ("passwords", "ann"), ("password", "value")]
    assert masked_tree(tree, found)["db"] == {"user": "a", "password": "****"}
    assert masked_leaves(tree, public=["db.*", "password*"]) == []
    assert masked_leaves("hunter22", ("db", "password")) == [("db", "password")]


def test_a_name_beside_a_value() -> None:
    """A mapping may give the name of its value, as an environment does; items of a list are named alike."""
    tree = {
        "env": [{"name": "DB_PASSWORD", "value": "x7!"}, {"name": "HOST", "value": "h"}, {"key": "pwd", "value": [1]}]
    }
    assert masked_leaves(tree) == [("env", 0, "value"), ("env", 2, "value", 0)]
    assert masked_leaves(tree, public=["env*"]) == []
    assert masked_leaves({"name": "password-strength", "data": "a.csv"}) == []
    assert masked_leaves({"name": "How a password ages", "value": "slowly"}) == []


@pytest.mark.parametrize("key", ["password_loss", "passwordError", "pwd-accuracy", "password.rate", "password_ratio"])
def test_a_result_is_no_password(key: str) -> None:
    """What a model of passwords achieves is a number that says nothing of one."""
    assert not is_masked((key,), 0.5)
    assert is_masked((key,), "hunter22")


def test_what_a_mask_shows() -> None:
    """The beginning of a long text, nothing of a short one or of a number."""
    assert [masked("hunter22"), masked(1234567890123456789), masked("hunter22" * 2)] == ["****", "****", "hunt****"]


def test_a_short_secret_is_masked_where_it_is_quoted() -> None:
    """It is a part of other words too often to be masked everywhere."""
    assert without_secrets("a `ab` and 'ab' about", ["ab", ""]) == "a `****` and '****' about"

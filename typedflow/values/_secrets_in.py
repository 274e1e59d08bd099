"""Secrets within a text, whatever its key: tokens, passwords of URLs and connection strings, authorization."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from typedflow.values._token_forms import tokens_in

# The expressions are texts, which are compiled when they are first used: most settings need few of them.
#: What is before `@` in a URL, up to the last one. What is before the first slash is a port where it is a number, and
#: then the rest is a path; else a slash is the password's (RFC 3986 wants it escaped, and databases' drivers do not).
_USER_INFO = (
    r"(?<=://)(?P<user>[^\s/?#:@\"'<>]{0,200}):(?!\d{0,5}(?:[/?#,]|$))(?P<password>[^\s\"'<>]{1,300})@(?=[^\s/?#@])"
    r"(?!sha\d{3}:)"
)
_USER_ALONE = r"(?<=://)(?P<password>[A-Za-z0-9_-]{20,300})@(?=[^\s/?#@])"
#: A password in what connects to a database: JDBC, ADO.NET, libpq, a query of a URL.
_SETTING = (
    r"(?i)(?<![A-Za-z])(?:password|passwd|pwd|passphrase|sslpassword|secret_?access_?key)\s{0,3}=\s{0,3}"
    r"(?P<password>\$?\$\([^)]{0,300}\)|\$?\{[^}]{1,300}\}|\"[^\"]{1,300}\"|'[^']{1,300}'|[^\s;&\"',)]{1,300})"
)
_CONNECTION = (
    r"(?i)jdbc:|(?<![A-Za-z])(?:host|hostaddr|server|data source|addr|address|endpoint|database|dbname|user|uid|"
    r"user id)\s{0,3}="
)
_JDBC_THIN = r"jdbc:oracle:\w{1,10}:[^\s/@]{1,100}/(?P<password>[^\s@]{1,200})@"
_DRIVER = r"(?<![^\s\"'=(,])[\w.-]{1,100}:(?P<password>[^\s@/:]{1,200})@(?:tcp|unix)\("
_AUTHORIZATION = r"(?i)\b(?:(?P<basic>basic)|bearer)\s{1,9}(?P<password>[A-Za-z0-9._~+/=-]{8,4000})"


class Secret(NamedTuple):
    """A secret in a text, and where; ``is_sure``: it is one beyond doubt, and no placeholder."""

    kind: str
    start: int
    end: int
    is_sure: bool


def secrets_in(text: str) -> Iterator[Secret]:
    """Yield the secrets in a text that are known by their form."""
    for kind, start, end in tokens_in(text):
        yield Secret(kind, start, end, is_sure=True)
    if "@" in text:
        yield from _in_urls(text)
    if "=" in text:
        yield from _in_connections(text)
    if " " in text:
        yield from _in_authorizations(text)


def _in_urls(text: str) -> Iterator[Secret]:
    from typedflow.values._secret_texts import is_placeholder, is_public, stands_for_one

    if ":" not in text:
        return
    for match in chain(re.finditer(_USER_INFO, text), re.finditer(_JDBC_THIN, text), re.finditer(_DRIVER, text)):
        password = match["password"]
        if not stands_for_one(password):
            is_sure = len(password) > 1 and not is_placeholder(password)
            yield Secret("a URL with a password", *match.span("password"), is_sure)
    for match in re.finditer(_USER_ALONE, text) if "://" in text else ():
        if not is_public(match["password"], is_name=True):
            yield Secret("a URL with a token", *match.span("password"), is_sure=False)


def _in_connections(text: str) -> Iterator[Secret]:
    from typedflow.values._secret_texts import is_literal, is_public

    is_connection = None
    for match in re.finditer(_SETTING, text):
        password = match["password"].strip("{}\"'")
        if is_public(password if match["password"][0] in "{\"'" else match["password"], is_name=False):
            continue
        if is_connection is None:
            is_connection = re.search(_CONNECTION, text) is not None
        is_sure = is_connection and is_literal(password, is_name=False)
        yield Secret("a connection string with a password", *match.span("password"), is_sure)


def _in_authorizations(text: str) -> Iterator[Secret]:
    for match in re.finditer(_AUTHORIZATION, text):
        from typedflow.values._secret_texts import is_public

        token = match["password"]
        if match["basic"]:
            if _is_pair(token):
                yield Secret("basic authorization", *match.span("password"), is_sure=True)
        elif len(token) >= 16 and not is_public(token, is_name=True):  # noqa: PLR2004 # shorter words are prose
            yield Secret("a bearer token", *match.span("password"), is_sure=False)


def _is_pair(token: str) -> bool:
    """Return whether a token is the Base64 of a user and a password (RFC 7617)."""
    from typedflow.values._secret_texts import is_public

    try:
        user, colon, password = b64decode(token + "=" * (-len(token) % 4), validate=True).decode().partition(":")
    except ValueError:
        return False
    return bool(colon and password and (user + password).isprintable()) and not is_public(password, is_name=False)

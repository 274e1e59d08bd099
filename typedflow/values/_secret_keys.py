"""Which keys hold secrets, as far as their words say so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from typedflow.values._typos import is_near

#: The words of a key: `dbPassword`, `DB_PASSWORD` and `db-password` have the same.
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")

_LONG = ("password", "passphrase")
_PASSWORD = ("password", "passwd", "pwd", "passphrase", "passwords")
#: With one of these, `pass` is a password.
_LOGINS = frozenset(
    {
        "db",
        "database",
        "user",
        "login",
        "admin",
        "root",
        "mysql",
        "postgres",
        "pg",
        "redis",
        "smtp",
        "mail",
        "ftp",
        "proxy",
    }
)
#: Words before `key` and `token`, by which they are those of an account; also in one word, as in `apikey`.
_KEYS = frozenset({"api", "access", "private", "encryption", "signing", "account"})
_TOKENS = frozenset(
    {
        *("api", "auth", "access", "refresh", "bearer", "bot", "session", "security", "oauth", "personal"),
        *("deploy", "vault"),
        *(
            "hf",
            "huggingface",
            "github",
            "gh",
            "gitlab",
            "slack",
            "wandb",
            "npm",
            "pypi",
            "telegram",
            "discord",
            "vault",
        ),
    }
)
_COMPACT = (*(f"{word}{ending}" for ending in ("key", "keys") for word in _KEYS), *(f"{word}token" for word in _TOKENS))
#: With one of these, a token is a token of a text, and a key one of a table.
_OTHERS = frozenset({"max", "num", "pad", "eos", "bos", "mask", "special", "primary", "sort", "partition", "foreign"})
#: With one of these, a secret is named, as Kubernetes' objects are.
_REFERRING = frozenset({"existing", "pull"})
#: A key that ends so does not hold the secret, but says something about it.
_ENDINGS = frozenset({"name", "path", "file", "env", "url", "ref", "arn", "id", "type", "count"})
_ENDINGS |= {f"{word}s" for word in _ENDINGS} | {"dir", "uri", "var", "field", "selector"}
#: What a mapping calls the value itself.
_VALUES = frozenset({"value", "default", "plain", "plaintext", "literal", "data", "text"})
#: What a mapping calls the name of the value in it.
_NAMES = frozenset({"name", "key", "Name", "Key"})
#: With one of these, a number under a key is a measure of passwords.
_MEASURES = frozenset(
    {
        *("length", "len", "size", "min", "max", "minimum", "maximum", "num", "number", "limit", "total", "index"),
        *(
            "days",
            "hours",
            "minutes",
            "seconds",
            "timeout",
            "ttl",
            "age",
            "expiry",
            "expiration",
            "expires",
            "interval",
        ),
        *(
            "retries",
            "attempts",
            "tries",
            "history",
            "rounds",
            "iterations",
            "cost",
            "bits",
            "bytes",
            "version",
            "port",
        ),
        *("loss", "losses", "error", "errors", "accuracy", "precision", "recall", "rate", "ratio", "scores"),
        *("mean", "std", "weight", "probability", "threshold"),
        *("interval", "version", "chars", "characters", "digits", "letters", "strength", "score", "policy", "rotation"),
    }
)


@lru_cache(maxsize=4096)
def secret_word(key: str) -> str:
    """Return what a key's words say that its value is: `password`, `secret`, `key`, `token`, or nothing."""
    words = _words(key)
    if not words or words[-1] in _ENDINGS:
        return ""
    if words[-1] == "pass" and _LOGINS.intersection(words):
        return "password"
    if any(word.endswith(_PASSWORD) or _is_misspelt(word, _LONG) for word in words):
        return "password"
    if any(word.endswith("secret") or _is_misspelt(word, ("secret",)) for word in words):
        return "" if _REFERRING.intersection(words) else "secret"
    return "" if _OTHERS.intersection(words) else _of_account(words)


def _is_misspelt(word: str, known: Iterable[str]) -> bool:
    """Return whether a word is a known one with a letter more, less, exchanged or swapped."""
    ends = [each for each in known if (each[0], each[-1]) == (word[0], word[-1])]
    return any(is_near(word, each, 1) for each in ends)


def _words(key: str) -> tuple[str, ...]:
    """Return the words of a key in lower case; `PassWord` is one."""
    text = "_".join(_WORD.findall(key)).lower()
    for end in ("word", "wd", "phrase"):
        text = text.replace(f"pass_{end}", f"pass{end}")
    return tuple(filter(None, text.split("_")))


def is_below_password(above: str, key: str) -> bool:
    """Return whether a key is one of several passwords, or calls the value of one: `passwords: {ann: ...}`."""
    words = _words(above)
    return secret_word(above) == "password" and (words[-1] == "passwords" or key.lower() in _VALUES)


def is_named(key: object) -> bool:
    """Return whether a key beside it may name its value: `{name: PASSWORD, value: ...}`."""
    return isinstance(key, str) and key.lower() == "value"


def name_in(tree: Mapping[Any, Any]) -> str:
    """Return the name that a mapping gives to the value in it, or nothing."""
    names = (item for key, item in tree.items() if key in _NAMES and isinstance(item, str))
    return next(filter(re.compile(r"[\w.-]+").fullmatch, names), "")


def _of_account(words: tuple[str, ...]) -> str:
    """Return `key` or `token` where words say that it is one of an account."""
    for before, word in zip(("", *words), words, strict=False):
        if word.endswith(_COMPACT) or (word in {"key", "keys"} and before in _KEYS):
            return "token" if word.endswith("token") else "key"
        if word == "token" and (before in _TOKENS or len(words) == 1):
            return "token"
    return ""


@lru_cache(maxsize=1024)
def is_measure(key: str) -> bool:
    """Return whether a number under a key is no password, but a length, a limit or a time."""
    return not _MEASURES.isdisjoint(word.lower() for word in _WORD.findall(key))

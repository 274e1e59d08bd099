"""Which texts, under a key that is named for secrets, are no secrets: names of them, references, paths, placeholders.

``is_literal`` answers for a finding: in doubt it is none. ``is_public`` answers for what may be shown: in doubt not.
"""

from __future__ import annotations

import re

_SHORTEST = 6
# Texts, which are compiled when they are first used: most commands need few of these.
_PLACEHOLDER = (
    r"(?s)[$<{\[%(!&@#].*|.*(?:\$\{|\{\{|<[\w -]{1,80}>|\.\.\.|…).*|(.)\1*|"
    r"(?i:.*(?:change|replace|insert|fill)[-_ ]?(?:me|this|it|in).*|your[-_ ].*|(?:my[-_ ]?)?(?:pass|password|passwd|"
    r"secret|token|apikey|api[-_]key|pwd)|.*(?:example|placeholder|redacted|dummy|sample|masked|hidden).*|"
    r"none|null|unset|empty|default|optional|required|enabled|disabled|unknown|prompt|keyring|keychain|todo.*|x[-_x]*)"
)
_REFERENCE = r"(?s)[A-Za-z][A-Za-z0-9+.-]*:.*"
_PATH = r"~?\.{0,2}/.*|[A-Za-z_][\w.-]*(?:/[\w.-]+)+/?|[\w-]+\.(?:json|pem|key|txt|ya?ml|toml|env)"
_NAME = r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[A-Za-z]+\d{0,2}(?:[-_.][A-Za-z]+\d{0,2})+"

#: What a template, a shell or a tool for secrets puts a value in for; the whole text is that.
_TEMPLATE = (
    r"\$\{[^{}]*\}|\$\{\{[^{}]*\}\}|\$?\$\([^()]*\)|\$[A-Z_][A-Z0-9_]*|\$[a-z]+(?:_[a-z]+)+|"
    r"\{\{[^{}]*\}\}|\{[A-Za-z_][\w.]*\}|%\([A-Za-z_]\w*\)s|%[A-Z_]+%|"
    r"<[A-Za-z][\w -]*>|\[[A-Za-z][\w -]*\]|ENC\[[^\]]*\]|ENC\([^()]*\)"
)
_STORED = (
    r"(?s)(?:arn|vault|secrets?|env|file|sm|ssm|sops|gcp|gcpsm|aws|awssm|azure|kv|keyvault|akv|op|bws|doppler|k8s|kubernetes|"
    r"ref|ref\+\w+|keyring|keychain|projects|resolve|data|https?|s3|gs)(?::(?![\s]).*|://.*)"
)
_WORD = r"(?:[A-Z]?[a-z]+|[A-Z]+)(?:[A-Z][a-z]+){0,4}\d{0,4}"
_WORDS = rf"{_WORD}(?:[-_.]{_WORD})*"
_WAY = rf"(?:~|\.{{1,2}})?/?\.?{_WORD}(?:[-_./]{{1,2}}{_WORD})*/?"
_VARIABLE = r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+"
_FILLER = r"(.)\1{2,}|[xX]{2,}(?:[-_][xX]{2,})*|[-_.*?…]+"
_VERSION = r"[\^~<>=]{1,2}\d+(?:\.\d+)*"
_PARTS = r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^A-Za-z0-9\s_.<>-]+"
#: Words of placeholders, and of names of secrets.
_SAID = frozenset(
    {
        *("example", "placeholder", "redacted", "dummy", "sample", "masked", "hidden", "your", "my", "the", "to"),
        *("change", "changeme", "replace", "insert", "fill", "me", "this", "it", "in", "here", "with", "todo", "tbd"),
        *(
            "none",
            "null",
            "unset",
            "empty",
            "default",
            "optional",
            "required",
            "unknown",
            "prompt",
            "keyring",
            "keychain",
        ),
        *("enabled", "disabled", "auto", "fake", "value", "xxx", "real", "set", "be", "please", "secure"),
        *("keychain", "before", "use", "deploy", "deployment", "actual", "strong", "some", "dot"),
        *("string", "str", "int", "integer", "text", "bytes", "any", "true", "false", "on", "off", "yes", "no"),
    }
)
_NAMED = frozenset(
    {"password", "passwd", "pass", "pwd", "passphrase", "secret", "secrets", "token", "tokens", "key", "keys", "apikey"}
    | {"api", "access", "private", "cred", "creds", "credential", "credentials", "cert", "auth", "login"}
)


def is_literal(value: str, *, is_name: bool) -> bool:
    """Return whether a value is surely a secret rather than a way to one; ``is_name``: its key holds names, too."""
    is_word = value.isalpha() and (is_name or not _NAMED.isdisjoint(_words(value)))
    if len(value) < _SHORTEST or re.search(r"\s", value) or is_word:
        return False
    is_way = re.fullmatch(_REFERENCE, value) or re.fullmatch(_PATH, value) or re.fullmatch(_NAME, value)
    return not (is_placeholder(value) or is_way)


def is_placeholder(value: str) -> bool:
    """Return whether a value may stand for a secret that is put in later."""
    return re.fullmatch(_PLACEHOLDER, value) is not None


def is_strong(value: str) -> bool:
    """Return whether a text is as a generator of secrets makes it, and as no name, path, date or version is."""
    classes = (str.isdigit, str.islower, str.isupper)
    kinds = sum(any(map(kind, value)) for kind in classes)
    is_long = len(value) >= 20 and re.fullmatch(r"[A-Za-z0-9+/=_-]+", value) is not None  # noqa: PLR2004
    return is_long and kinds > 2 and not is_public(value, is_name=True) and is_literal(value, is_name=False)  # noqa: PLR2004


def is_public(value: str, *, is_name: bool) -> bool:
    """Return whether a value may be shown: it is surely no secret, but a way to one; ``is_name`` as above."""
    value = value.strip()
    if stands_for_one(value) or re.fullmatch(_STORED, value) or re.fullmatch(_VERSION, value):
        return True
    says_so = not _NAMED.isdisjoint(_words(value))
    if "/" in value and re.fullmatch(_WAY, value):
        return is_name or says_so or value[0] in "~." or value.count("/") > 1
    if re.fullmatch(_WORDS, value) is None:
        return False
    has_parts = re.search(r"[-_.]", value) is not None
    return has_parts or value.isalpha() if is_name else has_parts and says_so


def stands_for_one(value: str) -> bool:
    """Return whether a value is a template, or its words say that it is a placeholder."""
    words = _words(value)
    return not value or _is_filled_in(value) or (bool(words) and words <= _SAID | _NAMED)


def _is_filled_in(value: str) -> bool:
    found = re.fullmatch(_TEMPLATE, value) or re.fullmatch(_FILLER, value) or re.fullmatch(_VARIABLE, value)
    return found is not None


def _words(value: str) -> set[str]:
    return {part.lower() for part in re.findall(_PARTS, value)}

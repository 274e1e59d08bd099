"""What a secret looks like: tokens by their published form, and literal values of keys that are named for secrets.

A false alarm is worse than a miss here: names of secrets, references, placeholders and prose are let pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from typedflow.values._paths import KeyPath

_SHORTEST = 6
_SHOWN = 4

_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("a private key", r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----\s*[A-Za-z0-9+/=]{4}"),
        ("an AWS access key", r"(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Za-z0-9])"),
        ("a GitHub token", r"\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59})\b"),
        ("a GitLab token", r"\bgl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|soat|oas|ffct)-[A-Za-z0-9_.-]{20,}"),
        ("a Slack token", r"\bxox[abeoprs](?:\.xox[bp])?-[A-Za-z0-9-]{20,}|\bxapp-\d-[A-Za-z0-9-]{20,}"),
        ("a Slack webhook", r"https://hooks\.slack\.com/services/T[A-Z0-9]{7,}/B[A-Z0-9]{7,}/[A-Za-z0-9]{20,}"),
        ("a Stripe key", r"\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}|\bwhsec_[A-Za-z0-9]{24,}"),
        ("an OpenAI key", r"\bsk-(?:[A-Za-z]+-)?[A-Za-z0-9_-]{20,}T3BlbkFJ[A-Za-z0-9_-]{20,}"),
        ("an Anthropic key", r"\bsk-ant-[a-z]{3,}\d\d-[A-Za-z0-9_-]{40,}"),
        ("a Google key", r"\bAIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])|\bGOCSPX-[A-Za-z0-9_-]{28}(?![A-Za-z0-9_-])"),
        ("an npm token", r"\bnpm_[A-Za-z0-9]{36}\b"),
        ("a PyPI token", r"\bpypi-AgE[A-Za-z0-9_-]{50,}"),
        ("a JSON Web Token", r"\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{16,}"),
    )
)
#: A text without any of this has none of these forms: nearly all have none.
_SUSPECT = re.compile(
    r"[-/:@]|AKIA|ASIA|gh[pousr]_|github_pat_|[rs]k_|whsec_|AIza|npm_|eyJ",
)
_SHORTEST_TOKEN = 16
_DOCUMENTED = re.compile(r"EXAMPLE\b|example|([A-Za-z0-9])\1{9}|1234567890123456|(?i:xxxxxx)")
_URL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]{0,30}://[^\s/?#:@]*:(?P<password>[^\s/?#@]+)@[^\s/?#@]")

_KEY = re.compile(
    r"(?:db|database)?(?:password|passwd|pwd)|passphrase|(?:client|webhook)?secret|secret(?:access)?key|secrettoken|"
    r"(?:api|auth|access|refresh|bearer)?token|(?:api|access|private)key"
)
#: Keys whose value is a word often enough: a kind of token, the name of a secret.
_NAMES = frozenset({"secret", "token"})
_PLACEHOLDER = re.compile(
    r"[$<{\[%(!&@#].*|.*(?:\$\{|\{\{|<[\w -]+>|\.\.\.|…).*|(.)\1*|"
    r"(?i:.*(?:change|replace|insert|fill)[-_ ]?(?:me|this|it|in).*|your[-_ ].*|(?:my[-_ ]?)?(?:pass|password|passwd|"
    r"secret|token|apikey|api[-_]key|pwd)|.*(?:example|placeholder|redacted|dummy|sample|masked|hidden).*|"
    r"none|null|unset|empty|default|optional|required|enabled|disabled|unknown|prompt|keyring|keychain|todo.*|x+[-_x]*)",
    re.DOTALL,
)
_REFERENCE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:.*", re.DOTALL)
_PATH = re.compile(r"~?\.{0,2}/.*|[A-Za-z_][\w.-]*(?:/[\w.-]+)+/?|[\w-]+\.(?:json|pem|key|txt|ya?ml|toml|env)")
_NAME = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[A-Za-z]+\d{0,2}(?:[-_.][A-Za-z]+\d{0,2})+")


def secret_kind(key: str, value: str) -> str:
    """Give what kind of secret a value is under a key, as a message says it; empty where it is none."""
    for kind, form in _FORMS if len(value) >= _SHORTEST_TOKEN and _SUSPECT.search(value) else ():
        match = form.search(value)
        if match and not _DOCUMENTED.search(match[0]):
            return kind
    url = _URL.search(value) if "://" in value else None
    if url and len(url["password"]) > 1 and not _PLACEHOLDER.fullmatch(url["password"]):
        return "a URL with a password"
    name = re.sub(r"[\W_]", "", key).lower()
    if _KEY.fullmatch(name) and _is_literal(value, is_name=name in _NAMES):
        return f"a literal {key}"
    return ""


def secret_kind_at(path: KeyPath, value: object) -> str:
    """Give what kind of secret the value at a key path is; the items of a list are judged by its key."""
    key = next((step for step in reversed(path) if isinstance(step, str)), "")
    return secret_kind(key, value) if isinstance(value, str) else ""


def forms_in(text: str) -> Iterator[tuple[int, int]]:
    """Give where tokens of known form, and passwords in URLs, stand in a text."""
    for _, form in _FORMS:
        yield from (match.span() for match in form.finditer(text) if not _DOCUMENTED.search(match[0]))
    for match in _URL.finditer(text):
        if not _PLACEHOLDER.fullmatch(match["password"]):
            yield match.span("password")


def without_secrets(text: str, secrets: Iterable[str]) -> str:
    """Give a text in which some secrets are masked wherever it repeats them."""
    for secret in sorted(secrets, key=len, reverse=True):
        for written in (secret, repr(secret)[1:-1]):
            text = text.replace(written, masked(secret))
    return text


def _is_literal(value: str, *, is_name: bool) -> bool:
    """Tell whether a value is a secret rather than a way to one."""
    if len(value) < _SHORTEST or re.search(r"\s", value) or (is_name and value.isalpha()):
        return False
    return not any(form.fullmatch(value) for form in (_PLACEHOLDER, _REFERENCE, _PATH, _NAME))


def masked(value: str) -> str:
    """Give what may be shown of a secret: the beginning, of a long one."""
    shown = value[:_SHOWN] if len(value) >= _SHOWN * _SHOWN and value[:_SHOWN].isprintable() else ""
    return f"{shown}****"

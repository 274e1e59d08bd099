"""Secrets: recognized by the published form of a token, by a password in a text, by the name of their key.

A *finding* is strict, since a false alarm stops a deployment: names of secrets, references, placeholders and prose are
let pass. A *mask* is broad, since what was shown stays shown: only what surely is no secret is shown under such a key.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from functools import lru_cache
from itertools import islice, product
from typing import Any

from typedflow.values._paths import KeyPath, format_path
from typedflow.values._secret_keys import is_below_password, is_measure, is_named, name_in, secret_word
from typedflow.values._secrets_in import secrets_in

_SHOWN = 4
#: A shorter secret is a part of other words too often to be masked everywhere.
_SHORTEST = 4
#: A longer text is not remembered.
_LONG = 200
#: With any other key, a literal is a finding only where it cannot be anything else.
_KEY = re.compile(
    r"(?:db|database)?(?:password|passwd|pwd)|passphrase|(?:client|webhook)?secret|secret(?:access)?key|secrettoken|"
    r"(?:api|auth|access|refresh|bearer)?token|(?:api|access|private)key"
)


def secret_kind(key: str, value: str) -> str:
    """Return the kind of secret that a value surely is under a key, for a message; empty where it is not one."""
    found = next((item.kind for item in secrets_in(value) if item.is_sure), "")
    if found:
        return found
    from typedflow.values._secret_texts import is_literal, is_public, is_strong

    word = secret_word(key)
    if not word or is_public(value, is_name=word != "password"):
        return ""
    is_known = _KEY.fullmatch(re.sub(r"[\W_]", "", key).lower()) and is_literal(value, is_name=word != "password")
    return f"a literal {key}" if is_known or is_strong(value) else ""


def secret_kind_at(path: KeyPath, value: object) -> str:
    """Return the kind of secret that the value at a key path surely is; items of a list count under its key."""
    return secret_kind(_key(path), value) if isinstance(value, str) else ""


def is_masked(path: KeyPath, value: object, public: Sequence[str] = ()) -> bool:
    """Return whether the value at a key path must not be shown: it is a secret, or may well be one.

    ``public`` are globs of the key paths that a project declares public.
    """
    if is_declared_public(path, public):
        return False
    above, key = ("", "", *(step for step in path if isinstance(step, str)))[-2:]
    return is_masked_under(_deciding(above, key), value)


@lru_cache(maxsize=4096)
def _deciding(above: str, key: str) -> str:
    return above if is_below_password(above, key) else key


def is_declared_public(path: KeyPath, public: Sequence[str]) -> bool:
    """Return whether a project declares the value at a key path public."""
    return bool(public) and any(fnmatchcase(format_path(path), glob) for glob in public)


def is_masked_under(key: str, value: object) -> bool:
    """Return whether a value must not be shown under a key."""
    word = secret_word(key)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return word == "password" and not is_measure(key)
    if not isinstance(value, str):
        return False
    return (_is_short_masked if len(value) < _LONG else _is_text_masked)(word, value)


def _is_text_masked(word: str, value: str) -> bool:
    if word:
        from typedflow.values._secret_texts import is_public

        if not is_public(value, is_name=word != "password"):
            return True
    return any(secrets_in(value))


_is_short_masked = lru_cache(maxsize=16_384)(_is_text_masked)  # variants share most of their settings


def _only_name(path: KeyPath) -> tuple[str, ...]:
    return tuple(step for step in path[-1:] if isinstance(step, str))


def masked_leaves(
    tree: Any,
    base: KeyPath = (),
    public: Sequence[str] = (),
    names_at: Callable[[KeyPath], tuple[str, ...]] = _only_name,
) -> list[KeyPath]:
    """Return the key paths of a tree's leaves that must not be shown; ``base`` is that of the tree itself.

    ``names_at`` returns all names of what is at a key path: one of them is enough, for ``public`` as well. The text of
    a masked leaf is masked wherever else it is the whole value: a reference may have brought it there.
    """
    leaves = list(_labelled(tree, base))
    found = {
        path: value
        for path, value, label in leaves
        if _is_leaf_masked(path, value, label, names_at) and not _is_public_leaf(path, public, names_at)
    }
    texts = {value for value in found.values() if isinstance(value, str) and len(value) >= _SHORTEST}
    if not texts:
        return list(found)
    return [
        path
        for path, value, _ in leaves
        if path in found or (isinstance(value, str) and value in texts and not _is_public_leaf(path, public, names_at))
    ]


def _labelled(tree: Any, path: KeyPath, label: str = "") -> Iterator[tuple[KeyPath, Any, str]]:
    """Yield each leaf with its key path and the name that a key beside it gives: ``{name: PASSWORD, value: ...}``."""
    if isinstance(tree, dict) and tree:
        name = name_in(tree)
        for key, item in tree.items():
            yield from _labelled(item, (*path, key), name if name and is_named(key) else "")
    elif isinstance(tree, list) and tree:
        for index, item in enumerate(tree):
            yield from _labelled(item, (*path, index), label)
    else:
        yield path, tree, label


def _is_leaf_masked(path: KeyPath, value: object, label: str, names_at: Callable[[KeyPath], tuple[str, ...]]) -> bool:
    return any(is_masked_under(key, value) for key in _deciding_keys(path, label, names_at))


@lru_cache(maxsize=16_384)  # variants share most of their key paths
def _deciding_keys(path: KeyPath, label: str, names_at: Callable[[KeyPath], tuple[str, ...]]) -> tuple[str, ...]:
    """Return the keys that decide whether the leaf at a key path is masked."""
    named = (names for end in range(len(path), 0, -1) if (names := names_at(path[:end])))
    keys, above = (*islice(named, 2), ("",), ("",))[:2]
    keys = (*keys, label) if label else keys
    return tuple(dict.fromkeys(_deciding(over, key) for over in above for key in keys))


def _is_public_leaf(path: KeyPath, public: Sequence[str], names_at: Callable[[KeyPath], tuple[str, ...]]) -> bool:
    if not public:
        return False
    steps = [dict.fromkeys((step, *names_at(path[: index + 1]))) for index, step in enumerate(path)]
    return any(is_declared_public(each, public) for each in product(*steps))


def masked_tree(tree: Any, paths: Collection[KeyPath], base: KeyPath = ()) -> Any:
    """Return a tree in which the leaves at some key paths are masked."""
    if isinstance(tree, dict) and tree:
        return {key: masked_tree(item, paths, (*base, key)) for key, item in tree.items()}
    if isinstance(tree, list) and tree:
        return [masked_tree(item, paths, (*base, index)) for index, item in enumerate(tree)]
    return masked(tree) if base in paths else tree


def without_secrets(text: str, secrets: Iterable[str]) -> str:
    """Return a text in which some secrets are masked wherever it repeats them; short ones, where it quotes them."""
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        for written in (secret, repr(secret)[1:-1]):
            if len(secret) >= _SHORTEST:
                text = text.replace(written, masked(secret))
            for quote in "`'\"":
                text = text.replace(f"{quote}{written}{quote}", f"{quote}{masked(secret)}{quote}")
    return text


def masked(value: object) -> str:
    """Return what may be shown of a secret: the beginning, of a long text."""
    text = value if isinstance(value, str) else ""
    shown = text[:_SHOWN] if len(text) >= _SHOWN * _SHOWN and text[:_SHOWN].isprintable() else ""
    return f"{shown}****"


def _key(path: KeyPath) -> str:
    return next((step for step in reversed(path) if isinstance(step, str)), "")

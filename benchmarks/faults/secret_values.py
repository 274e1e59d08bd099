"""Secrets in plain text, of the forms that secret scanners know, in place of each text."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator

from benchmarks.faults._entries import entries
from benchmarks.faults._fault import Fault, Place
from benchmarks.faults._subject import Subject
from benchmarks.faults._text import replaced

_LETTERS = string.ascii_letters + string.digits


def faults(subject: Subject) -> Iterator[Fault]:
    """Return faults that replace every text of every settings file by a secret."""
    luck = random.Random(subject.name)  # noqa: S311 # not for security
    for file in subject.settings:
        for entry in entries(file, subject.files[file]):
            if isinstance(entry.value, str) and entry.key and entry.format:
                for what, secret in _secrets(luck).items():
                    text = replaced(entry.text, entry.at, f'"{secret}"')
                    place = Place(file, entry.value_line, entry.value_line)
                    yield Fault("secret", f"{what} as {entry.name}", {file: text}, (place,), is_silent=True)


def _secrets(luck: random.Random) -> dict[str, str]:
    """Return secrets of well-known forms; none is in this file literally, so that scanners do not report it."""

    def some(count: int, letters: str = _LETTERS) -> str:
        return "".join(luck.choices(letters, k=count))

    capitals = string.ascii_uppercase + "234567"
    return {
        "a key of AWS": "AK" + "IA" + some(16, capitals),
        "a token of GitHub": "gh" + "p_" + some(36),
        "a private key": "-----BEGIN RSA " + "PRIVATE KEY-----" + some(40),
        "a password in an address": "postgresql://admin:" + some(14) + "@db.example.com/sales",
    }

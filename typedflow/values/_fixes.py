"""Fixes: what mends a finding without a person, as a value. The edit of the file's text is made in ``check``."""

from dataclasses import dataclass

from typedflow.values._paths import KeyPath


@dataclass(frozen=True, slots=True)
class Fix:
    """What mends a finding in the file of its location.

    ``path`` is a key path of that file's own tree; the key gets the name ``replacement``, or is removed with its value
    where that is None. ``word`` is the misspelt word, empty where case, dashes and underscores alone differ: a key is
    not renamed where that is a word of its own, as only a check of the whole project can say.
    """

    path: KeyPath
    replacement: str | None = None
    word: str = ""

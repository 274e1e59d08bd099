"""Fixes of findings, as values; ``check`` edits the text of the file."""

from typing import NamedTuple

from typedflow.values._paths import KeyPath


class Fix(NamedTuple):
    """A change of one key that fixes a finding, in the file of its location.

    ``path`` is a key path of that file's own tree; the key gets the name ``replacement``, or is removed with its value
    where that is None. ``word`` is the misspelt word and ``meant`` the one in its place, both empty where case, dashes
    and underscores alone differ. Only a check of the whole project can tell that it is a typo: it knows the words of
    English and of all models.
    """

    path: KeyPath
    replacement: str | None = None
    word: str = ""
    meant: str = ""

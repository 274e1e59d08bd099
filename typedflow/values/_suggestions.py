"""Did-you-mean suggestions."""

from collections.abc import Collection, Iterable
from itertools import islice

_CUTOFF = 0.6


def closest(word: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate that was most likely meant, or None when none is close."""
    from difflib import get_close_matches  # every task loads this package, and hardly any misspells

    by_lower = _by_lower(candidates)
    found = get_close_matches(word.lower(), by_lower, n=1, cutoff=_CUTOFF)
    return get_close_matches(word, by_lower[found[0]], n=1, cutoff=0)[0] if found else None


def _by_lower(candidates: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for candidate in dict.fromkeys(candidates):
        found.setdefault(candidate.lower(), []).append(candidate)
    return found


def listed(names: Collection[str], most: int = 10) -> str:
    """Return names for a message: in backticks, and how many more there are."""
    shown = ", ".join(f"`{name}`" for name in islice(names, most))
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """Return ``did you mean `x`?`` for the closest candidate, or an empty string."""
    found = closest(word, candidates)
    return f"did you mean `{found}`?" if found else ""

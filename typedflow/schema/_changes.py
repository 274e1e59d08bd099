"""Changes: what differs between yesterday's schema and today's, and whom it hurts."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from typedflow.values import KeyPath, format_path

#: In a change's path: any item of a list, any value of a mapping.
ANY_KEY = "*"


class Kind(Enum):
    """How much a change hurts."""

    BREAKING = "breaking"
    RISKY = "risky"
    SAFE = "safe"


class Direction(Enum):
    """Who is hurt: yesterday's files under today's model, or yesterday's readers of what today's model writes."""

    FILES = "files"
    READERS = "readers"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference, as one direction sees it.

    ``path`` has ``"*"`` for any item of a list or mapping; ``keyword`` names what differs (``type``, ``minimum``,
    ``required``, ``default``, ...); ``old`` and ``new`` are plain values or phrases, None where there is none.
    """

    kind: Kind
    direction: Direction
    path: KeyPath
    keyword: str
    message: str
    old: Any = None
    new: Any = None
    hint: str = ""


def shown(path: KeyPath) -> str:
    """Return the text of a change's path: ``servers[*].port``."""
    marked = tuple("[*]" if key == ANY_KEY else key for key in path)
    return format_path(marked).replace('."[*]"', "[*]").replace('"[*]"', "[*]")

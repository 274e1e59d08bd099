"""Changes between an old and a new schema, and whom they affect."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from typedflow.values import KeyPath, format_path

#: In the path of a change: any item of a list, any value of a mapping.
ANY_KEY = "*"


class Kind(Enum):
    """How severe a change is."""

    BREAKING = "breaking"
    RISKY = "risky"
    SAFE = "safe"


class Direction(Enum):
    """Who is affected: existing files, read by the new model, or existing readers of what the new model writes."""

    FILES = "files"
    READERS = "readers"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference, for one direction.

    Shape: ``path`` has ``"*"`` for any item of a list or mapping; ``keyword`` names what differs (``type``,
    ``minimum``, ``required``, ``default``, ...); ``old`` and ``new`` are plain values or phrases, or None.
    """

    kind: Kind
    direction: Direction
    path: KeyPath
    keyword: str
    message: str
    old: Any = None
    new: Any = None
    hint: str = ""


def format_change_path(path: KeyPath) -> str:
    """Return the text of a change's path, such as ``servers[*].port``."""
    marked = tuple("[*]" if key == ANY_KEY else key for key in path)
    return format_path(marked).replace('."[*]"', "[*]").replace('"[*]"', "[*]")

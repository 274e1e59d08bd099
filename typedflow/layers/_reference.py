"""A reference: the place of a value that is taken from elsewhere in the merged tree."""

from __future__ import annotations

from dataclasses import dataclass

from typedflow.values import KeyPath, format_path


@dataclass(frozen=True, slots=True)
class Reference:
    """``{$ref: a.b}``: in a tree, until the tree is merged, it is a value that is neither a mapping nor a list."""

    path: KeyPath

    def __str__(self) -> str:
        """Return the text of the key path."""
        return format_path(self.path)

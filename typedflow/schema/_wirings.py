"""Which schema is for which files: what editors are told."""

from __future__ import annotations

from dataclasses import dataclass

from typedflow.parsing import FORMATS


@dataclass(frozen=True, slots=True)
class Wiring:
    """A schema and its files.

    Shape: paths are relative to the project's root, with forward slashes; ``stems`` are those of files without their
    suffixes, and may have a ``*``; ``formats`` are theirs.
    """

    name: str
    schema: str
    stems: tuple[str, ...]
    formats: tuple[str, ...] = tuple(dict.fromkeys(FORMATS.values()))

    def globs(self, form: str) -> list[str]:
        """Return the globs of the files of one format."""
        suffixes = [suffix for suffix, known in FORMATS.items() if known == form and form in self.formats]
        return [f"{stem}{suffix}" for stem in self.stems for suffix in suffixes]

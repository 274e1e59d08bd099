"""Maps schemas to the files that they are for, as editors are configured."""

from __future__ import annotations

from dataclasses import dataclass

from typedflow.parsing import FORMATS


@dataclass(frozen=True, slots=True)
class SchemaMapping:
    """A schema and its files.

    Shape: paths are relative to the project's root, with forward slashes; ``stems`` are paths of files without
    suffixes, and may have a ``*``; ``formats`` are the files' formats.
    """

    name: str
    schema: str
    stems: tuple[str, ...]
    formats: tuple[str, ...] = tuple(dict.fromkeys(FORMATS.values()))

    def globs(self, form: str) -> list[str]:
        """Return the globs for files of one format."""
        suffixes = [suffix for suffix, known in FORMATS.items() if known == form and form in self.formats]
        return [f"{stem}{suffix}" for stem in self.stems for suffix in suffixes]

"""The files that settings include: ``$include: groups/model/ridge.yaml``, and ``--set model=@ridge``."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from typedflow.layers import bad_directive
from typedflow.parsing import FORMATS, format_of, parse
from typedflow.project._allowed_directories import leads_outside, outside, places_within
from typedflow.values import Diagnostic, KeyPath, Location, Source, TypedflowError, closest, listed
from typedflow.workspace import bad_option, display_name, entries_in, is_folder, missing_file, read_source

GROUPS = "groups"
_SUFFIXES = ", ".join(f"`{suffix}`" for suffix in FORMATS)


class IncludedFiles:
    """The files of a directory, and of those that a manifest allows, that the settings there can include."""

    def __init__(self, directory: Path, root: Path | None = None, allowed: Sequence[str] = ()) -> None:
        """``allowed`` is relative to the project's ``root``, and so are the names of files in findings."""
        self._directory = directory
        self._root = root
        self._places = [*places_within(directory, ()), *(places_within(root, allowed)[1:] if root else ())]
        self._parsed: dict[Path, tuple[Source, Any]] = {}

    def read(self, name: str, place: Location) -> tuple[Source, Any]:
        """Return the file with a name, parsed; ``place`` is that of the name, for what is wrong with it.

        A file is read each time, as a check records what each of its tasks reads; it is parsed if it has changed.

        Raises:
            TypedflowError: ``missing-file``; ``outside-project``; ``bad-directive`` for what cannot be the name of a
                settings file; the file's own errors.
        """
        file = self._file(name, place)
        try:
            source = read_source(file, self._root)
        except TypedflowError as error:
            if any(item.rule.name == "missing-file" for item in error.diagnostics):
                raise TypedflowError([self._missing(name, place)]) from None
            raise
        if source.format is None:
            message = f"`{name}` has no known format; supported suffixes: {_SUFFIXES}"
            raise TypedflowError([bad_directive(message, place, hint="rename the file, or include another one")])
        known = self._parsed.get(file)
        if known is None or known[0] != source:
            known = self._parsed[file] = source, parse(source)
        return known

    def member(self, path: KeyPath, name: str, place: Location) -> tuple[Source, Any]:
        """Return a file of the group of a field, by its name without a suffix: ``groups/model/ridge.yaml``.

        Raises:
            TypedflowError: ``bad-option``: there is no such file, or several; its own errors.
        """
        folder = PurePosixPath(GROUPS, *map(str, path))
        files = [each.path.name for each in entries_in(self._directory / folder) if format_of(each.path.name)]
        found = [file for file in files if name in {file, PurePosixPath(file).stem}]
        if len(found) == 1:
            return self.read(str(folder / found[0]), place)
        where = f"{self._name(folder)}/"
        if found:
            message, hint = f"`@{name}` may be {listed(found)} in {where}", f"write one of them: `@{found[0]}`"
            raise TypedflowError([bad_option(message, place, hint=hint)])
        stems = [PurePosixPath(file).stem for file in files]
        meant = closest(name, stems)
        hint = f"there is {listed([f'@{stem}' for stem in stems])}" if stems else f"create {where}{name}.yaml"
        label = f"did you mean `@{meant}`?" if meant else ""
        message = f"there is no file for `@{name}` in {where}"
        raise TypedflowError([bad_option(message, place, label=label, hint="" if meant else hint)])

    def _name(self, path: PurePosixPath) -> str:
        return display_name(self._directory / path, self._root)

    def _file(self, name: str, place: Location) -> Path:
        """Return the file with a name, which must be in one of the directories."""
        if PurePosixPath(name).is_absolute() or "\\" in name or "\0" in name:
            message = f"`{name}` is not a relative path with forward slashes"
            hint = "it is relative to the directory of the settings: `$include: groups/model/ridge.yaml`"
            raise TypedflowError([bad_directive(message, place, hint=hint)])
        file = Path(os.path.normpath(self._directory / name))
        if real := outside(file, self._places):
            raise TypedflowError([leads_outside(f"`{name}`", real, self._root, place, around=self._directory)])
        return file

    def _missing(self, name: str, place: Location) -> Diagnostic:
        """Return the finding for a file that does not exist, with the name of one that does."""
        path = PurePosixPath(name)
        while path.parent != path and not is_folder(self._directory / path.parent):
            path = path.parent
        names = [each.path.name for each in entries_in(self._directory / path.parent)]
        alike = [each for each in names if PurePosixPath(each).stem == path.name]
        meant = alike[0] if alike else closest(path.name, names)
        rest = PurePosixPath(name).relative_to(path)
        label = f"did you mean `{path.parent / meant / rest}`?" if meant else ""
        hint = f"create it, or include another one: there is {listed(names)}" if names else "create it"
        message = f"there is no file `{self._name(PurePosixPath(name))}`"
        return missing_file(message, place, label=label, hint="" if label else hint)

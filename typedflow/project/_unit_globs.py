"""Units that the manifest declares by globs of files: one for each file that has a unit of the kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePosixPath

from typedflow.project._allowed_directories import leads_outside, outside
from typedflow.project._kinds import KINDS, FindUnits, FoundUnits, SkippedFiles, Unit
from typedflow.project._shared_findings import bad_glob, not_text
from typedflow.project._unit_keys import is_name
from typedflow.project._unit_names import equal_names
from typedflow.values import Diagnostic, KeyPath, Location, Related, TypedflowError, format_path
from typedflow.workspace import as_text, glob_folder, is_folder, is_glob, is_text, matching_files

#: It makes a folder a package, so nobody expects a unit in it.
_PACKAGE_FILE = "__init__.py"
Place = Callable[[KeyPath], Location]
"""Returns the place of a key path in the manifest."""


def find_units(declared: Sequence[Unit], root: Path, places: Sequence[str], place: Place) -> FoundUnits:
    """Return a unit for each name that the manifest declares, and for each file with a unit that a glob matches.

    ``places`` are the directories that files may be in.

    Raises:
        TypedflowError: ``bad-glob``, ``outside-project`` or ``unreadable-file``, all of them.
    """
    finders = {name: kind.find_units(root) for name, kind in KINDS.items()}
    globs = {unit: _Glob(unit, root, place(unit.path)) for unit in declared if is_glob(unit.name)}
    problems: list[Diagnostic] = []
    for unit, glob in globs.items():
        try:
            glob.expand(finders[unit.kind], places, place((*unit.path, "file")))
        except TypedflowError as error:
            problems += error.diagnostics
    units = tuple(each for unit in declared for each in (globs[unit].units if unit in globs else [unit]))
    problems += equal_names(units, root, place)
    if problems:
        raise TypedflowError(problems)
    return FoundUnits(units, tuple(glob.files_without_unit for glob in globs.values() if glob.skipped))


class _Glob:
    """A glob of the manifest, its units, and the files that have none."""

    def __init__(self, declared: Unit, root: Path, here: Location) -> None:
        self._declared, self._root, self._here = declared, root, here
        self._kind = KINDS[declared.kind]
        self.units: list[Unit] = []
        self.skipped: list[str] = []

    @property
    def files_without_unit(self) -> SkippedFiles:
        return SkippedFiles(self._kind.name, self._declared.name, tuple(self.skipped))

    def expand(self, find: FindUnits, places: Sequence[str], place_of_file: Location) -> None:
        """Find the units.

        Raises:
            TypedflowError: what is wrong with the glob, or with its files.
        """
        glob = self._declared.name
        if self._declared.file != glob:
            message = f"`{format_path(self._declared.path)}` is a glob, and its entry has a `file`"
            hint = f"remove `file`: each file that matches is a {self._kind.name}"
            raise TypedflowError([bad_glob(message, place_of_file, hint=hint)])
        folder = self._root / glob_folder(glob)
        if real := outside(folder, places):
            raise TypedflowError([leads_outside(f"`{format_path(self._declared.path)}`", real, self._root, self._here)])
        names = matching_files(self._root, glob)
        if problems := [item for name in names for item in self._of_file(name, find, places)]:
            raise TypedflowError(problems)
        if not self.units:
            raise TypedflowError([self._nothing(names, folder)])

    def _of_file(self, name: str, find: FindUnits, places: Sequence[str]) -> Iterator[Diagnostic]:
        """Add the unit of a file, and yield what is wrong with it."""
        file, shown = self._root / name, as_text(name)
        found, stem = find(file), self._kind.name_of(PurePosixPath(name))
        if not found:
            self.skipped += [] if file.name == _PACKAGE_FILE else [shown]
            return
        noun = self._kind.name
        if not is_text(name):
            yield not_text(f"the name of the file `{shown}` is not UTF-8", self._here, hint="rename the file")
        elif real := outside(file, places):
            yield leads_outside(f"the link `{shown}`", real, self._root, self._here)
        elif len(found) > 1:
            matched = Related(f"the {noun} of each file is declared at", self._here)
            message = f"`{shown}` has {len(found)} {self._kind.table}, and a glob declares one for each file"
            hint = f"move each {noun} to its own file"
            yield bad_glob(message, found[1], hint=hint, related=(Related("the first is at", found[0]), matched))
        elif not is_name(stem) or file.name == _PACKAGE_FILE:
            message = f"`{shown}` has a {noun}, and `{as_text(stem)}` cannot be its name"
            hint = "rename the file: names have letters, digits, `_`, `.` and `-`, and do not begin with `.` or `-`"
            yield bad_glob(message, self._here, hint=hint)
        else:
            self.units.append(self._declared._replace(name=stem, file=name, glob=self._declared.name))

    def _nothing(self, names: Sequence[str], folder: Path) -> Diagnostic:
        glob = self._declared.name
        if names:
            message = f"none of the files that `{glob}` matches has a {self._kind.name}"
        elif is_folder(folder):
            message = f"no file matches `{glob}`"
        else:
            message = f"no file matches `{glob}`: there is no directory `{glob_folder(glob)}`"
        hint = "correct the glob, which is relative to the manifest, or remove the entry"
        return bad_glob(message, self._here, hint=hint)

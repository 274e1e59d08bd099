"""Read text files, and list folders."""

import contextlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from typedflow.parsing import MAX_BYTES, decode, format_of
from typedflow.values import Diagnostic, Location, Source, TypedflowError, did_you_mean
from typedflow.workspace._environment_variables import working_directory
from typedflow.workspace._paths import exists, is_file, is_folder, real_path
from typedflow.workspace._reading import NotRegularError, read_bytes
from typedflow.workspace._shared_findings import missing_file, unreadable_file

_DRAFTS: dict[Path, bytes] = {}


def set_drafts(texts: Mapping[str, str]) -> None:
    """Replace the texts of some files for this process, until it ends; nothing is written."""
    _DRAFTS.update({real_path(Path(name)): text.encode() for name, text in texts.items()})


@contextlib.contextmanager
def drafts(texts: Mapping[str, str]) -> Iterator[None]:
    """Replace the texts of some files for this process, by name; nothing is written."""
    set_drafts(texts)
    try:
        yield
    finally:
        _DRAFTS.clear()


def read_source(file: Path, root: Path | None = None, *, may_be_pipe: bool = False) -> Source:
    """Read a regular file as a source; its name is relative to the root if the file is below it.

    ``may_be_pipe``: the user has named the file, so whatever can be read is read.

    Raises:
        TypedflowError: ``missing-file``, ``unreadable-file``, ``not-text`` or ``too-large``.
    """
    name = display_name(file, root)
    try:
        data = read_bytes(file, MAX_BYTES, may_be_pipe=may_be_pipe)
    except (FileNotFoundError, NotADirectoryError):
        raise TypedflowError([_missing(file, name)]) from None
    except (OSError, ValueError) as error:  # a ValueError: the name has a NUL
        message = f"the file cannot be read: {getattr(error, 'strerror', None) or error}"
        hint = "a file is expected here" if isinstance(error, NotRegularError) else "check its permissions"
        raise TypedflowError([unreadable_file(message, Location(name), hint=hint)]) from None
    if _DRAFTS:
        data = _DRAFTS.get(real_path(file), data)
    return Source(name, decode(name, data), format_of(file.name), file=file)


class Entry(NamedTuple):
    """A name in a folder; a link to a file is a link and a file."""

    path: Path
    is_link: bool
    is_file: bool


def entries_in(folder: Path) -> list[Entry]:
    """Return what is in a folder, by name; nothing if there is no folder."""
    if not is_folder(folder):
        return []
    with os.scandir(folder) as entries:  # scandir knows the types, so that only links need another call
        return [_entry(folder / entry.name, entry) for entry in sorted(entries, key=lambda entry: entry.name)]


def _entry(path: Path, entry: os.DirEntry[str]) -> Entry:
    is_link = entry.is_symlink()
    return Entry(path, is_link, is_file(path) if is_link else entry.is_file(follow_symlinks=False))


def modules_in(folder: Path) -> list[str]:
    """Return the names of the Python modules and packages of a folder.

    Raises:
        OSError: the folder cannot be listed.
    """
    with os.scandir(folder) as entries:
        names = {entry.name: entry.is_dir() for entry in entries}
    packages = [name for name, is_dir in names.items() if is_dir and is_file(folder / name / "__init__.py")]
    return [*packages, *(name.removesuffix(".py") for name, is_dir in names.items() if name.endswith(".py"))]


def files_in(folder: Path) -> list[Path]:
    """Return the files of a folder by name, without those below it; nothing if there is no folder."""
    return [entry.path for entry in entries_in(folder) if entry.is_file]


def first_existing(*files: Path) -> Path:
    """Return the first of the paths that exists, or the first if none does."""
    return next((file for file in files if exists(file)), files[0])


def display_name(file: Path, root: Path | None) -> str:
    """Return the name to print for a file: relative to the root if the file is below it, with forward slashes."""
    if root is None:
        return str(file)
    below = str(file).removeprefix(f"{root}{os.sep}")
    if below != str(file):  # the usual case; a call of the file system costs as much as parsing a small file
        return below.replace(os.sep, "/")
    try:
        return real_path(file).relative_to(real_path(root)).as_posix()
    except ValueError:
        return str(file)


def from_here(file: Path) -> str:
    """Return a path as a user types it: relative if the file is below the working directory."""
    here = real_path(working_directory())
    return str(file.relative_to(here) if file.is_relative_to(here) else file)


def file_text(file: Path) -> str:
    """Return a file's text; empty if there is no file."""
    return read_bytes(file).decode(errors="replace") if is_file(file) else ""


def _missing(file: Path, name: str) -> Diagnostic:
    siblings = [entry.name for entry in file.parent.iterdir()] if is_folder(file.parent) else []
    label = did_you_mean(file.name, siblings)
    hint = "" if label else "create the file, or correct the path"
    return missing_file(f"the file `{name}` does not exist", Location(name), label=label, hint=hint)

"""Reading text files, and writing them so that nobody ever sees half of one."""

import contextlib
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, NamedTuple

from typedflow.parsing import MAX_BYTES, decode, format_of
from typedflow.values import RULES, Diagnostic, Location, Source, TypedflowError, did_you_mean
from typedflow.workspace._environment_variables import working_directory
from typedflow.workspace._paths import exists, is_file, is_folder, real_path
from typedflow.workspace._reading import NotRegularError, read_bytes
from typedflow.workspace._shared_findings import missing_file, unwritable_file

_DRAFTS: dict[Path, bytes] = {}


@contextlib.contextmanager
def drafts(texts: Mapping[str, str]) -> Iterator[None]:
    """Let this process read some files, by their names, as if they had other texts; nothing is written."""
    _DRAFTS.update({real_path(Path(name)): text.encode() for name, text in texts.items()})
    try:
        yield
    finally:
        _DRAFTS.clear()


def read_source(file: Path, root: Path | None = None, *, may_be_pipe: bool = False) -> Source:
    """Read a regular file as a source; its name is relative to the root where it lies below it.

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
        raise TypedflowError([Diagnostic(RULES["unreadable-file"], message, Location(name), hint=hint)]) from None
    if _DRAFTS:
        data = _DRAFTS.get(real_path(file), data)
    return Source(name, decode(name, data), format_of(file.name), file=file)


def is_there(path: Path) -> bool:
    """Tell whether there is anything of this name: a file, a directory, or a link that leads nowhere."""
    return os.path.lexists(path)


class Entry(NamedTuple):
    """A name in a folder; a link to a file is a link and a file."""

    path: Path
    is_link: bool
    is_file: bool


def entries_in(folder: Path) -> list[Entry]:
    """Return what is in a folder, by name; nothing where there is no folder."""
    if not is_folder(folder):
        return []
    with os.scandir(folder) as entries:  # which know what they are: of thousands of files, only links are looked at
        return [_entry(folder / entry.name, entry) for entry in sorted(entries, key=lambda entry: entry.name)]


def _entry(path: Path, entry: os.DirEntry[str]) -> Entry:
    is_link = entry.is_symlink()
    return Entry(path, is_link, is_file(path) if is_link else entry.is_file(follow_symlinks=False))


def files_in(folder: Path) -> list[Path]:
    """Return the files of a folder by name, without those below it; nothing where there is no folder."""
    return [entry.path for entry in entries_in(folder) if entry.is_file]


def ignored_directory(root: Path) -> Path:
    """Give the directory for what typedflow itself keeps in a project; git is told to ignore it.

    Raises:
        TypedflowError: ``unwritable-file``.
    """
    directory = root / ".typedflow"
    for folder in (directory, *(directory / name for name in ("compiled", "deployments", "fuzz"))):
        if folder.is_symlink() and not real_path(folder).is_relative_to(real_path(root)):
            message = f"`{folder.relative_to(root).as_posix()}` is a link that leads out of the project"
            hint = "remove the link; typedflow makes the directory"
            raise TypedflowError([unwritable_file(message, Location(str(folder)), hint=hint)])
    if not exists(directory / ".gitignore"):
        write_atomically(directory / ".gitignore", "*\n")
    return directory


def first_existing(*files: Path) -> Path:
    """Give the first of the paths that exists, or the first where none does."""
    return next((file for file in files if exists(file)), files[0])


def display_name(file: Path, root: Path | None) -> str:
    """Give the name that a file is printed with: relative to the root, with forward slashes, where it lies below it."""
    if root is None:
        return str(file)
    below = str(file).removeprefix(f"{root}{os.sep}")
    if below != str(file):  # the usual case; asking the file system costs as much as parsing a small file
        return below.replace(os.sep, "/")
    try:
        return real_path(file).relative_to(real_path(root)).as_posix()
    except ValueError:
        return str(file)


def from_here(file: Path) -> str:
    """Give a path as it is typed: relative where the file lies below the working directory."""
    here = real_path(working_directory())
    return str(file.relative_to(here) if file.is_relative_to(here) else file)


def write_atomically(file: Path, text: str) -> None:
    """Write a text file as a whole or not at all; another process sees the old content or the new.

    A file that was there keeps its permissions.

    Raises:
        TypedflowError: ``unwritable-file``; what was there before is still there.
    """
    from typedflow.workspace._temporary import temporary_file

    try:
        data = text.encode()
        with temporary_file(file.parent, _mode(file)) as (descriptor, temporary):
            with os.fdopen(descriptor, "wb", closefd=False) as stream:
                stream.write(data)
            os.fsync(descriptor)
            temporary.replace(file)
    except (OSError, UnicodeEncodeError) as error:  # the latter: a name in the text is not UTF-8
        raise unwritable(file, error) from None


def _mode(file: Path) -> int | None:
    """Return the permissions of a regular file; None where there is none."""
    try:
        mode = file.lstat().st_mode
    except OSError:
        return None
    return stat.S_IMODE(mode) if stat.S_ISREG(mode) else None


def unwritable(file: Path, error: OSError | UnicodeEncodeError) -> TypedflowError:
    """Give the error of a file that cannot be written."""
    why = "what would be in it is not UTF-8" if isinstance(error, UnicodeEncodeError) else error.strerror or error
    message = f"the file cannot be written: {why}"
    return TypedflowError([unwritable_file(message, Location(str(file)))])


def write_all(files: Mapping[Path, str]) -> None:
    """Write all files, or none: after a failure those that are new are taken away again, and their directories.

    A file that exists already comes last: it is replaced only when all others are there.

    Raises:
        TypedflowError: ``unwritable-file``.
    """
    new = [file for file in files if not is_there(file)]
    directories = {parent for file in files for parent in file.parents if not exists(parent)}
    with contextlib.ExitStack() as undo:
        for directory in sorted(directories):  # parents first, so that they are taken away last
            undo.callback(_without_failing, directory.rmdir)
        for file in [*new, *(file for file in files if file not in new)]:
            write_atomically(file, files[file])
            if file in new:
                undo.callback(_without_failing, file.unlink)
        undo.pop_all()


def open_log(file: Path) -> IO[bytes]:
    """Open a log anew, for a process to write into.

    Raises:
        TypedflowError: ``unwritable-file``.
    """
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NONBLOCK, 0o644)
    except OSError as error:
        raise unwritable(file, error) from None
    return os.fdopen(descriptor, "wb")


def file_text(file: Path) -> str:
    """Give a file's text; empty where there is none."""
    return read_bytes(file).decode(errors="replace") if is_file(file) else ""


def remove_file(file: Path) -> None:
    """Take a file away, where it is there."""
    file.unlink(missing_ok=True)


def _without_failing(act: Callable[[], None]) -> None:
    with contextlib.suppress(OSError):
        act()


def _missing(file: Path, name: str) -> Diagnostic:
    siblings = [entry.name for entry in file.parent.iterdir()] if is_folder(file.parent) else []
    label = did_you_mean(file.name, siblings)
    hint = "" if label else "create the file, or correct the path"
    return missing_file(f"the file `{name}` does not exist", Location(name), label=label, hint=hint)

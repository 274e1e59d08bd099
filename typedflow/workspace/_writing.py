"""Write text files atomically."""

import contextlib
import os
import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO

from typedflow.values import Location, TypedflowError
from typedflow.workspace._paths import exists, is_there, real_path
from typedflow.workspace._shared_findings import unwritable_file
from typedflow.workspace._temporary import FOLDER_MODE, make_folder, temporary_file


def write_atomically(file: Path, text: str) -> None:
    """Write a text file as a whole or not at all; another process sees the old content or the new.

    An existing file keeps its permissions.

    Raises:
        TypedflowError: ``unwritable-file``; an existing file is unchanged.
    """
    try:
        data = text.encode()
        with temporary_file(file.parent, _mode(file)) as (descriptor, temporary):
            with os.fdopen(descriptor, "wb", closefd=False) as stream:
                stream.write(data)
            os.fsync(descriptor)
            temporary.replace(file)
    except (OSError, UnicodeEncodeError) as error:  # the latter: a name in the text is not UTF-8
        raise unwritable(file, error) from None


def write_all(files: Mapping[Path, str]) -> None:
    """Write all files, or none: after a failure, new files and directories are removed.

    A file that exists already comes last: it is replaced only after all others are written.

    Raises:
        TypedflowError: ``unwritable-file``.
    """
    new = [file for file in files if not is_there(file)]
    directories = {parent for file in files for parent in file.parents if not exists(parent)}
    with contextlib.ExitStack() as undo:
        for directory in sorted(directories):  # parents first, so that they are removed last
            undo.callback(_ignoring_errors, directory.rmdir)
        for file in [*new, *(file for file in files if file not in new)]:
            write_atomically(file, files[file])
            if file in new:
                undo.callback(_ignoring_errors, file.unlink)
        undo.pop_all()


def ignored_directory(root: Path) -> Path:
    """Return the directory for typedflow's own files in a project, which git ignores.

    Raises:
        TypedflowError: ``unwritable-file``.
    """
    directory = root / ".typedflow"
    for folder in (directory, *(directory / name for name in ("compiled", "deployments", "fuzz", "logs"))):
        if folder.is_symlink() and not real_path(folder).is_relative_to(real_path(root)):
            message = f"`{folder.relative_to(root).as_posix()}` is a link to a location outside the project"
            hint = "remove the link; typedflow creates the directory"
            raise TypedflowError([unwritable_file(message, Location(str(folder)), hint=hint)])
    if not exists(directory / ".gitignore"):
        write_atomically(directory / ".gitignore", "*\n")
    return directory


def new_folder(parent: Path, name: str) -> Path:
    """Create a folder that did not exist, and return it; if the name is taken, a number follows it.

    Raises:
        TypedflowError: ``unwritable-file``.
    """
    try:
        make_folder(parent)
        number = 1
        while not _is_new(folder := parent / (name if number == 1 else f"{name}-{number}")):
            number += 1
    except OSError as error:
        raise unwritable(parent, error) from None
    return folder


def open_log(file: Path) -> IO[bytes]:
    """Open a log for writing, and truncate it.

    Raises:
        TypedflowError: ``unwritable-file``.
    """
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NONBLOCK, 0o644)
    except OSError as error:
        raise unwritable(file, error) from None
    return os.fdopen(descriptor, "wb")


def remove_file(file: Path) -> None:
    """Remove a file if it exists."""
    file.unlink(missing_ok=True)


def unwritable(file: Path, error: OSError | UnicodeEncodeError) -> TypedflowError:
    """Return the error of a file that cannot be written."""
    why = "its content is not valid UTF-8" if isinstance(error, UnicodeEncodeError) else error.strerror or error
    message = f"the file cannot be written: {why}"
    return TypedflowError([unwritable_file(message, Location(str(file)))])


def _mode(file: Path) -> int | None:
    """Return the permissions of a regular file; None if there is none."""
    try:
        mode = file.lstat().st_mode
    except OSError:
        return None
    return stat.S_IMODE(mode) if stat.S_ISREG(mode) else None


def _is_new(folder: Path) -> bool:
    """Create a folder; return whether there was nothing at its path."""
    try:
        folder.mkdir(FOLDER_MODE)
    except FileExistsError:
        return False
    return True


def _ignoring_errors(act: Callable[[], None]) -> None:
    with contextlib.suppress(OSError):
        act()

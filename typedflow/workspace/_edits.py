"""Edits of files that people also write: all of them or none; all other bytes are kept."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from typedflow.values import Location, TypedflowError
from typedflow.workspace._files import read_source
from typedflow.workspace._paths import exists, is_there, real_path
from typedflow.workspace._reading import read_bytes
from typedflow.workspace._shared_findings import unwritable_file
from typedflow.workspace._writing import write_atomically

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Edit:
    """A file before and after an edit; None if it does not exist."""

    file: Path
    before: str | None = field(repr=False)
    after: str | None = field(repr=False)


def exact_text(file: Path, root: Path | None = None) -> str | None:
    """Return the text of a file with its byte-order mark and its line ends; None if there is no file.

    Raises:
        TypedflowError: the file cannot be read, or is not text.
    """
    if not is_there(file):
        return None
    text = read_source(file, root).text
    return f"\ufeff{text}" if read_bytes(file, len(_BOM)).startswith(_BOM) else text


def apply_edits(edits: Iterable[Edit]) -> None:
    """Make all edits, or none: after a failure, files that were already changed are restored.

    Links and permissions are kept.

    Raises:
        TypedflowError: ``unwritable-file``.
    """
    with contextlib.ExitStack() as undo:
        for edit in edits:
            folders = [folder for folder in edit.file.parents if not exists(folder)]
            for folder in reversed(folders):
                undo.callback(_quietly_remove, folder)
            undo.callback(_quietly_set, edit.file, edit.before)
            _set(edit.file, edit.after)
        undo.pop_all()


def _set(file: Path, text: str | None) -> None:
    target = real_path(file)
    if text is None:
        try:
            target.unlink(missing_ok=True)
        except OSError as error:
            message = f"the file cannot be removed: {error.strerror or error}"
            raise TypedflowError([unwritable_file(message, Location(str(file)))]) from None
        return
    write_atomically(target, text)


def _quietly_set(file: Path, text: str | None) -> None:
    with contextlib.suppress(OSError, TypedflowError):
        _set(file, text)


def _quietly_remove(folder: Path) -> None:
    with contextlib.suppress(OSError):
        folder.rmdir()

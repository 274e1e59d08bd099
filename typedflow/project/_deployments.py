"""What was deployed: a record for each name, by which the same command deploys what is missing and nothing twice."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import IO

from pydantic import TypeAdapter, ValidationError

from typedflow.parsing import parse
from typedflow.project._digests import digest, file_digest
from typedflow.project._files import files_in, ignored_directory, is_there, read_source, unwritable, write_atomically
from typedflow.project._paths import is_file, real_path
from typedflow.project._reading import read_bytes
from typedflow.project._temporary import make_folder
from typedflow.values import Case, TypedflowError, canonical

_DIRECTORY = "deployments"
_SUFFIX = ".json"
_VERSION = 1
_WAIT = 0.1


@dataclass(frozen=True, slots=True)
class Deployment:
    """A variant that was deployed. ``inputs`` is the digest of all that it was made of, ``config`` that of its config.

    ``compiled`` is the compiled config, relative to the project; ``at`` is in UTC, by ISO 8601. ``branch`` is the
    one in the name, empty where there is none, and None in records of earlier versions, which did not keep it.
    """

    flow: str
    binding: str
    environment: str | None
    target: str
    name: str
    config: str
    compiled: str
    inputs: str
    at: str
    branch: str | None = None

    @property
    def case(self) -> Case:
        """The variant as findings name it."""
        return Case(self.flow, self.binding, self.environment)


_RECORDS = TypeAdapter(Deployment)


@dataclass(frozen=True, slots=True)
class DeploymentFiles:
    """The files of one name on one target."""

    record: Path
    lock: Path
    log: Path
    attributes: Path
    made: Path


def deployment_files(root: Path, target: str, name: str) -> DeploymentFiles:
    """Give where what concerns a deployment is.

    Raises:
        TypedflowError: ``unwritable-file``.
    """
    directory = ignored_directory(root) / _DIRECTORY
    stem = f"{target}.{name}"
    paths = (directory / f"{stem}{suffix}" for suffix in (_SUFFIX, ".lock", ".log", ".attributes", ".made"))
    return DeploymentFiles(*paths)


def now() -> str:
    """Give the moment, as records have it."""
    return datetime.now(timezone.utc).isoformat(timespec="seconds")


def keep(deployment: Deployment, file: Path) -> None:
    """Write a record.

    Raises:
        TypedflowError: ``unwritable-file``.
    """
    write_atomically(file, canonical({"version": _VERSION, **asdict(deployment)}))


def kept(file: Path) -> Deployment | None:
    """Give a record; None where there is none that we have written."""
    if not is_there(file):
        return None
    try:
        record = parse(read_source(file))
        return _RECORDS.validate_python(record) if record.get("version") == _VERSION else None
    except (TypedflowError, ValidationError):
        return None


def deployments(root: Path) -> list[Deployment]:
    """Give all records of a project, the latest last."""
    files = [file for file in files_in(root / ".typedflow" / _DIRECTORY) if file.suffix == _SUFFIX]
    found = [record for record in map(kept, files) if record is not None]
    return sorted(found, key=lambda each: each.at)


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


@contextlib.contextmanager
def alone(file: Path) -> Iterator[None]:
    """Be the only process that deploys under a name; another one that does is waited for.

    The operating system gives the lock back when the process ends, however it ends.

    Raises:
        TypedflowError: ``unwritable-file``.
    """
    try:
        make_folder(file.parent)
        handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise unwritable(file, error) from None
    try:
        while not _is_taken(handle):
            time.sleep(_WAIT)
        yield
    finally:
        os.close(handle)


def _is_taken(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def code_digest(folder: Path, *without: Path) -> str:
    """Return a digest of every file of a flow's directory, but hidden ones and those below some others.

    Linked directories count, as Metaflow packages them.
    """
    return digest(*(f"{file.relative_to(folder)}\0{file_digest(file)}" for file in _walk(folder, set(without), ())))


def _walk(folder: Path, without: set[Path], above: tuple[Path, ...]) -> Iterator[Path]:
    if (real := real_path(folder)) in above:  # a link in a circle
        return
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        path = Path(entry.path)
        if entry.name.startswith(".") or entry.name == "__pycache__" or path in without:
            continue
        if entry.is_dir():
            yield from _walk(path, without, (*above, real))
        elif is_file(path):
            yield path

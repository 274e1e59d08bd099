"""Digests of what a result depends on, which show whether it is still valid."""

import hashlib
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from typedflow.workspace._paths import is_file, real_path
from typedflow.workspace._reading import read_bytes

_WHOLE = 16_000_000
_METADATA = (".dist-info", ".egg-info", ".pth", ".egg-link")
#: Credentials change often, and do not change results.
_CREDENTIALS = {
    "AWS_ACCESS_KEY_ID",
    "AWS_CREDENTIAL_EXPIRATION",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SECURITY_TOKEN",
    "AWS_SESSION_TOKEN",
}
#: Variables that change what flows and settings are, by their beginnings.
_PREFIXES = ("TYPEDFLOW", "METAFLOW", "PYTHON", "AWS_", "VIRTUAL_ENV", "CONDA_PREFIX")


def digest(*parts: str) -> str:
    """Return one digest of some texts, in their order."""
    found = hashlib.sha256()
    for part in parts:
        found.update(f"{len(part)}\0{part}\0".encode(errors="surrogateescape"))
    return found.hexdigest()


def file_digest(file: Path | str) -> str:
    """Return the digest of a file's content; empty if it is not a regular file that can be read.

    A file of more than 16 MB, which is data rather than code, is identified by its beginning, size and time.
    """
    try:
        data = read_bytes(file, _WHOLE)
        found = hashlib.sha256(data)
        if len(data) > _WHOLE:
            status = os.stat(file)  # noqa: PTH116 # fast: a check without changes reads thousands of files
            found.update(f"{status.st_size} {status.st_mtime_ns}".encode())
    except OSError:
        return ""
    return found.hexdigest()


def installed_digest() -> str:
    """Return a digest of the Python that runs and of the packages that it finds, by name, version and time."""
    return digest(sys.version, sys.prefix, *sorted(item for place in sys.path for item in _packages(place)), _own())


def environment_digest(environ: Mapping[str, str]) -> str:
    """Return a digest of the environment variables that change what settings and flows are."""
    known = (item for item in sorted(environ.items()) if item[0].startswith(_PREFIXES) and item[0] not in _CREDENTIALS)
    return digest(*(f"{name}={value}" for name, value in known))


def code_digest(folder: Path, *without: Path) -> str:
    """Return a digest of every file of a flow's directory, but hidden ones and those below some others.

    Linked directories count, as Metaflow packages them.
    """
    return digest(*(f"{file.relative_to(folder)}\0{file_digest(file)}" for file in _walk(folder, set(without), ())))


def _packages(place: str) -> Iterator[str]:
    try:
        with os.scandir(place or os.curdir) as entries:
            for entry in entries:
                if entry.name.endswith(_METADATA):
                    yield f"{entry.name} {entry.stat().st_mtime_ns}"
    except OSError:
        return


def _own() -> str:
    """Return a digest of typedflow's own files: it may be an editable installation."""
    files = sorted(Path(__file__).parents[1].rglob("*.py"))
    return digest(*(f"{file} {file.stat().st_mtime_ns} {file.stat().st_size}" for file in files))


def _walk(folder: Path, without: set[Path], above: tuple[Path, ...]) -> Iterator[Path]:
    if (real := real_path(folder)) in above:  # a circular link
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

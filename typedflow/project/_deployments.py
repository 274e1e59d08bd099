"""What was deployed: a record for each name, by which the same command deploys what is missing and nothing twice."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from typedflow.parsing import parse
from typedflow.values import Case, TypedflowError, canonical
from typedflow.workspace import (
    files_in,
    ignored_directory,
    is_there,
    read_source,
    write_atomically,
)

_DIRECTORY = "deployments"
_SUFFIX = ".json"
_VERSION = 1


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

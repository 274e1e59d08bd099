"""Records of what was deployed: so a repeated command deploys only what is missing."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from typedflow.parsing import parse
from typedflow.values import Case, TypedflowError, canonical
from typedflow.workspace import files_in, ignored_directory, is_there, read_source, write_atomically

_DIRECTORY = "deployments"
_SUFFIX = ".json"
_VERSION = 2


@dataclass(frozen=True, slots=True)
class DeploymentRecord:
    """A variant that was deployed.

    ``config`` is the digest of its config, ``inputs`` that of all that it was made of. ``compiled`` is the compiled
    config, relative to the project; ``at`` is in UTC, by ISO 8601. ``branch`` is the one in the name, empty if there
    is none, and None in records of earlier versions, which did not store it. ``identity`` is the variant's, if known.
    """

    unit: str
    binding: str
    environment: str | None
    target: str
    name: str
    config: str
    compiled: str
    inputs: str
    at: str
    branch: str | None = None
    kind: str = "flow"
    identity: str | None = None

    @property
    def case(self) -> Case:
        """The variant as findings name it."""
        return Case(self.unit, self.binding, self.environment, self.kind, self.identity)


_record_adapter = TypeAdapter(DeploymentRecord)


@dataclass(frozen=True, slots=True)
class DeploymentFiles:
    """The files of one name on one target.

    Metaflow writes the name that it chose to ``attributes``, and a file for Airflow to ``generated``.
    """

    record: Path
    lock: Path
    log: Path
    attributes: Path
    generated: Path


def deployment_files(root: Path, target: str, name: str) -> DeploymentFiles:
    """Return the files of a deployment.

    Raises:
        TypedflowError: ``unwritable-file``.
    """
    directory = ignored_directory(root) / _DIRECTORY
    suffixes = (_SUFFIX, ".lock", ".log", ".attributes", ".made")
    return DeploymentFiles(*(directory / f"{target}.{name}{suffix}" for suffix in suffixes))


def save_record(record: DeploymentRecord, file: Path) -> None:
    """Write a record.

    Raises:
        TypedflowError: ``unwritable-file``.
    """
    write_atomically(file, canonical({"version": _VERSION, **asdict(record)}))


def load_record(file: Path) -> DeploymentRecord | None:
    """Return a record; None if the file is missing, or is not a valid record. In version 1, all units are flows."""
    if not is_there(file):
        return None
    try:
        content = parse(read_source(file))
        if content.get("version") == 1:
            content = {**content, "unit": content.get("flow")}
        elif content.get("version") != _VERSION:
            return None
        return _record_adapter.validate_python(content)
    except (TypedflowError, ValidationError):
        return None


def deployment_records(root: Path) -> list[DeploymentRecord]:
    """Return all records of a project, the latest last."""
    files = [file for file in files_in(root / ".typedflow" / _DIRECTORY) if file.suffix == _SUFFIX]
    found = [record for record in map(load_record, files) if record is not None]
    return sorted(found, key=lambda each: each.at)

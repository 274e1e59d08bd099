"""Requests to a worker and its responses: values that are sent between processes, and cached, as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pydantic import TypeAdapter

from typedflow.values import Diagnostic


@dataclass(frozen=True, slots=True)
class Scope:
    """What is the same for all tasks of a check.

    ``root`` is the project's directory, or empty for flows without a project. ``bindings`` are globs; without any, all
    bindings are checked. ``environment`` is the only one to check, or None for all. ``drafts`` maps names of files to
    texts that replace their content.
    """

    root: str
    bindings: tuple[str, ...] = ()
    environment: str | None = None
    drafts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to judge: a project's settings as a whole, files of bindings, a unit under bindings, or a SQL file.

    ``kind``, ``name`` and ``file``, an absolute path, are the unit's; of a SQL file, ``name`` is relative to the
    project, and ``glob`` the key of its entry in the manifest. ``bindings`` is None where they are not known, or
    not of interest; ``part`` tells the tasks of one unit, or of bindings, apart.
    """

    about: Literal["settings", "bindings", "unit", "sql"]
    kind: str = ""
    name: str = ""
    file: str = ""
    bindings: tuple[str, ...] | None = None
    part: int = 0
    glob: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The findings of a task, the number of variants, and the files that it depends on, with their digests.

    ``keys`` are those of all fields of the models that were looked at. ``configs`` are the names of the configs that a
    unit has a model for; None where they are not known. ``has_project``: a flow of the file has ``@project``.
    """

    diagnostics: tuple[Diagnostic, ...] = ()
    variants: int = 0
    files: dict[str, str] = field(default_factory=dict)
    keys: tuple[str, ...] = ()
    configs: tuple[str, ...] | None = None
    has_project: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """A cached outcome, and the digest of its dependencies other than its files."""

    key: str
    outcome: Outcome


SCOPES = TypeAdapter(Scope)
TASKS = TypeAdapter(Task)
OUTCOMES = TypeAdapter(Outcome)
RECORDS = TypeAdapter(dict[str, Record])

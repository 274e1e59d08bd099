"""What is asked of a worker, and what it answers: values that travel between processes, and into the cache, as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pydantic import TypeAdapter

from typedflow.values import Diagnostic


@dataclass(frozen=True, slots=True)
class Scope:
    """What all tasks of a check have in common.

    ``root`` is the project's directory, or empty where flows are checked without one. Bindings are globs, all where
    there are none; ``environment`` is the only one to be checked, or None for all. ``drafts`` are texts by the names of
    the files that are to be read as if they had them.
    """

    root: str
    bindings: tuple[str, ...] = ()
    environment: str | None = None
    drafts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to judge: the settings of a project as a whole, files of bindings, or a unit under some bindings.

    ``kind``, ``name`` and ``file``, an absolute path, are the unit's. ``bindings`` is None where they are not known, or
    not of interest; ``part`` tells the tasks of one unit, or of bindings, apart.
    """

    about: Literal["settings", "bindings", "unit"]
    kind: str = ""
    name: str = ""
    file: str = ""
    bindings: tuple[str, ...] | None = None
    part: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found; how many variants were judged; which files that depends on, with their digests.

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
    """An outcome, and the digest of everything beside those files that it depends on."""

    key: str
    outcome: Outcome


SCOPES = TypeAdapter(Scope)
TASKS = TypeAdapter(Task)
OUTCOMES = TypeAdapter(Outcome)
RECORDS = TypeAdapter(dict[str, Record])

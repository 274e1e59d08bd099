"""Tables: how those of the project's engine are judged and listed."""

# ruff: noqa: ARG001 # the functions of a kind have the same arguments

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from typedflow.project import LoadedProject, Unit
from typedflow.units._kinds import Subject


def judge(file: Path, unit: Unit | None, project: LoadedProject | None) -> Iterator[Subject]:
    """Yield a table, whose variants show what is wrong with it."""
    yield Subject()


def models(project: LoadedProject, unit: Unit) -> dict[str, type[BaseModel]]:
    """Return the models of a table's own configs, which has none."""
    return {}


def describe(unit: Unit) -> dict[str, str]:
    """Return nothing more than is said of every unit."""
    return {}

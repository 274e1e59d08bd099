"""Compare the settings of two variants, compiled configs or runs of a flow differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from typedflow.operations._diff_sides import sides_of
from typedflow.project import LoadedProject, Side, Unit, changed_paths
from typedflow.values import KeyPath, Location, masked


@dataclass(frozen=True, slots=True)
class SettingValue:
    """The value of a setting on one side, masked where it may be a secret, and the line that set it."""

    value: Any
    origin: Location | None = None
    is_masked: bool = False


@dataclass(frozen=True, slots=True)
class ChangedSetting:
    """A key path at which two sides differ, with the value of each; None where a side does not have it."""

    path: KeyPath
    sides: tuple[SettingValue | None, SettingValue | None]


@dataclass(frozen=True, slots=True)
class Difference:
    """The settings in which two sides of a flow differ; ``same`` is how many do not."""

    flow: str
    sides: tuple[str, str]
    changed: tuple[ChangedSetting, ...] = ()
    same: int = 0


def diff(project: LoadedProject, unit: Unit, one: str, other: str) -> Difference:
    """Compare the settings of two sides of a flow.

    A side is a binding (``EXP_01``, ``EXP_01@prod``), that at a git revision (``main:EXP_01``), what was deployed of it
    (``argo-workflows:EXP_01``), ``typedflow.lock``, a compiled config (``*.json``), or the pathspec of a run.

    Raises:
        ArgumentError: a side does not exist.
        TypedflowError: what is wrong with it.
    """
    sides = left, right = sides_of(project, unit, one, other)
    paths = changed_paths(left, right)
    same = len({path for side in sides for path in side.leaves}) - len(paths)
    found = tuple(ChangedSetting(path, (_value(left, path), _value(right, path))) for path in paths)
    return Difference(unit.name, (left.name, right.name), found, same)


def _value(side: Side, path: KeyPath) -> SettingValue | None:
    if path not in side.leaves:
        return None
    value, origin = side.leaves[path]
    is_masked = path in side.masked
    return SettingValue(masked(value) if is_masked else value, origin, is_masked)

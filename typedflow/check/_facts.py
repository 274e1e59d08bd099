"""The input of rules: a project's settings files, and what they resolve to."""

from dataclasses import dataclass
from typing import Any

from typedflow.layers import Layer
from typedflow.project import LoadedProject, Resolved


@dataclass(frozen=True, slots=True)
class Facts:
    """A project's settings.

    ``layers``: each settings file that could be read (global, environments', bindings'; see their ranks), once.
    ``cases``: each binding in each environment that resolves, once for all units that have it; ``binding`` and
    ``environment`` are in ``variant``, whose ``unit`` is one of the units that have it.
    """

    project: LoadedProject
    layers: tuple[Layer, ...] = ()
    cases: tuple[Resolved[Any], ...] = ()

"""The input of rules: a project's settings files, and what they resolve to."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from typedflow.layers import Layer
from typedflow.project import LoadedProject, ModelFiles, Resolved, files_by_model


@dataclass(frozen=True)
class Facts:
    """A project's settings.

    ``layers``: each settings file that could be read (global, environments', bindings'; see their ranks), once.
    ``cases``: each binding in each environment that resolves, once for all units that have it; ``binding`` and
    ``environment`` are in ``variant``, whose ``unit`` is one of the units that have it.
    """

    project: LoadedProject
    layers: tuple[Layer, ...] = ()
    cases: tuple[Resolved[Any], ...] = ()

    @cached_property
    def by_model(self) -> tuple[ModelFiles, ...]:
        """The models of the units, each with its part of the files that its units read.

        Raises:
            TypedflowError: what is wrong with a model.
        """
        return tuple(files_by_model(self.project, self.layers))

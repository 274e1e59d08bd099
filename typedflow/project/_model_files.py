"""The settings files of a project as each of its models reads them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from typedflow.layers import Layer, Rank
from typedflow.project._kinds import Unit
from typedflow.project._own_keys import OwnKeys
from typedflow.project._project import LoadedProject


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A model of a project's units, with its part of the files that these units read."""

    model: type[BaseModel]
    layers: tuple[Layer, ...]
    keys: OwnKeys | None = None

    def own(self, stack: Sequence[Layer]) -> Sequence[Layer]:
        """Return the model's part of other files."""
        return stack if self.keys is None else self.keys.layers(stack)


def files_by_model(project: LoadedProject, layers: Sequence[Layer]) -> Iterator[ModelFiles]:
    """Yield each model of a project with its part of some files.

    Raises:
        TypedflowError: what is wrong with a model.
    """
    references = project.models.references
    if len(references) == 1:
        yield ModelFiles(project.models.named(references[0]), tuple(layers))
        return
    units: dict[str, Unit] = {unit.model: unit for unit in reversed(project.units)}
    shared = [layer for layer in layers if layer.rank is not Rank.BINDING]
    for reference in references:
        keys = OwnKeys(project, units[reference], project.models.named(reference))
        own = keys.layers(shared)
        for layer in layers:
            if layer.rank is Rank.BINDING and reference in project.bound.models_for(layer):
                own += keys.layers([*shared, layer])[-1:]
        yield ModelFiles(keys.model, tuple(own), keys)

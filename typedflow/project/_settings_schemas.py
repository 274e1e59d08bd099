"""The schemas of a project's settings files: one for each set of models that share a file, and one for each model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from hashlib import sha256

from pydantic import BaseModel

from typedflow.project._kinds import Unit
from typedflow.project._models import SETTINGS
from typedflow.project._project import LoadedProject

_MOST = 3
_DIGITS = 6


class SettingsSchemas:
    """The names of the schemas of settings files, and the models whose fields they have."""

    def __init__(self, project: LoadedProject) -> None:
        """Load no model yet."""
        self._project = project
        self._labels = {reference: label for label, reference in project.models.labels().items()}

    def models(self, unit: Unit | None = None) -> dict[str, tuple[type[BaseModel], ...]]:
        """Return the models of each schema, or of a unit's own one, by the schema's name.

        Raises:
            TypedflowError: what is wrong with a model.
        """
        models = self._project.models
        if unit is not None:
            return {self._labels[unit.model]: (models.named(unit.model),)}
        return {name: models.several(references) for name, references in self._sets.items()}

    def of_binding(self, binding: str) -> str:
        """Return the name of the schema of a binding's file; if no unit uses it, of the files that all units read."""
        return self._name(self._project.bound.models_of(binding))

    @cached_property
    def _sets(self) -> dict[str, tuple[str, ...]]:
        """The references of the models of each schema, by its name."""
        known = self._project.models.references
        sets: list[Sequence[str]] = [known]
        if len(known) > 1:
            bound = (self._project.bound.models_of(binding) for binding in self._project.files.bindings)
            sets += [*([reference] for reference in known), *map(self._ordered, bound)]
        return {self._name(references): tuple(references) for references in sets if references}

    def _ordered(self, references: Iterable[str]) -> list[str]:
        found = set(references)
        return [reference for reference in self._project.models.references if reference in found]

    def _name(self, references: Iterable[str]) -> str:
        found = self._ordered(references)
        if len(found) in {0, len(self._labels)}:
            return SETTINGS
        return "-".join((self._labels[found[0]], *self._others(found[1:])))

    def _others(self, references: list[str]) -> Iterator[str]:
        """Yield the names of more models; of many, their number and a digest."""
        names = [self._labels[reference].removeprefix(f"{SETTINGS}.") for reference in references]
        if len(names) < _MOST:
            yield from names
        else:
            yield f"{len(names)}-more-{sha256(' '.join(references).encode()).hexdigest()[:_DIGITS]}"

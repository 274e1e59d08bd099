"""The schemas of a project's settings files: one for each set of models that share a file, and one for each model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from hashlib import sha256

from pydantic import BaseModel

from typedflow.project._kinds import Unit
from typedflow.project._models import SETTINGS
from typedflow.project._project import LoadedProject
from typedflow.project._sections import is_section, project_section_problems
from typedflow.project._settings import ENVIRONMENT
from typedflow.schema import Part, SchemaFile, full_name, overlay_name, schema_files
from typedflow.values import TypedflowError

_MOST = 3
_DIGITS = 6


def section_schema(name: str, section: str) -> str:
    """Return the name of the schema of a section's files, given that of whole settings."""
    return f"{name}.{section}"


def _of_section(name: str, section: str, models: tuple[type[BaseModel], ...]) -> dict[str, SchemaFile]:
    if section == ENVIRONMENT:
        blocks = SchemaFile(models, overlay=True, part=Part(section, blocks=True))
        return {full_name(name): blocks, overlay_name(name): SchemaFile(models, overlay=True, part=Part(section))}
    return {overlay_name(name): SchemaFile(models, overlay=True, part=Part(section, extends=True))}


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

    def files(self, unit: Unit | None = None) -> dict[str, SchemaFile]:
        """Return the schema files of settings, or of a unit's own ones, by their names.

        If the manifest lists sections, each has a schema of its own, and that of complete files requires none of them.

        Raises:
            TypedflowError: what is wrong with a model; ``bad-section``.
        """
        named, sections = self.models(unit), self._project.manifest.sections
        files = schema_files(named)
        if not sections:
            return files
        if problems := list(project_section_problems(self._project)):
            raise TypedflowError(problems)
        for name, models in named.items():
            files[full_name(name)] = SchemaFile(models, part=Part(elsewhere=sections))
            for section in sections:
                own = tuple(model for model in models if is_section(model, section))
                if own and (section != ENVIRONMENT or name == SETTINGS or unit is not None):
                    files |= _of_section(section_schema(name, section), section, own)
        return files

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

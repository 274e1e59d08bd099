"""The models of a project's units: each is imported once, when it is needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel

from typedflow.layers import Layer
from typedflow.project._kinds import Unit
from typedflow.project._load_model import module_folder
from typedflow.project._module_folders import importing_from, names_in
from typedflow.values import DEFAULT_BINDING, Diagnostic, KeyPath, TypedflowError

Load = Callable[[str, Unit | None], "type[BaseModel]"]
"""Imports the model of a reference, which a unit names, or the manifest for all units."""


#: How schemas and contracts call the project's settings.
SETTINGS = "settings"


class Models:
    """The models of a project by their references: ``path/to/file.py:Class``, ``package.module:Class``.

    ``own_layers`` has shared files as each model reads them: the layer of a file, and its part of the model's keys.
    ``owners`` has a model that has a key path, of those that other models have looked up.
    """

    def __init__(self, units: Iterable[Unit], default: str | None, root: Path, load: Load) -> None:
        """``default`` is the reference of the model that the manifest names; it counts if there are no units."""
        self._root = root
        named: dict[str, Unit | None] = {unit.model: unit for unit in reversed([*units])}
        self._units: Mapping[str, Unit | None] = dict(reversed(named.items())) or {default or "": None}
        #: The references of the units' models, each once, in the order of the manifest.
        self.references = tuple(self._units)
        self._load = load
        self._found: dict[str, type[BaseModel] | TypedflowError] = {}
        self.owners: dict[KeyPath, str] = {}
        self.own_layers: dict[tuple[int, type[BaseModel]], tuple[Layer, Layer]] = {}

    def importing(self, reference: str) -> AbstractContextManager[None]:
        """Have the code of a model import modules from its own folder, if other folders have some of the same names."""
        return importing_from(module_folder(reference, self._root)) if self.have_equal_modules else nullcontext()

    @cached_property
    def have_equal_modules(self) -> bool:
        """Whether the folders of some models have modules of the same names."""
        folders = {module_folder(reference, self._root) for reference in self._units}
        names = [name for folder in folders for name in names_in(folder)] if len(folders) > 1 else []
        return len(set(names)) < len(names)

    def named(self, reference: str) -> type[BaseModel]:
        """Return the model of a reference.

        Raises:
            TypedflowError: ``model-not-found``; ``secret-in-config`` and others if it cannot be stored.
        """
        if reference not in self._found:
            try:
                self._found[reference] = self._load(reference, self._units.get(reference))
            except TypedflowError as error:
                self._found[reference] = error
        found = self._found[reference]
        if isinstance(found, TypedflowError):
            raise TypedflowError(found.diagnostics)
        return found

    @property
    def loaded(self) -> tuple[type[BaseModel], ...]:
        """The models that have been loaded so far."""
        return tuple(found for found in self._found.values() if not isinstance(found, TypedflowError))

    def labels(self) -> dict[str, str]:
        """Return the references of all models, by names for files and messages: `settings` if there is one model.

        If there are several, the names of their classes are part of the names; else their whole references.
        """
        if len(self._units) == 1:
            return {SETTINGS: next(iter(self._units))}
        classes = Counter(reference.rpartition(":")[2] for reference in self._units)
        return {f"{SETTINGS}.{_label(reference, classes)}": reference for reference in self._units}

    def all(self) -> tuple[type[BaseModel], ...]:
        """Return the models of all units.

        Raises:
            TypedflowError: what is wrong with each of them that cannot be loaded.
        """
        return self.several(self.references)

    def several(self, references: Iterable[str]) -> tuple[type[BaseModel], ...]:
        """Return the models of some references, each once.

        Raises:
            TypedflowError: what is wrong with each of them that cannot be loaded.
        """
        models: dict[type[BaseModel], None] = {}
        problems: list[Diagnostic] = []
        for reference in references:
            try:
                models[self.named(reference)] = None
            except TypedflowError as error:
                problems += error.diagnostics
        if problems:
            raise TypedflowError(problems)
        return tuple(models)


def _label(reference: str, classes: Mapping[str, int]) -> str:
    name, _, found = reference.rpartition(":")
    return found if classes[found] == 1 else f"{name.removesuffix('.py').replace('/', '.')}.{found}"


def models_by_binding(units: Iterable[Unit], matching: Callable[[str], Iterable[str]]) -> dict[str, dict[str, None]]:
    """Return the references of the models of the units that are instantiated under each binding.

    ``matching`` returns the bindings that a glob matches.
    """
    globs: dict[str, dict[str, None]] = {}
    for unit in units:
        for glob in unit.bindings or (DEFAULT_BINDING,):
            globs.setdefault(glob, {})[unit.model] = None
    found: dict[str, dict[str, None]] = {}
    for glob, models in globs.items():
        for binding in matching(glob):
            found.setdefault(binding, {}).update(models)
    return found

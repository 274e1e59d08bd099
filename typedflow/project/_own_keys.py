"""What a unit reads of files that units with other models read, too: the keys that its own model has."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import is_not

from pydantic import BaseModel

from typedflow.layers import NO_DIRECTIVES, Directives, Layer, Rank, with_directives
from typedflow.models import has_key, match_keys, plan_of, unaccepted_keys
from typedflow.project._kinds import Unit, nouns
from typedflow.project._options import nested
from typedflow.project._project import LoadedProject
from typedflow.project._variables import variable_word, words_of
from typedflow.values import (
    Diagnostic,
    KeyPath,
    Location,
    Source,
    SourceKind,
    TypedflowError,
    format_path,
    listed,
    without_keys,
)

_UNKNOWN = "unknown-key"
_MOST = 3


@dataclass
class OwnKeys:
    """The keys of a unit's model in the layers of a variant, as opposed to those of other units' models."""

    project: LoadedProject
    unit: Unit
    model: type[BaseModel]
    _known: dict[str, Layer] = field(default_factory=dict)

    def layers(self, stack: Sequence[Layer]) -> list[Layer]:
        """Return the layers of files without what only other models have.

        Raises:
            TypedflowError: what is wrong with another model, which may have a key.
        """
        self._known = {layer.source.name: layer for layer in stack}
        own: list[Layer] = []
        for layer in stack:
            found, raw = self._own(layer), stack[: len(own)]
            has_directives = layer.directives is not NO_DIRECTIVES
            own.append(self._with_own_directives(found, layer, own, raw) if has_directives else found)
        return own

    def without_foreign(self, stack: Sequence[Layer], found: Iterable[Diagnostic]) -> list[Layer] | None:
        """Return layers without the keys that the model rejects and that another model has; None if there are none.

        ``found`` are the model's findings: which keys a union has, or code of the model reads, only validation knows.
        """
        rejected = [item.path for item in found if item.rule.name == _UNKNOWN and item.path]
        changed = [self._without_rejected(layer, rejected) for layer in stack]
        return changed if any(map(is_not, changed, stack)) else None

    def _without_rejected(self, layer: Layer, rejected: Sequence[KeyPath]) -> Layer:
        """Return a layer without those of the rejected keys that another model has, also in files that it includes."""
        own = self._without(layer, filter(layer.sets, rejected))
        problems: list[Diagnostic] = []
        read = with_directives(own, plan_of(self.model), problems)
        rest = self._without(read, filter(read.sets, rejected)) if read.inner and not problems else read
        return own if rest is read else rest

    def variables(self) -> Mapping[str, str]:
        """Return the variables of the project without those that set what only other units' models have.

        Raises:
            TypedflowError: what is wrong with another model, which may have a key.
        """
        found = ((name, words_of(name, self.unit.config)) for name in self.project.variables)
        foreign = {name for name, words in found if words and self._is_foreign_variable(name, words)}
        return {name: text for name, text in self.project.variables.items() if name not in foreign}

    def explained(self, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """Yield findings; those of an unknown key have the units that have it, but not from this file or option."""
        for item in found:
            units = self._units_with(item.path) if item.rule.name == _UNKNOWN and item.path else []
            yield replace(item, hint=self._hint(units, item.location)) if units else item

    def _units_with(self, path: KeyPath) -> list[Unit]:
        others = self._others(self.project.models.references)
        having = {reference for reference, model, _ in others if model is not None and has_key(model, path)}
        return [unit for unit in self.project.units if unit.model in having]

    def _hint(self, units: Sequence[Unit], place: Location | None) -> str:
        noun, plural = nouns(units)
        names, is_one = listed([unit.name for unit in units], most=_MOST), len(units) == 1
        found = f"the {noun} {names} has this field" if is_one else f"the {plural} {names} have this field"
        layer = self._known.get(place.name) if place else None
        binding = self.project.bound.binding_of(layer)[0] if layer else ""
        if not binding:
            return found
        return f"{found}, but {'is' if is_one else 'are'} not instantiated under `{binding}`"

    def other_models(self, source: Source) -> Collection[type[BaseModel]]:
        """Return the models of the other units that a file, or a variable, is for; those that can be loaded."""
        return tuple(model for _, model, _ in self._others(self._references(source)) if model is not None)

    def _own(self, layer: Layer) -> Layer:
        """Return a layer without the keys that only other models have; of a shared file, the same one each time."""
        known = self.project.models.own_layers
        key = None if layer.rank is Rank.BINDING else (id(layer), self.model)
        if key is not None and key in known:
            return known[key][1]
        own = self._without(layer, unaccepted_keys(self.model, layer.tree))
        if key is not None:
            known[key] = (layer, own)
        return own

    def _without(self, layer: Layer, paths: Iterable[KeyPath]) -> Layer:
        """Return a layer without those of some key paths that another of its models has."""
        foreign = [path for path in paths if self._is_foreign(path, layer.source)]
        return replace(layer, tree=without_keys(layer.tree, foreign)) if foreign else layer

    def _is_foreign(self, path: KeyPath, source: Source) -> bool:
        """Return whether another model of a source has a key path."""
        owners = self.project.models.owners
        known = owners.get(path, self.unit.model)
        if known != self.unit.model and (self._is_shared(source) or known in self._references(source)):
            return True
        found = self._owner(source, lambda: format_path(path), lambda model: has_key(model, path))
        if found is not None:
            owners[path] = found
        return found is not None

    def _is_foreign_variable(self, name: str, words: Sequence[str]) -> bool:
        own = _path(words, self.model)
        if own is None or not any(unaccepted_keys(self.model, nested(own, None))):
            return False
        source = Source(name, "", kind=SourceKind.VARIABLE)
        return self._owner(source, lambda: name, lambda model: has_key(model, _path(words, model) or ())) is not None

    def _owner(self, source: Source, name: Callable[[], str], has: Callable[[type[BaseModel]], bool]) -> str | None:
        """Return the reference of another model of a source that has something, None if there is none.

        Raises:
            TypedflowError: why models that may have it cannot be loaded, where no other has it.
        """
        problems: list[Diagnostic] = []
        for reference, model, found in self._others(self._references(source)):
            if model is not None and has(model):
                return reference
            problems += found
        if problems:
            hint = f"`{self.unit.name}` needs it: {self.model.__name__} does not have `{name()}`"
            raise TypedflowError(replace(item, hint=item.hint or hint) for item in problems)
        return None

    def _others(self, references: Iterable[str]) -> Iterator[tuple[str, type[BaseModel] | None, Sequence[Diagnostic]]]:
        """Yield models with their references, or what is wrong with them, each once; not the unit's own."""
        for reference in dict.fromkeys(references):
            if reference != self.unit.model:
                try:
                    yield reference, self.project.models.named(reference), ()
                except TypedflowError as error:
                    yield reference, None, error.diagnostics

    def _is_shared(self, source: Source) -> bool:
        """Return whether a source is a file that all units read."""
        layer = self._known.get(source.name)
        return layer is not None and layer.rank in {Rank.GLOBAL, Rank.ENVIRONMENT}

    def _references(self, source: Source) -> Iterable[str]:
        """Return the references of the models of the units that a source is for."""
        if source.kind is SourceKind.VARIABLE:
            word = variable_word(self.unit.config)
            return (unit.model for unit in self.project.units if variable_word(unit.config) == word)
        layer = self._known.get(source.name)
        if source.kind is not SourceKind.FILE or layer is None:
            return ()
        if layer.rank is not Rank.BINDING:
            return self.project.models.references
        return self.project.bound.models_for(layer)

    def _with_own_directives(self, own: Layer, layer: Layer, below: Sequence[Layer], raw: Sequence[Layer]) -> Layer:
        """Return a layer without the directives about what only other models have, there or in the layers below.

        ``raw`` are the layers below as they are in files.
        """
        rules, deletes = layer.directives.rules, layer.directives.deletes
        kept = Directives(
            tuple(item for item in deletes if _sets(below, item.path) or not self._is_lost(item.path, layer, raw)),
            tuple(item for item in rules if own.sets(item.path) or not self._is_lost(item.path, layer, [layer])),
        )
        return own if kept == own.directives else replace(own, directives=kept)

    def _is_lost(self, path: KeyPath, layer: Layer, raw: Iterable[Layer]) -> bool:
        """Return whether a key path is set in layers as they are in files, or is one of another model."""
        unaccepted = unaccepted_keys(self.model, nested(path, None))
        return _sets(raw, path) or any(self._is_foreign(each, layer.source) for each in unaccepted)


def _path(words: Sequence[str], model: type[BaseModel]) -> KeyPath | None:
    """Return the key path that the words of a variable's name lead to in a model; None where that is unclear."""
    try:
        return match_keys(words, model, {})
    except LookupError:
        return None


def _sets(layers: Iterable[Layer], path: KeyPath) -> bool:
    return any(layer.sets(path) for layer in layers)

"""The bindings that a binding's file extends: their settings are layers directly below its own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Protocol

from typedflow.layers import Extended, Layer, Rank, bad_directive, circular_reference, may_have_directives
from typedflow.parsing import location
from typedflow.project._settings import BINDING, SettingsFile
from typedflow.project._settings_reader import SettingsReader
from typedflow.project._unknown_names import Places, unknown_name
from typedflow.values import Diagnostic, Location, Related, Source, TypedflowError
from typedflow.workspace import read_source


class Files(Places, Protocol):
    """A project whose settings files can be read."""

    @property
    def settings(self) -> SettingsReader:
        """Reads the settings files."""


class ExtendedBindings:
    """The layers of the bindings of a project, and of those that they extend: of whole settings, or of a section.

    A file of a section extends the file that another binding has in the section.
    """

    def __init__(self, project: Files, section: str = "") -> None:
        """Read nothing yet."""
        self._project = project
        self._section = section
        self._layers: dict[str, Layer] = {}

    def layers(self, name: str) -> tuple[Layer, ...]:
        """Return the layers of a binding, lowest precedence first: what it extends, and its own.

        Raises:
            TypedflowError: all errors of these files; ``unknown-binding``; ``circular-reference``; ``bad-directive``:
                an order contradicts another one.
        """
        return self.layers_of(name, self._read(name))

    def layers_of(self, name: str, own: Layer) -> tuple[Layer, ...]:
        """Return the layers of a binding whose own layer has been read, as ``layers`` does."""
        if not own.extends:
            return (own,)
        walk = _Walk(self, {name: own})
        walk.visit(name, ())
        if walk.problems:
            raise TypedflowError(dict.fromkeys(walk.problems))
        return tuple(walk.layers[each] for each in walk.in_order())

    def named_by(self, names: Iterable[str]) -> frozenset[str]:
        """Return the bindings that some bindings extend, directly and indirectly; unreadable files name none."""
        found: set[str] = set()
        waiting = list(names)
        while waiting:
            more = {each.name for each in self._extends(waiting.pop())} - found
            found |= more
            waiting += more
        return frozenset(found)

    @cached_property
    def _files(self) -> dict[str, SettingsFile]:
        """The file of each binding."""
        found = ((name, file) for name, files in self._project.files.bindings.items() for file in files)
        return {name: file for name, file in found if file.section == self._section}

    @cached_property
    def extending(self) -> Mapping[str, tuple[str, ...]]:
        """The bindings that extend a binding, directly and indirectly, for each that is extended."""
        found: dict[str, list[str]] = {}
        for name in self._files:
            for each in sorted(self.named_by([name])):
                found.setdefault(each, []).append(name)
        return {name: tuple(names) for name, names in found.items()}

    @cached_property
    def named_with_others(self) -> frozenset[str]:
        """The bindings that some binding extends beside another one: what is below them depends on who extends them."""
        lists = map(self._extends, self._files)
        direct = {each.name for extends in lists if len(extends) > 1 for each in extends}
        return self.named_by(direct) | direct

    def _extends(self, name: str) -> tuple[Extended, ...]:
        try:
            return self.layer(name).extends if may_have_directives(self._source(name).text) else ()
        except (KeyError, TypedflowError):
            return ()

    def is_known(self, name: str) -> bool:
        """Return whether there is a binding with a name."""
        return name in self._files

    def unknown(self, name: str, above: Collection[str], place: Location) -> Diagnostic:
        """Return the finding of a binding that does not exist; those ``above`` cannot have been meant."""
        known = [each for each in self._files if each not in above]
        return unknown_name(self._project, BINDING, name, known, place, self._section)

    def layer(self, name: str) -> Layer:
        """Return the layer of a binding that another one extends.

        Its file is read each time, as a check records what each of its tasks reads; it is parsed if it has changed.
        """
        known = self._layers.get(name)
        if known is None or known.source.text != self._source(name).text:
            known = self._layers[name] = self._read(name)
        return known

    def _source(self, name: str) -> Source:
        return read_source(self._files[name].path, self._project.root)

    def _read(self, name: str) -> Layer:
        return self._project.settings.read(self._files[name], Rank.BINDING)


class _Walk:
    """A walk through everything that one binding extends."""

    def __init__(self, bindings: ExtendedBindings, layers: dict[str, Layer]) -> None:
        self.layers = layers
        self.problems: list[Diagnostic] = []
        self._bindings = bindings
        self._found: dict[str, None] = {}

    def visit(self, name: str, above: tuple[str, ...]) -> None:
        """Find what a binding extends, before the binding itself; ``above`` are the bindings that lead to it."""
        for each in self.layers[name].extends:
            place = _place(self.layers[name], each.at)
            if each.name in (*above, name):
                chain = (*above, name)
                self.problems.append(_circular(chain[chain.index(each.name) :], self.layers))
            elif not self._bindings.is_known(each.name):
                self.problems.append(self._bindings.unknown(each.name, (*above, name), place))
            elif each.name not in self._found and self._read(each.name):
                self.visit(each.name, (*above, name))
        self._found[name] = None

    def _read(self, name: str) -> bool:
        try:
            self.layers.setdefault(name, self._bindings.layer(name))
        except TypedflowError as error:
            self.problems += error.diagnostics
            return False
        return True

    def in_order(self) -> list[str]:
        """Return the bindings in an order that every list of names agrees with, else as found.

        Raises:
            TypedflowError: ``bad-directive``: there is no such order.
        """
        lower: dict[str, set[str]] = {name: set() for name in self._found}
        for name in self._found:
            names = [each.name for each in self.layers[name].extends]
            for low, high in zip(names, [*names[1:], name], strict=False):
                lower[high].add(low)
        order: list[str] = []
        while len(order) < len(lower):
            found = next((name for name in lower if name not in order and lower[name] <= set(order)), None)
            if found is None:
                raise TypedflowError([_contradiction([name for name in lower if name not in order], self.layers)])
            order.append(found)
        return order


def _place(layer: Layer, at: Sequence[str | int]) -> Location:
    return location(layer.source, tuple(at))


def _links(names: Sequence[str], layers: Mapping[str, Layer]) -> Iterator[tuple[str, str, Location]]:
    """Yield each pair of names of which the first extends the second, with the place that says so."""
    for name, other in zip(names, [*names[1:], names[0]], strict=True):
        at = next(each.at for each in layers[name].extends if each.name == other)
        yield name, other, _place(layers[name], at)


def _circular(names: Sequence[str], layers: Mapping[str, Layer]) -> Diagnostic:
    """Return the finding of bindings that extend each other, the same one from whichever of them it is found."""
    first = names.index(min(names))
    names = [*names[first:], *names[:first]]
    (_, _, place), *others = _links(names, layers)
    return circular_reference(
        f"`{names[0]}` extends itself: {' -> '.join([*names, names[0]])}",
        place,
        hint="remove one of these `$extends`",
        related=tuple(Related(f"{name} extends {other} at", at) for name, other, at in others),
    )


def _contradiction(names: Sequence[str], layers: Mapping[str, Layer]) -> Diagnostic:
    """Return the finding of lists of names that do not agree on which binding overrides which."""
    lists = [(name, layers[name].extends) for name in names if len(layers[name].extends) > 1]
    (name, extends), *others = lists[::-1]
    return bad_directive(
        f"`{name}` extends {', '.join(each.name for each in extends)} in this order, and others in another one",
        _place(layers[name], ("$extends",)),
        hint="list the bindings in the order in which they extend each other: a later one overrides those before it",
        related=tuple(Related("another order at", _place(layers[each], ("$extends",))) for each, _ in others),
    )

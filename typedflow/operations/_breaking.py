"""Breaking changes: a project's models compared with a git revision, each change with its places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from typedflow.operations._contracts import (
    PROGRAM,
    ContractsRequest,
    ContractsResponse,
    ModelContract,
    request_adapter,
    response_adapter,
)
from typedflow.operations._errors import ArgumentError
from typedflow.operations._past_project import place_at_revision
from typedflow.operations._table_changes import table_changes
from typedflow.project import LoadedProject, revision
from typedflow.schema import ANY_KEY, Change, Direction, Kind, compare
from typedflow.values import (
    RULES,
    Diagnostic,
    KeyPath,
    Location,
    Related,
    Severity,
    Span,
    TypedflowError,
    format_path,
)
from typedflow.workspace import ask_child

_ORDER = list(Kind)
_RULES = {Kind.BREAKING: "breaking-change", Kind.RISKY: "risky-change"}


@dataclass(frozen=True, slots=True)
class PlacedChange:
    """A change of a config's model, or of a table: where the changed part is declared, and where it was before.

    ``config`` is `settings`, `FLOW.CONFIG` for one that a flow declares (``is_own``), or `table:NAME`. In a project of
    several models, it has the names of those that have the change: `settings.CLASS`.
    """

    config: str
    change: Change
    place: Location | None = None
    was: Location | None = None
    is_own: bool = False

    @property
    def diagnostic(self) -> Diagnostic:
        """The change as a finding."""
        change, kind = self.change, self.change.kind
        related = (Related("was declared at", self.was),) if self.was and self.place else ()
        owner = f" (config `{self.config}`)" if self.is_own else ""
        return Diagnostic(
            RULES[_RULES[kind]],
            change.message + owner,
            self.place or self.was,
            hint=change.hint,
            related=related,
            path=tuple("*" if key == ANY_KEY else key for key in change.path),
            severity=Severity.ERROR if kind is Kind.BREAKING else Severity.WARNING,
        )


@dataclass(frozen=True, slots=True)
class ModelChanges:
    """All changes since a revision, breaking ones first; and what is wrong with the settings files now.

    ``skipped``: flows whose own configs are unknown, then or now, each with the reason; ``unread``: tables whose files
    could not be read then.
    """

    ref: str
    changes: tuple[PlacedChange, ...]
    diagnostics: tuple[Diagnostic, ...]
    skipped: dict[str, str]
    unread: dict[str, str] = field(default_factory=dict)

    def of_kind(self, kind: Kind) -> list[PlacedChange]:
        """The changes of a kind."""
        return [placed for placed in self.changes if placed.change.kind is kind]

    def is_breaking(self, *, strict: bool = False) -> bool:
        """Return whether a change is breaking or, with ``strict``, risky, or whether settings files have errors."""
        return bool(self.diagnostics or self.of_kind(Kind.BREAKING) or (strict and self.of_kind(Kind.RISKY)))


def compare_models(
    project: LoadedProject, *, against: str, directions: Iterable[Direction] = tuple(Direction)
) -> ModelChanges:
    """Compare the models and tables of a project with those at a revision, and resolve its settings files.

    Raises:
        ArgumentError: the revision does not exist, or its models cannot be imported.
        TypedflowError: the current models cannot be imported.
    """
    root, manifest = project.root, project.manifest
    seconds = manifest.check.timeout * (1 + len(project.units))  # the model and each flow are imported
    old = _past(root, against, seconds)
    new = _ask(ContractsRequest(str(root), with_settings=True), root, seconds)
    found = _placed(against, old, new, tuple(directions))
    changes = sorted(found, key=lambda placed: _ORDER.index(placed.change.kind))
    then = {flow: f"{reason} (at {against})" for flow, reason in old.skipped.items()}
    unread = {table: f"{reason} (at {against})" for table, reason in old.tables.unread.items()}
    return ModelChanges(against, tuple(changes), new.diagnostics, then | new.skipped, unread)


def _past(root: Path, ref: str, seconds: float) -> ContractsResponse:
    try:
        with revision(root, ref) as past:
            try:
                return _ask(ContractsRequest(str(past.root), str(past.today), str(past.tree)), past.root, seconds)
            except TypedflowError as error:
                raise ArgumentError(place_at_revision(item, past) for item in error.diagnostics) from None
    except ArgumentError:
        raise
    except TypedflowError as error:
        place = Location(f"--against {ref}")
        raise ArgumentError(replace(item, location=item.location or place) for item in error.diagnostics) from None


def _ask(request: ContractsRequest, folder: Path, seconds: float) -> ContractsResponse:
    """Return what a child process collects.

    Raises:
        TypedflowError: why there are no contracts.
    """
    line = ask_child(PROGRAM, request_adapter.dump_json(request).decode(), folder, seconds)
    found = response_adapter.validate_json(line)
    if found.failed:
        raise TypedflowError(found.diagnostics)
    return found


def _placed(
    ref: str, old: ContractsResponse, new: ContractsResponse, directions: tuple[Direction, ...]
) -> Iterator[PlacedChange]:
    """Yield the changes of tables, and of configs that existed then and now; those that several models have, once."""
    alike: dict[tuple[object, ...], list[PlacedChange]] = {}
    for before, after in _pairs(old, new):
        for placed in _changes(ref, old.settings[before], new.settings[after], directions):
            change = placed.change
            key = (change.kind, change.direction, change.message, placed.place, placed.was)
            alike.setdefault(key, []).append(replace(placed, config=after))
    for found in alike.values():
        yield replace(found[0], config=", ".join(dict.fromkeys(placed.config for placed in found)))
    for config in [config for config in old.contracts if config in new.contracts]:
        for placed in _changes(ref, old.contracts[config], new.contracts[config], directions):
            yield replace(placed, config=config, is_own=True)
    for found_change in table_changes(old.tables, new.tables, directions):
        was = _at(ref, found_change.was)
        yield PlacedChange(f"table:{found_change.table}", found_change.change, found_change.place, was)


def _pairs(old: ContractsResponse, new: ContractsResponse) -> dict[tuple[str, str], None]:
    """Return the names of settings' models, then and now: of each unit, and of those that have the same name."""
    same = [(name, name) for name in old.settings if name in new.settings]
    units = [(old.units[unit], new.units[unit]) for unit in old.units if unit in new.units]
    return dict.fromkeys((*same, *units))


def _changes(
    ref: str, old: ModelContract, new: ModelContract, directions: tuple[Direction, ...]
) -> Iterator[PlacedChange]:
    for change in compare(old.contract, new.contract, directions):
        yield PlacedChange("", change, _place(new, change.path), _at(ref, _place(old, change.path)))


def _at(ref: str, place: Location | None) -> Location | None:
    return place._replace(name=f"{ref}:{place.name}") if place else None


def _place(contract: ModelContract, path: KeyPath) -> Location | None:
    """Return where a model declares what is at a path; None where it has no such field."""
    while path and path[-1] == ANY_KEY:
        path = path[:-1]
    found = contract.places.get(format_path(path))
    if found is None:
        return None
    file, line = found
    return Location(file, Span(line, 1, line, 1))

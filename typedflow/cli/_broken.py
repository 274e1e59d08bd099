"""A project's models beside what they were at a git revision: the changes, and each as a diagnostic with its places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from typedflow.cli._chosen import CommandLineError
from typedflow.cli._past import at_revision
from typedflow.cli._promises import ANSWERS, PROGRAM, QUESTIONS, SETTINGS, Answer, Promise, Question
from typedflow.project import Project, revision
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
class Placed:
    """A change of a config's model, where the model declares what it is about, and where it did."""

    config: str
    change: Change
    place: Location | None = None
    was: Location | None = None

    @property
    def diagnostic(self) -> Diagnostic:
        """The change as a finding."""
        change, kind = self.change, self.change.kind
        related = (Related("was declared at", self.was),) if self.was and self.place else ()
        owner = "" if self.config == SETTINGS else f" (config `{self.config}`)"
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
class Broken:
    """All changes since a revision, what hurts most first; and what is wrong with the settings files now.

    ``skipped``: flows whose own configs are not known, then or now, each with the reason.
    """

    ref: str
    changes: tuple[Placed, ...]
    diagnostics: tuple[Diagnostic, ...]
    skipped: dict[str, str]

    def of_kind(self, kind: Kind) -> list[Placed]:
        """Give the changes of a kind."""
        return [placed for placed in self.changes if placed.change.kind is kind]

    def breaks(self, *, strict: bool) -> bool:
        """Tell whether anything does not fit; if strict, also whether anything may not."""
        return bool(self.diagnostics or self.of_kind(Kind.BREAKING) or (strict and self.of_kind(Kind.RISKY)))


def broken(project: Project, ref: str, directions: Iterable[Direction]) -> Broken:
    """Compare the models of a project with those at a revision, and resolve its settings files.

    Raises:
        CommandLineError: the revision does not exist, or its models cannot be had.
        TypedflowError: today's models cannot be had.
    """
    root, manifest = project.root, project.manifest
    seconds = manifest.check.timeout * (1 + len(manifest.flows))  # the model and each flow are imported
    old = _yesterday(root, ref, seconds)
    new = _asked(Question(str(root), judges=True), root, seconds)
    changes = sorted(_placed(ref, old, new, tuple(directions)), key=lambda placed: _ORDER.index(placed.change.kind))
    then = {flow: f"{reason} (at {ref})" for flow, reason in old.skipped.items()}
    return Broken(ref, tuple(changes), new.diagnostics, then | new.skipped)


def _yesterday(root: Path, ref: str, seconds: float) -> Answer:
    try:
        with revision(root, ref) as past:
            try:
                return _asked(Question(str(past.root), str(past.today), str(past.tree)), past.root, seconds)
            except TypedflowError as error:
                raise CommandLineError(at_revision(item, past) for item in error.diagnostics) from None
    except CommandLineError:
        raise
    except TypedflowError as error:
        place = Location(f"--against {ref}")
        raise CommandLineError(replace(item, location=item.location or place) for item in error.diagnostics) from None


def _asked(question: Question, folder: Path, seconds: float) -> Answer:
    """Give what a process of its own finds out.

    Raises:
        TypedflowError: why it finds out nothing.
    """
    line = ask_child(PROGRAM, QUESTIONS.dump_json(question).decode(), folder, seconds)
    found = ANSWERS.validate_json(line)
    if found.failed:
        raise TypedflowError(found.diagnostics)
    return found


def _placed(ref: str, old: Answer, new: Answer, directions: tuple[Direction, ...]) -> Iterator[Placed]:
    """Give the changes of all configs that there were and are."""
    for config in [config for config in old.promises if config in new.promises]:
        before, after = old.promises[config], new.promises[config]
        for change in compare(before.contract, after.contract, directions):
            was = _place(before, change.path)
            was = replace(was, name=f"{ref}:{was.name}") if was else None
            yield Placed(config, change, _place(after, change.path), was)


def _place(promise: Promise, path: KeyPath) -> Location | None:
    """Give where a model declares what is at a path; None where it has no such field."""
    while path and path[-1] == ANY_KEY:
        path = path[:-1]
    found = promise.places.get(format_path(path))
    if found is None:
        return None
    file, line = found
    return Location(file, Span(line, 1, line, 1))

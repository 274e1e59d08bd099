"""Which runs match: ``--where``, checked before any run is read, and the other options."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Any

from pydantic import BaseModel

from typedflow.metaflow import PastRun, UnreadableError, expression_failed, unknown_name
from typedflow.models import fields_of, models_at
from typedflow.operations._errors import ArgumentError
from typedflow.operations._runs_names import RUN_FACTS
from typedflow.operations._runs_visible import VisibleRun
from typedflow.operations._shared_findings import unknown_path
from typedflow.values import (
    Access,
    Diagnostic,
    Excerpt,
    ExpressionSyntaxError,
    Location,
    Span,
    did_you_mean,
    expression_tree,
    listed,
    parse_expression,
    redact_line,
)

#: A single equals sign.
_EQUALS = re.compile(r"(?<![=!<>:])=(?![=<>])")
_NAMES = ("config", "run", "data", "artifacts")
_OPTION = "--where"


class _Tally:
    """Runs of one kind: their number, and the reason of the first."""

    def __init__(self) -> None:
        self.count = 0
        self.reason = ""

    @property
    def runs(self) -> str:
        """Their number, as in ``2 runs``."""
        return f"{self.count} run{'' if self.count == 1 else 's'}"

    def add(self, reason: str) -> None:
        """Count one more."""
        self.count += 1
        self.reason = self.reason or reason


class RunFilter:
    """Which runs match; those that could not be decided are counted."""

    def __init__(
        self,
        model: type[BaseModel],
        *,
        where: str | None = None,
        bindings: Sequence[str] = (),
        environment: str | None = None,
        since: datetime | None = None,
    ) -> None:
        """Accept the options: an expression, globs of bindings, one environment, the earliest start.

        Raises:
            ArgumentError: ``where`` is not an expression, or uses a name that no run can have.
        """
        self._where = where
        self._bindings = bindings
        self._environment = environment
        self._since = since.astimezone() if since is not None else None
        self._code = _compiled(where, model) if where is not None else None
        self.seen = self._decided = 0
        self._lacking, self._unread, self._failing, self._lost = _Tally(), _Tally(), _Tally(), _Tally()

    def __call__(self, past: PastRun) -> bool:
        """Return whether a run matches."""
        self.seen += 1
        if past.lost and (self._bindings or self._environment is not None):
            self._lost.add(f"{past.pathspec}: {past.lost}")
            return False
        if self._bindings and not any(fnmatchcase(past.binding or "", glob) for glob in self._bindings):
            return False
        if self._environment is not None and past.environment != self._environment:
            return False
        if self._since is not None and past.created.astimezone() < self._since:
            return False
        return self._code is None or self._is_true(past)

    @property
    def is_failing(self) -> bool:
        """Whether ``--where`` failed, and was evaluated for no run: the expression is wrong, not the runs."""
        return bool(self._failing.count and not self._decided)

    def notes(self) -> Iterator[str]:
        """Yield a sentence for each reason why it could not be decided whether runs match."""
        if self._failing.count and self._where is not None:
            yield f"`{' '.join(self._where.split())}` fails for {self._failing.runs}: {self._failing.reason}"
        for tally, why in (
            (self._lacking, "a value that --where uses is missing"),
            (self._unread, "a value that --where uses cannot be read"),
            (self._lost, "the binding and the environment cannot be read"),
        ):
            if tally.count:
                yield f"{tally.runs} did not match because {why}: {tally.reason}"

    def _is_true(self, past: PastRun) -> bool:
        visible = VisibleRun(past)
        try:
            found = bool(eval(self._code, {**visible.names, "__builtins__": vars(builtins)}))  # type: ignore[arg-type] # noqa: S307 # the user's own command line
        except UnreadableError as error:
            self._unread.add(str(error))
        except Exception as error:  # noqa: BLE001 # the user's expression decides what is raised
            key = _key_of_mapping(error)
            is_lack = isinstance(error, AttributeError | LookupError) and not key
            tally = self._lacking if is_lack else self._failing
            tally.add(f"{past.pathspec}: {type(error).__name__}: {error}{key}")
        else:
            if visible.doubt and not found:
                self._unread.add(visible.doubt)
                return False
            self._decided += 1
            return found
        return False


def _key_of_mapping(error: Exception) -> str:
    """Return a hint if an attribute was used for a key of a mapping."""
    if isinstance(error, AttributeError) and isinstance(error.obj, Mapping) and error.name in error.obj:
        return f'; it is a key: write `["{error.name}"]`'
    return ""


def _compiled(text: str, model: type[BaseModel]) -> Any:
    try:
        tree = expression_tree(text)
        accesses = parse_expression(text)
    except ExpressionSyntaxError as error:
        found = _problem(expression_failed, error.message, text, error.offset, error.offset + 1)
        is_equals = _EQUALS.match(text, error.offset) is not None
        raise ArgumentError([replace(found, hint="to compare, write `==`") if is_equals else found]) from None
    bound = _bound(tree)
    if problems := [problem for access in accesses for problem in _problems(access, text, model, bound)]:
        raise ArgumentError(problems)
    return compile(tree, _OPTION, "eval")


def _bound(tree: ast.AST) -> set[str]:
    """Return the names that the expression itself binds, as in a comprehension."""
    stored = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return stored | {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}


def _problems(access: Access, text: str, model: type[BaseModel], bound: set[str]) -> Iterator[Diagnostic]:
    if access.name in bound:
        return
    if access.name not in _NAMES:
        if not hasattr(builtins, access.name):
            message = f"there is no `{access.name}`; an expression has {listed(_NAMES)}"
            yield _problem(unknown_name, message, text, access.start, access.end, did_you_mean(access.name, _NAMES))
        return
    if access.name == "run" and access.steps and access.steps[0].key not in RUN_FACTS:
        step = access.steps[0]
        message = f"a run has no `{step.key}`; it has {listed(RUN_FACTS)}"
        yield _problem(unknown_path, message, text, step.start, step.end, did_you_mean(str(step.key), RUN_FACTS))
    if access.name == "config":
        yield from _of_config(access, text, model)


def _of_config(access: Access, text: str, model: type[BaseModel]) -> Iterator[Diagnostic]:
    """Yield the first step that no model has; values that are not models are checked when the expression runs."""
    path: tuple[str | int, ...] = ()
    for step in access.steps:
        owners = models_at(model, path)
        if not owners:
            return
        fields = {name for owner in owners for name in fields_of(owner) or {}}
        if step.key not in fields and not any(hasattr(owner, str(step.key)) for owner in owners):
            names = " or ".join(owner.__name__ for owner in owners)
            label = did_you_mean(str(step.key), fields)
            yield _problem(unknown_path, f"{names} has no `{step.key}`", text, step.start, step.end, label)
            return
        path = (*path, step.key)


def _problem(
    finding: Callable[..., Diagnostic], message: str, text: str, start: int, end: int, label: str = ""
) -> Diagnostic:
    before = text[:start]
    line = before.count("\n") + 1
    column = start - (before.rfind("\n") + 1)
    shown = text.split("\n")[line - 1]
    span = Span(line, column + 1, line, column + 1 + max(1, end - start))
    place = Location(_OPTION, span, Excerpt(redact_line(shown), column, column + max(1, end - start)))
    return finding(message, place, label=label)

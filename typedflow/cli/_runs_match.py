"""Which runs are meant: ``--where``, judged before any run is read, and the other options."""

from __future__ import annotations

import argparse
import ast
import builtins
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any

from pydantic import BaseModel

from typedflow.cli._chosen import CommandLineError
from typedflow.cli._runs_names import RUN_FACTS
from typedflow.metaflow import PastRun
from typedflow.models import fields_of, models_at
from typedflow.values import (
    RULES,
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
)

_NAMES = ("config", "run", "data", "artifacts")
_OPTION = "--where"


class Match:
    """Tells whether a run is meant, and counts those of which ``--where`` and other options could not tell."""

    def __init__(self, arguments: argparse.Namespace, model: type[BaseModel]) -> None:
        """Take the options.

        Raises:
            CommandLineError: ``--where`` is no expression, or asks for what no run can have.
        """
        self._arguments = arguments
        self._code = _compiled(arguments.where, model) if arguments.where is not None else None
        self.seen = self.lacking = self.lost = 0
        self.reason = self.lost_reason = ""

    def __call__(self, past: PastRun) -> bool:
        """Tell whether a run is meant."""
        self.seen += 1
        asked = self._arguments
        globs = asked.binding or ()
        if past.lost and (globs or asked.env is not None):
            self.lost += 1
            self.lost_reason = self.lost_reason or f"{past.pathspec}: {past.lost}"
            return False
        if globs and not any(fnmatchcase(past.binding or "", glob) for glob in globs):
            return False
        if asked.env is not None and past.environment != asked.env:
            return False
        if asked.since is not None and past.created.astimezone() < asked.since:
            return False
        return self._code is None or self._is_true(past)

    def _is_true(self, past: PastRun) -> bool:
        artifacts = _Artifacts(past)
        names = {"config": past.config, "run": past, "data": artifacts, "artifacts": artifacts}
        try:
            return bool(eval(self._code, {**names, "__builtins__": vars(builtins)}))  # type: ignore[arg-type] # noqa: S307 # the user's own command line
        except Exception as error:  # noqa: BLE001 # the user's expression decides what is raised
            self.lacking += 1
            self.reason = self.reason or f"{past.pathspec}: {type(error).__name__}: {error}"
            return False


class _Artifacts:
    """The artifacts of a run, read when they are asked for."""

    def __init__(self, past: PastRun) -> None:
        self._past = past

    def __getattr__(self, name: str) -> Any:
        return self._past.artifact(name)


def _compiled(text: str, model: type[BaseModel]) -> Any:
    try:
        tree = expression_tree(text)
        accesses = parse_expression(text)
    except ExpressionSyntaxError as error:
        found = _problem("expression-failed", error.message, text, error.offset, error.offset + 1)
        raise CommandLineError([found]) from None
    bound = _bound(tree)
    if problems := [problem for access in accesses for problem in _problems(access, text, model, bound)]:
        raise CommandLineError(problems)
    return compile(tree, _OPTION, "eval")


def _bound(tree: ast.AST) -> set[str]:
    """Give the names that the expression itself binds, as a comprehension does."""
    stored = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return stored | {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}


def _problems(access: Access, text: str, model: type[BaseModel], bound: set[str]) -> Iterator[Diagnostic]:
    if access.name in bound:
        return
    if access.name not in _NAMES:
        if not hasattr(builtins, access.name):
            message = f"there is no `{access.name}`; an expression has {listed(_NAMES)}"
            yield _problem("unknown-name", message, text, access.start, access.end, did_you_mean(access.name, _NAMES))
        return
    if access.name == "run" and access.steps and access.steps[0].key not in RUN_FACTS:
        step = access.steps[0]
        message = f"a run has no `{step.key}`; it has {listed(RUN_FACTS)}"
        yield _problem("unknown-path", message, text, step.start, step.end, did_you_mean(str(step.key), RUN_FACTS))
    if access.name == "config":
        yield from _of_config(access, text, model)


def _of_config(access: Access, text: str, model: type[BaseModel]) -> Iterator[Diagnostic]:
    """Give the first step that no model has at its place; what is no model is left to the values."""
    path: tuple[str | int, ...] = ()
    for step in access.steps:
        owners = models_at(model, path)
        if not owners:
            return
        fields = {name for owner in owners for name in fields_of(owner) or {}}
        if step.key not in fields and not any(hasattr(owner, str(step.key)) for owner in owners):
            names = " or ".join(owner.__name__ for owner in owners)
            label = did_you_mean(str(step.key), fields)
            yield _problem("unknown-path", f"{names} has no `{step.key}`", text, step.start, step.end, label)
            return
        path = (*path, step.key)


def _problem(rule: str, message: str, text: str, start: int, end: int, label: str = "") -> Diagnostic:
    before = text[:start]
    line = before.count("\n") + 1
    column = start - (before.rfind("\n") + 1)
    shown = text.split("\n")[line - 1]
    span = Span(line, column + 1, line, column + 1 + max(1, end - start))
    place = Location(_OPTION, span, Excerpt(shown, column, column + max(1, end - start)))
    return Diagnostic(RULES[rule], message, place, label=label)

"""Reading the config of a past run back, as an instance of its model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any, TypeVar

from metaflow import Run, Step, Task
from metaflow.exception import MetaflowException
from pydantic import BaseModel, ValidationError

from typedflow.metaflow._misfits import misfits
from typedflow.models import migrations_of, restore
from typedflow.values import RULES, Diagnostic, Location, TypedflowError, did_you_mean, listed, raised_at

M = TypeVar("M", bound=BaseModel)
R = TypeVar("R")

#: Metaflow's step that has what a run was given (``metaflow/task.py``); it is there before any step has begun.
_PARAMETERS = "_parameters"
_GONE = "its data is gone"
_HINT = "declare in the model how older runs become what it takes today, with `@typedflow.migration(since=...)`"


def load(run: str | Run | Step | Task, model: type[M], config: str | None = None) -> M:
    """Give the config of a past run as an instance of a model; whether typedflow or plain Metaflow stored it.

    ``run`` is a run, or anything in it, as an object of Metaflow's Client or as a pathspec (``"Train/12"``), in the
    Client's metadata and namespace. ``config`` is the attribute of the flow that holds the config; it need not be
    named where the flow has one. A run that was made before the ``since`` of migrations in the model is changed first.

    Raises:
        TypedflowError: ``unknown-run``; ``unknown-config``; ``no-value``; ``migration-failed``; or every field of what
            is stored that does not fit the model.
    """
    found = _run(run)
    _, task = parameters_of(found)
    name = config_of(found.pathspec, task, config)
    return fitted(found, name, stored_in(found.pathspec, task, name), model)


def stored_in(pathspec: str, task: Task, name: str) -> Any:
    """Give a config as a run has stored it, in plain values.

    Raises:
        TypedflowError: ``unknown-run``; ``no-value``.
    """
    stored = asked(pathspec, lambda: task[name].data)
    if stored is None:
        raise problem("no-value", f"the config `{name}` of {pathspec} had no value", pathspec)
    return stored.to_dict() if hasattr(stored, "to_dict") else stored


def fitted(run: Run, name: str, stored: Any, model: type[M]) -> M:
    """Give what a run has stored as an instance of a model, through its migrations.

    Raises:
        TypedflowError: ``migration-failed``; or every field that does not fit the model.
    """
    data = _migrated(stored, model, run)
    try:
        return restore(model, data)
    except ValidationError as error:
        raise misfits(error, f"config `{name}`", model, Location(run.pathspec), _HINT) from None


def parameters_of(run: str | Run | Step | Task) -> tuple[str, Task]:
    """Give a run's pathspec, and its task that holds what it was given.

    Raises:
        TypedflowError: ``unknown-run``.
    """
    found = _run(run)
    return found.pathspec, asked(found.pathspec, lambda: _parameters(found))


def config_of(pathspec: str, task: Task, config: str | None) -> str:
    """Give the attribute that holds the config that is meant: the named one, or the only one.

    Raises:
        TypedflowError: ``unknown-config``.
    """
    graph = asked(pathspec, lambda: task["_graph_info"].data)
    return named(pathspec, configs_in(graph), config, 'name one: `load(run, Model, "settings")`')


def _run(run: str | Run | Step | Task) -> Run:
    pathspec = run if isinstance(run, str) else run.pathspec
    flow, _, rest = pathspec.strip("/").partition("/")
    identifier = rest.partition("/")[0]
    if not identifier:
        raise problem("unknown-run", f"`{pathspec}` names no run", pathspec, hint="write FLOW/RUN, as in `Train/12`")
    return run if isinstance(run, Run) else asked(pathspec, lambda: Run(f"{flow}/{identifier}"))


def _parameters(run: Run) -> Task:
    task = run[_PARAMETERS].task
    if task is None:
        raise KeyError("parameters")
    return task


def asked(pathspec: str, ask: Callable[[], R]) -> R:
    """Return what Metaflow's Client answers.

    Raises:
        TypedflowError: ``unknown-run``.
    """
    try:
        return ask()
    except KeyError as error:
        raise problem("unknown-run", f"{pathspec} has no {error}", pathspec) from None
    except MetaflowException as error:
        hint = "a run of somebody else is seen after `metaflow.namespace(None)`" if "namespace" in str(error) else ""
        raise problem("unknown-run", f"{pathspec} cannot be read: {error}", pathspec, hint=hint) from None
    except Exception as error:  # noqa: BLE001 # a datastore decides what is raised, and what a run has stored is unpickled
        why = why_unread(error)
        if why != _GONE:
            raise problem("unknown-run", f"its data cannot be read: {why}", pathspec) from None
        raise problem("unknown-run", why, pathspec, hint="restore it in the datastore, or name another run") from None


def why_unread(error: Exception) -> str:
    """Return why what a run has stored cannot be read; Metaflow's Client opens None where the data is gone."""
    if isinstance(error, TypedflowError):
        return error.diagnostics[0].message
    if isinstance(error, TypeError) and "NoneType" in str(error):
        return _GONE
    return f"{type(error).__name__}: {error}"


def configs_in(graph: Mapping[str, Any]) -> list[str]:
    """Give the attributes of a flow that hold configs, from what a run stores of the flow's graph."""
    return [each["name"] for each in graph["parameters"] if each["type"].endswith("Config")]


def named(pathspec: str, known: list[str], config: str | None, hint: str) -> str:
    """Give the config that is meant: the named one, or the only one.

    Raises:
        TypedflowError: ``unknown-config``.
    """
    if config is None and len(known) == 1:
        return known[0]
    if config in known:
        return str(config)
    its = f"its configs: {listed(known)}" if known else "it has none"
    if config is None:
        raise problem("unknown-config", f"which config of {pathspec} is meant? {its}", pathspec, hint=hint)
    raise problem(
        "unknown-config", f"{pathspec} has no config `{config}`; {its}", pathspec, label=did_you_mean(config, known)
    )


def _migrated(data: Any, model: type[BaseModel], run: Run) -> Any:
    migrations = migrations_of(model, run.created_at)
    data = deepcopy(data) if migrations else data  # they may change it in place
    for each in migrations:
        try:
            data = _returned(each.__func__(data))
        except Exception as error:  # noqa: BLE001 # the user's function decides what is raised
            name = f"{model.__name__}.{each.__func__.__name__}"
            message = f"the migration `{name}` fails on {run.pathspec}: {type(error).__name__}: {error}"
            place = raised_at(error) or Location(run.pathspec)
            raise TypedflowError([Diagnostic(RULES["migration-failed"], message, place)]) from None
    return data


def _returned(data: Any) -> Any:
    if data is None:
        raise TypeError("it returns None, where the changed values are expected")
    return data


def problem(rule: str, message: str, pathspec: str, *, hint: str = "", label: str = "") -> TypedflowError:
    """Give the error of one finding at a run."""
    return TypedflowError([Diagnostic(RULES[rule], message, Location(pathspec), label=label, hint=hint)])

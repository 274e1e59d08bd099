"""Loading the config of a past run as an instance of its model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any, TypeVar

from metaflow import Run, Step, Task
from metaflow.exception import MetaflowException
from pydantic import BaseModel, ValidationError

from typedflow.metaflow import _compat
from typedflow.metaflow._shared_findings import no_value, unknown_config, unknown_run
from typedflow.metaflow._stored_errors import stored_value_error
from typedflow.models import migrations_of, restore
from typedflow.values import RULES, Diagnostic, Location, TypedflowError, did_you_mean, listed, raised_at

M = TypeVar("M", bound=BaseModel)
R = TypeVar("R")

#: Metaflow's step that holds a run's parameters (``metaflow/task.py``); it is there before any step begins.
_PARAMETERS = "_parameters"
_GONE = "its data is gone"
#: The class of a Config that typedflow makes, which a run's graph has by its name.
_MADE = "MadeConfig"
_HINT = "declare a migration of older runs in the model, with `@typedflow.migration(since=...)`"


def load(run: str | Run | Step | Task, model: type[M], config: str | None = None) -> M:
    """Return the config of a past run as an instance of a model, stored by typedflow or by plain Metaflow.

    ``run`` is a run, or anything in it, as an object of Metaflow's Client or as a pathspec (``"Train/12"``), in the
    Client's metadata and namespace. ``config`` is the attribute of the flow that holds the config; it is optional
    where the flow has one. Migrations of the model are applied to runs that are older than their ``since``.

    Raises:
        TypedflowError: ``unknown-run``; ``unknown-config``; ``no-value``; ``migration-failed``; or every stored
            field that does not fit the model.
    """
    found = _run(run)
    _, task = find_parameters(found)
    name = find_config(found.pathspec, task, config)
    return fit_model(found, name, read_stored(found.pathspec, task, name), model)


def read_stored(pathspec: str, task: Task, name: str) -> Any:
    """Return a config as a run has stored it, in plain values.

    Raises:
        TypedflowError: ``unknown-run``; ``no-value``.
    """
    stored = ask_client(pathspec, lambda: task[name].data)
    if stored is None:
        raise run_error(no_value, f"the config `{name}` of {pathspec} had no value", pathspec)
    return stored.to_dict() if hasattr(stored, "to_dict") else stored


def fit_model(run: Run, name: str, stored: Any, model: type[M]) -> M:
    """Return stored values as an instance of a model, through its migrations.

    Raises:
        TypedflowError: ``migration-failed``; or every field that does not fit the model.
    """
    data = _migrated(stored, model, run)
    try:
        return restore(model, data)
    except ValidationError as error:
        raise stored_value_error(error, f"config `{name}`", model, Location(run.pathspec), _HINT) from None


def find_parameters(run: str | Run | Step | Task) -> tuple[str, Task]:
    """Return a run's pathspec, and the task that holds its parameters.

    Raises:
        TypedflowError: ``unknown-run``.
    """
    found = _run(run)
    return found.pathspec, ask_client(found.pathspec, lambda: _parameters(found))


def find_config(pathspec: str, task: Task, config: str | None) -> str:
    """Return the attribute that holds the named config, or the only one.

    Raises:
        TypedflowError: ``unknown-config``.
    """
    return config_in(pathspec, stored_graph(pathspec, task), config)


def stored_graph(pathspec: str, task: Task) -> Mapping[str, Any]:
    """Return the graph that a run has stored, with the names and kinds of its parameters.

    Raises:
        TypedflowError: ``unknown-run``.
    """
    graph: Mapping[str, Any] = ask_client(pathspec, lambda: task[_compat.GRAPH].data)
    return graph


def config_in(pathspec: str, graph: Mapping[str, Any], config: str | None) -> str:
    """Return the named config of a run's graph, or the only one.

    Raises:
        TypedflowError: ``unknown-config``.
    """
    return choose_config(pathspec, config_names(graph, config), config, 'name one: `load(run, Model, "settings")`')


def is_made(graph: Mapping[str, Any], name: str) -> bool:
    """Return whether a run's graph has a Config of this name that typedflow makes."""
    return any((each["name"], each["type"]) == (name, _MADE) for each in graph["parameters"])


def _run(run: str | Run | Step | Task) -> Run:
    pathspec = run if isinstance(run, str) else run.pathspec
    flow, _, rest = pathspec.strip("/").partition("/")
    identifier = rest.partition("/")[0]
    if not identifier:
        raise run_error(unknown_run, f"`{pathspec}` is not a run", pathspec, hint="write FLOW/RUN, as in `Train/12`")
    return run if isinstance(run, Run) else ask_client(pathspec, lambda: Run(f"{flow}/{identifier}"))


def _parameters(run: Run) -> Task:
    task = run[_PARAMETERS].task
    if task is None:
        raise KeyError("parameters")
    return task


def ask_client(pathspec: str, ask: Callable[[], R]) -> R:
    """Return what Metaflow's Client answers.

    Raises:
        TypedflowError: ``unknown-run``.
    """
    try:
        return ask()
    except KeyError as error:
        raise run_error(unknown_run, f"{pathspec} has no {error}", pathspec) from None
    except MetaflowException as error:
        hint = "call `metaflow.namespace(None)` first to find other users' runs" if "namespace" in str(error) else ""
        raise run_error(unknown_run, f"{pathspec} cannot be read: {error}", pathspec, hint=hint) from None
    except Exception as error:  # noqa: BLE001 # a datastore decides what is raised, and what a run has stored is unpickled
        why = read_failure(error)
        if why != _GONE:
            raise run_error(unknown_run, f"its data cannot be read: {why}", pathspec) from None
        raise run_error(unknown_run, why, pathspec, hint="restore it in the datastore, or name another run") from None


def read_failure(error: Exception) -> str:
    """Return why stored data cannot be read; Metaflow's Client opens None if the data is gone."""
    if isinstance(error, TypedflowError):
        return error.diagnostics[0].message
    if isinstance(error, TypeError) and "NoneType" in str(error):
        return _GONE
    return f"{type(error).__name__}: {error}"


def config_names(graph: Mapping[str, Any], named: str | None = None) -> list[str]:
    """Return the attributes of a flow that hold configs, from the graph that a run has stored.

    One that typedflow makes, of the flow's tables, is among them only where it is ``named``.
    """
    kinds = {each["name"]: each["type"] for each in graph["parameters"] if each["type"].endswith("Config")}
    return [name for name, kind in kinds.items() if kind != _MADE or name == named]


def choose_config(pathspec: str, known: list[str], config: str | None, hint: str) -> str:
    """Return the named config, or the only one.

    Raises:
        TypedflowError: ``unknown-config``.
    """
    if config is None and len(known) == 1:
        return known[0]
    if config in known:
        return str(config)
    its = f"its configs: {listed(known)}" if known else "it has none"
    if config is None:
        raise run_error(unknown_config, f"which config of {pathspec} is meant? {its}", pathspec, hint=hint)
    raise run_error(
        unknown_config, f"{pathspec} has no config `{config}`; {its}", pathspec, label=did_you_mean(config, known)
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
        raise TypeError("it returns None instead of the changed values")
    return data


def run_error(
    finding: Callable[..., Diagnostic], message: str, pathspec: str, *, hint: str = "", label: str = ""
) -> TypedflowError:
    """Return the error with one finding about a run."""
    return TypedflowError([finding(message, Location(pathspec), label=label, hint=hint)])

"""Reading the origins of the values in a past run's config."""

from __future__ import annotations

from metaflow import Run, Step, Task

from typedflow.metaflow._load import ask_client, find_config, find_parameters, run_error
from typedflow.metaflow._origins import origins_name
from typedflow.metaflow._shared_findings import no_origins
from typedflow.values import Origins, read_sidecar


def origins(run: str | Run | Step | Task, config: str | None = None) -> Origins:
    """Return the origin of each value of a past run's config, by key path, and the flow, binding and model.

    ``run`` and ``config`` are as in ``load``. Files are relative to the project's root, as they were at launch.

    Raises:
        TypedflowError: ``unknown-run``; ``unknown-config``; ``no-origins`` for a run of plain Metaflow or of an earlier
            version of typedflow.
    """
    pathspec, task = find_parameters(run)
    name = find_config(pathspec, task, config)
    found = read_origins(pathspec, task, name)
    if found is None:
        message = f"the origins of the config `{name}` of {pathspec} were not stored"
        hint = "typedflow stores origins of configs with a model, when it launches the run"
        raise run_error(no_origins, message, pathspec, hint=hint)
    return found


def known_origins(run: str | Run | Step | Task, config: str | None = None) -> Origins | None:
    """Return what ``origins`` does, or None if no origins were stored.

    Raises:
        TypedflowError: ``unknown-run``; ``unknown-config``.
    """
    pathspec, task = find_parameters(run)
    return read_origins(pathspec, task, find_config(pathspec, task, config))


def read_origins(pathspec: str, task: Task, name: str) -> Origins | None:
    """Return the origins that a run has stored for a config, or None.

    Raises:
        TypedflowError: ``unknown-run``, if they exist but cannot be read.
    """
    beside = origins_name(name)
    return read_sidecar(ask_client(pathspec, lambda: task[beside].data)) if beside in task else None

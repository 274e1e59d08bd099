"""Reading back where the values of a past run's config were from."""

from __future__ import annotations

from metaflow import Run, Step, Task

from typedflow.metaflow._load import asked, config_of, parameters_of, problem
from typedflow.metaflow._origins import origins_name
from typedflow.values import Origins, read_sidecar


def origins(run: str | Run | Step | Task, config: str | None = None) -> Origins:
    """Give where each value of a past run's config was from, by key path, and the flow, binding and model it had.

    ``run`` and ``config`` are as in ``load``. Files are named from the project's root, as they were at launch.

    Raises:
        TypedflowError: ``unknown-run``; ``unknown-config``; ``no-origins`` for a run of plain Metaflow or of an earlier
            version of typedflow.
    """
    pathspec, task = parameters_of(run)
    name = config_of(pathspec, task, config)
    found = origins_in(pathspec, task, name)
    if found is None:
        message = f"where the config `{name}` of {pathspec} is from was not stored"
        hint = "typedflow keeps it for configs with a model, when it launches the run"
        raise problem("no-origins", message, pathspec, hint=hint)
    return found


def known_origins(run: str | Run | Step | Task, config: str | None = None) -> Origins | None:
    """Give what ``origins`` gives, or None where it was not stored.

    Raises:
        TypedflowError: ``unknown-run``; ``unknown-config``.
    """
    pathspec, task = parameters_of(run)
    return origins_in(pathspec, task, config_of(pathspec, task, config))


def origins_in(pathspec: str, task: Task, name: str) -> Origins | None:
    """Return the origins of a config that a run has stored beside it, or None.

    Raises:
        TypedflowError: ``unknown-run``, where they are there and cannot be read.
    """
    beside = origins_name(name)
    return read_sidecar(asked(pathspec, lambda: task[beside].data)) if beside in task else None

"""The past runs of a flow, each with the config that it was given, as far as it can be read."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from metaflow import Flow, Run, namespace
from metaflow.exception import MetaflowException
from metaflow.user_configs.config_parameters import ConfigValue
from pydantic import BaseModel

from typedflow.metaflow._load import config_of, fitted, parameters_of, stored_in
from typedflow.metaflow._read_origins import origins_in
from typedflow.models import written
from typedflow.values import TypedflowError

_THREADS = 8  # for those who wait for a service; 200 local runs take 1.7 s with one, 2.8 s with eight
_AT_ONCE = 2 * _THREADS


@dataclass(frozen=True, slots=True)
class PastRun:
    """A run: ``config`` is the model's instance where what it stored fits, else plain values, None where it has none.

    ``tree`` has it as plain values, with the keys of files; ``problem`` says why there is none.
    """

    id: str
    pathspec: str
    created: datetime
    user: str
    finished: bool
    successful: bool
    tags: frozenset[str]
    binding: str | None = None
    environment: str | None = None
    config: Any = field(default=None, repr=False)
    tree: Any = field(default=None, repr=False)
    problem: str = ""
    run: Any = field(default=None, repr=False)

    @property
    def status(self) -> str:
        """How it ended: ``successful``, ``failed``, or ``unfinished`` (it is running, or ended before its end)."""
        return "successful" if self.successful else "failed" if self.finished else "unfinished"

    @property
    def data(self) -> Any:
        """The artifacts of the task that ended it; of its latest step, where it has not come to an end.

        Raises:
            MetaflowException: it has none.
        """
        task = self.run.end_task or next(iter(self.run)).task
        return task.data


def history(flow: str, model: type[BaseModel], config: str) -> Iterator[PastRun]:
    """Give the runs of a flow's class, the newest first, whoever made them; none where it was never run.

    They are read by several threads, some ahead of what is asked for.
    """
    namespace(None)
    try:
        runs = iter(Flow(flow))
    except MetaflowException:
        return
    with ThreadPoolExecutor(_THREADS) as pool:
        while some := list(islice(runs, _AT_ONCE)):
            yield from pool.map(lambda run: _past(run, model, config), some)


def _past(run: Run, model: type[BaseModel], config: str) -> PastRun:
    user = next((tag.partition(":")[2] for tag in run.system_tags if tag.startswith("user:")), "")
    facts: dict[str, Any] = {
        "id": run.id,
        "pathspec": run.pathspec,
        "created": run.created_at,
        "user": user,
        "finished": run.finished,
        "successful": run.successful,
        "tags": frozenset(run.tags),
        "run": run,
    }
    try:
        _, task = parameters_of(run)
        name = config_of(run.pathspec, task, config)
        value, tree = _config(run, name, stored_in(run.pathspec, task, name), model)
        origins = origins_in(task, name)
    except TypedflowError as error:
        return PastRun(**facts, problem=error.diagnostics[0].message)
    except Exception as error:  # noqa: BLE001 # what a run has stored is unpickled
        return PastRun(**facts, problem=f"{type(error).__name__}: {error}")
    if origins is not None:
        facts |= {"binding": origins.binding, "environment": origins.environment}
    return PastRun(**facts, config=value, tree=tree)


def _config(run: Run, name: str, stored: Any, model: type[BaseModel]) -> tuple[Any, Any]:
    """Give a run's config, and its plain values; as it was stored, where it does not fit the model any more."""
    try:
        value = fitted(run, name, stored, model)
    except TypedflowError:
        return ConfigValue(stored) if isinstance(stored, dict) else stored, stored
    return value, written(value, {})

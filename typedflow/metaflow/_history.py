"""The past runs of a flow, each with its config if it can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from metaflow import Flow, Run, Task, get_metadata
from metaflow.exception import MetaflowException
from metaflow.user_configs.config_parameters import ConfigValue
from pydantic import BaseModel

from typedflow.metaflow._load import config_in, find_parameters, fit_model, read_failure, read_stored, stored_graph
from typedflow.metaflow._read_origins import read_origins
from typedflow.metaflow._read_tables import has_tables, names_in_engine
from typedflow.models import file_values
from typedflow.values import TypedflowError

_THREADS = 8  # for metadata services, which respond slowly; 200 local runs take 1.7 s with one thread, 2.8 s with eight
_AT_ONCE = 2 * _THREADS


class UnreadableError(LookupError):
    """Data that a run has stored cannot be read: it is gone or damaged, or its class is missing."""


@dataclass(frozen=True, slots=True)
class PastRun:
    """A run: ``config`` is the model's instance if the stored values fit, else plain values; None if it has none.

    ``tree`` has the config as plain values, with the keys of files; ``problem`` says why there is none, ``lost`` why
    binding, environment and identity cannot be read. ``outcome`` says whether it has finished, and successfully, or
    why that is unknown.
    """

    id: str
    pathspec: str
    created: datetime
    user: str
    outcome: tuple[bool, bool] | str
    tags: frozenset[str]
    binding: str | None = None
    environment: str | None = None
    identity: str | None = None
    config: Any = field(default=None, repr=False)
    tree: Any = field(default=None, repr=False)
    problem: str = ""
    lost: str = ""
    run: Any = field(default=None, repr=False)
    _artifacts: dict[str, Any] = field(default_factory=dict, repr=False)
    _tables: Callable[[], dict[str, str]] | None = field(default=None, repr=False)

    @property
    def finished(self) -> bool:
        """Return whether the run has finished.

        Raises:
            UnreadableError: the outcome is unknown.
        """
        return self._known[0]

    @property
    def successful(self) -> bool:
        """Return whether the run has succeeded.

        Raises:
            UnreadableError: the outcome is unknown.
        """
        return self._known[1]

    @property
    def is_unknown(self) -> bool:
        """Return whether the outcome cannot be read."""
        return isinstance(self.outcome, str)

    @property
    def _known(self) -> tuple[bool, bool]:
        if isinstance(self.outcome, str):
            raise UnreadableError(f"the outcome of {self.pathspec} cannot be read: {self.outcome}")
        return self.outcome

    @property
    def status(self) -> str:
        """The outcome: ``successful``, ``failed``, ``unfinished`` (running, or killed), or ``unknown``."""
        if isinstance(self.outcome, str):
            return "unknown"
        return "successful" if self.successful else "failed" if self.finished else "unfinished"

    @property
    def tables(self) -> dict[str, str]:
        """The names in the engine of the tables that the run used, by their names in the project; read when asked.

        Raises:
            UnreadableError: they cannot be read.
            LookupError: the run's flow has no tables.
        """
        if self._tables is None:
            raise LookupError(f"{self.pathspec} used no tables of the project")
        try:
            return self._tables()
        except Exception as error:  # noqa: BLE001 # a datastore decides what is raised
            message = f"the tables of {self.pathspec} cannot be read: {read_failure(error)}"
            raise UnreadableError(message) from None

    def artifact(self, name: str) -> Any:
        """Return an artifact of the run's end task; of its latest step, if it has not finished.

        Raises:
            UnreadableError: it exists but cannot be read.
            LookupError: it does not exist.
        """
        if name not in self._artifacts:
            try:
                self._artifacts[name] = _artifact(self.run, name)
            except LookupError as error:
                self._artifacts[name] = error
        if isinstance(self._artifacts[name], LookupError):
            raise self._artifacts[name]
        return self._artifacts[name]


def _artifact(run: Run, name: str) -> Any:
    try:
        task: Task | None = run.end_task or next(iter(run)).task
        artifact = task[name] if task is not None else None
    except (KeyError, StopIteration):
        artifact = None
    except Exception as error:  # noqa: BLE001 # a datastore decides what is raised
        raise UnreadableError(f"the artifacts of {run.pathspec} cannot be read: {read_failure(error)}") from None
    if artifact is None:
        raise LookupError(f"{run.pathspec} has no artifact `{name}`")
    try:
        return artifact.data
    except Exception as error:  # noqa: BLE001 # what a run has stored is unpickled
        message = f"the artifact `{name}` of {run.pathspec} cannot be read: {read_failure(error)}"
        raise UnreadableError(message) from None


def datastore_above(root: Path) -> Path | None:
    """Return the ``.metaflow`` above a project in which Metaflow finds runs; None where it has one of its own.

    Metaflow searches upwards from the working directory.
    """
    kind, _, place = str(get_metadata()).partition("@")
    found = Path(place)
    is_above = kind == "local" and found.is_absolute() and found.resolve() in root.resolve().parents
    return found / ".metaflow" if is_above else None


def history(flow: str, model: type[BaseModel], config: str) -> Iterator[PastRun]:
    """Yield the runs of a flow's class in the Client's namespace, the newest first; none where it was never run.

    Several threads read them ahead of the caller.
    """
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
        "outcome": _outcome(run),
        "tags": frozenset(run.tags),
        "run": run,
        "_tables": lambda: names_in_engine(*find_parameters(run)),
    }
    try:
        _, task = find_parameters(run)
        graph = stored_graph(run.pathspec, task)
        facts["_tables"] = cache(lambda: names_in_engine(run.pathspec, task)) if has_tables(graph) else None
        name = config_in(run.pathspec, graph, config)
    except Exception as error:  # noqa: BLE001 # a datastore decides what is raised
        return PastRun(**facts, problem=read_failure(error), lost=read_failure(error))
    try:
        origins = read_origins(run.pathspec, task, name)
    except Exception as error:  # noqa: BLE001 # the same
        facts["lost"] = read_failure(error)
    else:
        names = ("binding", "environment", "identity")
        facts |= {} if origins is None else {name: getattr(origins, name) for name in names}
    try:
        value, tree = _config(run, name, read_stored(run.pathspec, task, name), model)
    except Exception as error:  # noqa: BLE001 # what a run has stored is unpickled
        return PastRun(**facts, problem=read_failure(error))
    return PastRun(**facts, config=value, tree=tree)


def _config(run: Run, name: str, stored: Any, model: type[BaseModel]) -> tuple[Any, Any]:
    """Return a run's config and its plain values; the stored values for both if they no longer fit the model."""
    try:
        value = fit_model(run, name, stored, model)
    except TypedflowError:
        return ConfigValue(stored) if isinstance(stored, dict) else stored, stored
    return value, file_values(value, {})


def _outcome(run: Run) -> tuple[bool, bool] | str:
    try:
        return bool(run.finished), bool(run.successful)
    except Exception as error:  # noqa: BLE001 # both are artifacts
        return read_failure(error)

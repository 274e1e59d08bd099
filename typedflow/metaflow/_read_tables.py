"""The tables that a past run used, as it has stored them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from metaflow import Run, Step, Task

from typedflow.metaflow._load import is_made, load, read_stored
from typedflow.models import RunTables

_TABLES = "tables"


def tables(run: str | Run | Step | Task) -> RunTables:
    """Return the tables that a past run used, by their names in the project, and the engine that had them.

    ``tables("Training/12").tables["films"].table`` is the name in the engine. ``run`` is as in ``load``.

    Raises:
        TypedflowError: ``unknown-run``; ``unknown-config`` for a flow without ``TablesMixin``.
    """
    return load(run, RunTables, _TABLES)


def has_tables(graph: Mapping[str, Any]) -> bool:
    """Return whether a run with this graph has stored the tables that it used."""
    return is_made(graph, _TABLES)


def names_in_engine(pathspec: str, task: Task) -> dict[str, str]:
    """Return the names in the engine of the tables that a run used, by their names in the project.

    Raises:
        TypedflowError: ``unknown-run``; ``no-value``.
    """
    return {name: str(table["table"]) for name, table in read_stored(pathspec, task, _TABLES)["tables"].items()}

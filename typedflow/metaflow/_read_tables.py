"""The tables that a past run used, as it has stored them."""

from __future__ import annotations

from metaflow import Run, Step, Task

from typedflow.metaflow._load import load
from typedflow.models import RunTables

_TABLES = "tables"


def tables(run: str | Run | Step | Task) -> RunTables:
    """Return the tables that a past run used, by their names in the project, and the engine that had them.

    ``tables("Training/12").tables["films"].table`` is the name in the engine. ``run`` is as in ``load``.

    Raises:
        TypedflowError: ``unknown-run``; ``unknown-config`` for a flow without ``TablesMixin``.
    """
    return load(run, RunTables, _TABLES)

"""Origins with each run: a Config that nobody gives goes beside each typed one, and where its values are from is in it.

What Metaflow keeps of a Config is all that reaches a task and a run the same way everywhere: local runs, and what Argo
Workflows, Step Functions and Airflow start. What a class body holds otherwise is made anew in each process.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from metaflow import Config as MetaflowConfig

from typedflow.metaflow import _compat
from typedflow.metaflow._record import RECORD

_SUFFIX = "_origins"


def origins_name(attribute: str) -> str:
    """Give the attribute of a flow in which the origins of a config are."""
    return f"{attribute}{_SUFFIX}"


class OriginsOf(MetaflowConfig):
    """Keeps the record of where another config's values are from.

    A run stores the name of this class; it does not end as those of configs do, so nobody takes it for one.
    A command line's reader (``ConfigInput``) has read this, empty, before the other: it goes through configs backwards.
    """

    IS_RECORD = True

    def __init__(self, name: str) -> None:
        """Keep nothing yet."""
        text = f"kept by typedflow: where the values of `{name}` are from; nothing to give"
        super().__init__(f"{name}{_SUFFIX}", default_value="{}", help=text, show_default=False)
        self._record: Any = None

    def keep(self, record: Callable[[], Any]) -> None:
        """Take the record, in the process that launches; a flow that is only judged has no need of it."""
        if RECORD.get() is not None:
            return
        self._record = record()
        self._store_value(self._record)
        _compat.store_config(self.name, self._record)

    def _store_value(self, v: Any) -> None:
        """Have Metaflow store the record; it hands what it has read itself when a flow has mutators."""
        super()._store_value(self._record or v)  # type: ignore[misc] # private to Metaflow, so in no stub

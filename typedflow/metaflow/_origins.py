"""Origins with each run: beside each typed config, a flow has an attribute that says where its values are from.

Metaflow stores what a class body holds when a run begins. For a local run that is in the process that has read the
config; what Argo Workflows, Step Functions and Airflow start begins elsewhere, with the code package alone: there the
record comes in a module of that package, because Metaflow ships every module that asks for it.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from typing import Any

from typedflow.metaflow import _compat
from typedflow.metaflow._package import packaged
from typedflow.metaflow._record import RECORD

_SUFFIX = "_origins"
_MODULE = "typedflow_origins"
_records: dict[str, Any] = {}


def origins_name(attribute: str) -> str:
    """Give the attribute of a flow in which the origins of a config are."""
    return f"{attribute}{_SUFFIX}"


class OriginsOf:
    """The record of where a config's values are from; empty where it is not known."""

    def __init__(self, config: str, attribute: str) -> None:
        """Take the config's name, and that of this attribute."""
        self._config = config
        self._attribute = attribute

    def __get__(self, flow: Any, owner: type) -> Any:
        """Give the record; in a task, what reads the stored one, of which Metaflow makes a property."""
        if _compat.is_task():
            return _Stored(self._attribute)
        if packaged(self._config):
            return _shipped().get(self._config, {})
        return _records.get(self._config, {})

    def keep(self, record: Callable[[], Any]) -> None:
        """Take the record, in the process that launches; a flow that is only judged has no need of it."""
        if RECORD.get() is not None:
            return
        from typedflow.workspace import make_module

        _records[self._config] = record()
        text = f"METAFLOW_PACKAGE_POLICY = 'include'\nRECORDS = {json.dumps(json.dumps(_records))}\n"
        make_module(_MODULE, text)


class _Stored:
    def __init__(self, attribute: str) -> None:
        self._attribute = attribute

    def __call__(self, flow: Any) -> Any:
        return _compat.artifact(flow, self._attribute) or {}


def _shipped() -> dict[str, Any]:
    """Give the records that came with the code package."""
    try:
        module = importlib.import_module(_MODULE)
    except ImportError:
        return {}
    found: dict[str, Any] = json.loads(module.RECORDS)
    return found

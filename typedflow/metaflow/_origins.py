"""Origins stored with each run: for each typed config, a flow has an attribute with the origins of its values.

Metaflow stores the class attributes when a run begins. For a local run, that is in the process that read the config;
runs that Argo Workflows, Step Functions or Airflow start begin elsewhere, with only the code package: there the record
comes in a module of that package, because Metaflow ships every module with a package policy.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from typing import Any

from typedflow.metaflow import _compat
from typedflow.metaflow._package import packaged

_SUFFIX = "_origins"


def origins_name(attribute: str) -> str:
    """Return the attribute of a flow that holds the origins of a config."""
    return f"{attribute}{_SUFFIX}"


class OriginsAttribute:
    """The attribute of a flow that holds the origins of a config's values; empty if they are unknown."""

    def __init__(self, config: str, attribute: str) -> None:
        """``config`` is the config's name, ``attribute`` that of this attribute."""
        self._config = config
        self._attribute = attribute

    def __get__(self, flow: Any, owner: type) -> Any:
        """Return the origins; in a task, the stored ones, which Metaflow provides as a property."""
        if _compat.is_task():
            return _Stored(self._attribute)
        if packaged(self._config):
            return _shipped().get(self._config, {})
        from typedflow.metaflow._launch_state import launch_state

        return launch_state().origins.get(self._config, {})

    def keep(self, sidecar: Callable[[], Any]) -> None:
        """Store the content of the sidecar for the run; a flow that is only checked has none."""
        from typedflow.metaflow._launch_state import launch_state
        from typedflow.workspace import make_module

        state = launch_state()
        if state.results is not None:
            return
        state.origins[self._config] = sidecar()
        text = f"METAFLOW_PACKAGE_POLICY = 'include'\nRECORDS = {json.dumps(json.dumps(state.origins))}\n"
        make_module(_compat.MADE_MODULE, text)


class _Stored:
    def __init__(self, attribute: str) -> None:
        self._attribute = attribute

    def __call__(self, flow: Any) -> Any:
        return _compat.artifact(flow, self._attribute) or {}


def _shipped() -> dict[str, Any]:
    """Return the origins in the code package, by config."""
    try:
        module = importlib.import_module(_compat.MADE_MODULE)
    except ImportError:
        return {}
    found: dict[str, Any] = json.loads(module.RECORDS)
    return found

"""The configs of a deployed flow in its code package, as they were at deployment."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from typedflow.metaflow import _compat
from typedflow.workspace import command_line

_PREFIX = "kv."  # Metaflow's own (``ConfigInput.make_key_name``)
#: The commands that Argo Workflows, Step Functions and Airflow run in a pod.
_COMMANDS = {"init", "step", "dump"}


def packaged(name: str) -> str | None:
    """Return Metaflow's reference to a config in the code package, if it must be read from there; else None.

    Metaflow itself passes this in a variable that its Airflow tasks do not get (2.19). A flow that a task starts is
    another script, or has another command: it reads its own configs.
    """
    if not (_compat.is_started_as_script() and _COMMANDS & set(command_line())):
        return None
    script, configs = _contents()
    value = packaged_value(name)
    return value if script == Path(command_line()[0]).name and value.removeprefix(_PREFIX) in configs else None


def packaged_value(name: str) -> str:
    """Return Metaflow's reference to a config in the code package."""
    return f"{_PREFIX}{name.lower() if _compat.config_names_are_lowered() else name}"


@cache
def _contents() -> tuple[str, frozenset[str]]:
    """Return the flow's file and the names of the configs in the code package; empty if there is no package."""
    info, config = _compat.code_package()
    return info.get("script", ""), frozenset(config.get("user_configs", {}))

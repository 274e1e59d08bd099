"""What a deployed flow's processes find in their code package: its configs, as they were when it was deployed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from typedflow.metaflow import _compat
from typedflow.workspace import command_line

_PREFIX = "kv."  # Metaflow's own (``ConfigInput.make_key_name``)
#: What Argo Workflows, Step Functions and Airflow call in a pod.
_COMMANDS = {"init", "step", "dump"}


def packaged(name: str) -> str | None:
    """Give what stands for a config's value where it is to be read from the code package; else None.

    Metaflow itself says so in a variable that its Airflow tasks do not get (2.19). A flow that a task starts is another
    script, or has another command: it reads its own configs.
    """
    if not (_compat.is_started_as_script() and _COMMANDS & set(command_line())):
        return None
    script, configs = _contents()
    value = packaged_value(name)
    return value if script == Path(command_line()[0]).name and value.removeprefix(_PREFIX) in configs else None


def packaged_value(name: str) -> str:
    """Give what stands for a config's value where it is to be read from the code package."""
    return f"{_PREFIX}{name.lower() if _compat.config_names_are_lowered() else name}"


@cache
def _contents() -> tuple[str, frozenset[str]]:
    """Give the flow's file and the names of the configs in the code package; empty where this is not run from one."""
    info, config = _compat.code_package()
    return info.get("script", ""), frozenset(config.get("user_configs", {}))

"""Every private part of Metaflow that we touch, for all versions that we support (2.16.8 and later)."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from metaflow import flowspec
from metaflow._vendor import click
from metaflow.parameters import current_flow
from metaflow.user_configs.config_parameters import UNPACK_KEY, DelayEvaluator

__all__ = [
    "UNPACK_KEY",
    "config_names_are_lowered",
    "current_flow_class",
    "delay_failure",
    "delayed_failure",
    "delayed_values",
    "flow_file",
    "help_is_asked",
    "is_started_as_script",
    "is_task",
    "parameters",
    "stored_configs",
]

# 2.19.10 made the state's keys an Enum of its own, and kept the flag `plain` beside each value.
_STATE: Any = getattr(flowspec, "FlowStateItems", getattr(flowspec, "_FlowState", None))
_WITH_PLAIN = hasattr(flowspec, "FlowStateItems")


def config_names_are_lowered() -> bool:
    """Tell whether this Metaflow keeps configs under lower-case names (before 2.19.10)."""
    return not _WITH_PLAIN


def current_flow_class() -> Any:
    """Give the flow class that Metaflow is working on in this thread, or None."""
    return getattr(current_flow, "flow_cls", None)


def flow_file(flow: Any) -> Path:
    """Give the file of a flow class; Metaflow's Runner loads flows as modules that ``inspect`` does not know."""
    module = sys.modules.get(flow.__module__)
    if module is not None and getattr(module, "__file__", None):
        return Path(str(module.__file__)).resolve()
    own = [step for step in flow._steps if step.__module__ == flow.__module__]
    return Path((own or flow._steps)[0].__code__.co_filename).resolve()


def is_started_as_script() -> bool:
    """Tell whether the flow that Metaflow is working on is the script that this process runs."""
    flow = current_flow_class()
    return flow is not None and flow.__module__ == "__main__" and hasattr(sys.modules["__main__"], "__file__")


def is_task() -> bool:
    """Tell whether this process runs a task of a flow: its configs were read by the process that launched it."""
    return "step" in sys.argv and is_started_as_script()


def help_is_asked() -> bool:
    """Tell whether a flow's script was started to print help, which a broken config must not prevent."""
    return "--help" in sys.argv and is_started_as_script()


def stored_configs(flow: Any) -> dict[str, Any]:
    """Give the stored (plain JSON) value of each config of a flow class, by the config's name."""
    state = flow._flow_state
    configs = state[_STATE.CONFIGS] if _WITH_PLAIN else state.get(_STATE.CONFIGS, {})
    return {name: value[0] if _WITH_PLAIN else value for name, value in configs.items()}


def parameters(flow: Any) -> list[tuple[str, Any]]:
    """Give the attributes and objects of a flow class's parameters and configs."""
    return list(flow._get_parameters())


def delayed_values(flow: Any) -> Iterator[DelayEvaluator]:
    """Give every delayed value in the decorators and parameters of a flow class."""
    decorators = flow._flow_state[_STATE.FLOW_DECORATORS] if _WITH_PLAIN else flow._flow_decorators
    for group in decorators.values():
        for decorator in group:
            yield from _delayed(decorator.attributes)
    for step in flow._steps:
        for decorator in step.decorators:
            yield from _delayed(decorator.attributes)
    for _, parameter in parameters(flow):
        if not parameter.IS_CONFIG_PARAMETER:
            yield from _delayed(getattr(parameter, "_override_kwargs", {}))
            yield from _delayed(parameter.kwargs)


def _delayed(value: Any) -> Iterator[DelayEvaluator]:
    if isinstance(value, DelayEvaluator):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _delayed(item)
    elif isinstance(value, list | tuple | set):
        for item in value:
            yield from _delayed(item)


def delayed_failure() -> Any:
    """Give the failure that the running command line keeps until it knows whether it matters, or None."""
    return getattr(_cli_state(), "delayed_config_exception", None)


def delay_failure(failure: Exception) -> bool:
    """Have Metaflow raise a failure where it raises its own (not for ``--help`` and ``resume``).

    False: no command line is running (Runner and Deployer), so the caller raises it.
    """
    state = _cli_state()
    if state is None:
        return False
    state.delayed_config_exception = failure
    return True


def _cli_state() -> Any:
    context = click.get_current_context(silent=True)
    return None if context is None else context.obj

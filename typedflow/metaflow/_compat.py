"""Every private part of Metaflow that we touch, seen in 2.16.8, 2.19.0, 2.19.30 and 2.19.39 unless a line says else.

Long because one module has all of them: who supports another version reads this one.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from types import FunctionType
from typing import Any

from metaflow import decorators, flowspec
from metaflow._vendor import click
from metaflow.packaging_sys import MetaflowCodeContent, distribution_support
from metaflow.parameters import Parameter, current_flow, flow_context
from metaflow.user_configs.config_options import ConfigInput
from metaflow.user_configs.config_parameters import UNPACK_KEY, ConfigValue, DelayEvaluator
from metaflow.user_decorators.user_flow_decorator import FlowMutator
from metaflow.user_decorators.user_step_decorator import UserStepDecoratorBase

from typedflow.metaflow._delayed_in import delayed_in
from typedflow.workspace import command_line

__all__ = [
    "GRAPH",
    "MADE_MODULE",
    "UNPACK_KEY",
    "ClickException",
    "artifact",
    "check_flow_decorator",
    "check_step_decorator",
    "code_package",
    "config_names_are_lowered",
    "current_flow_class",
    "default_config",
    "delay_failure",
    "delayed_failure",
    "delayed_text",
    "delayed_values",
    "flow_context",
    "flow_decorators",
    "flow_file",
    "flow_mutators",
    "given_to",
    "graph_of",
    "has_changing_state",
    "help_is_asked",
    "inserting_mutators",
    "is_started_as_script",
    "is_task",
    "mutate",
    "options_of",
    "parameters",
    "pre_mutate",
    "set_configs",
    "step_mutators",
    "steps",
    "stored_configs",
    "unwrapped",
    "wrappers",
]

# 2.19.10 made the state's keys an Enum of its own, and kept the flag `plain` beside each value.
_STATE: Any = getattr(flowspec, "FlowStateItems", getattr(flowspec, "_FlowState", None))
_WITH_PLAIN = hasattr(flowspec, "FlowStateItems")
#: The artifact in which a run stores its flow's graph.
GRAPH = "_graph_info"
#: The module of the code package that is made when a flow is launched.
MADE_MODULE = "typedflow_origins"
ClickException = click.ClickException
_init_step_decorators: Any = vars(decorators)["_init_step_decorators"]


def config_names_are_lowered() -> bool:
    """Return whether this Metaflow keeps configs under lower-case names (before 2.19.10)."""
    return not _WITH_PLAIN


def current_flow_class() -> Any:
    """Return the flow class that Metaflow is working on in this thread, or None."""
    return getattr(current_flow, "flow_cls", None)


def flow_file(flow: Any) -> Path:
    """Return the file of a flow class; Metaflow's Runner loads flows as modules that ``inspect`` does not know."""
    module = sys.modules.get(flow.__module__)
    if module is not None and getattr(module, "__file__", None):
        return Path(str(module.__file__)).resolve()
    own = [step for step in flow._steps if step.__module__ == flow.__module__]
    return Path((own or flow._steps)[0].__code__.co_filename).resolve()


def is_started_as_script() -> bool:
    """Return whether the flow that Metaflow is working on is the script that this process runs."""
    flow = current_flow_class()
    return flow is not None and flow.__module__ == "__main__" and hasattr(sys.modules["__main__"], "__file__")


def is_task() -> bool:
    """Return whether this process runs a task of a flow: its configs were read by the process that launched it."""
    return "step" in command_line() and is_started_as_script()


def help_is_asked() -> bool:
    """Return whether a flow's script was started to print help, which a broken config must not prevent."""
    return "--help" in command_line() and is_started_as_script()


def code_package() -> tuple[Any, Any]:
    """Return the facts of the code package that this process runs from, and its configs; both empty without one."""
    try:
        return MetaflowCodeContent.get_info() or {}, MetaflowCodeContent.get_config() or {}
    except (OSError, ValueError):
        return {}, {}


def graph_of(flow: Any) -> Any:
    """Return what a run stores of its flow's graph; a flow that is not running has it not yet."""
    return getattr(flow, GRAPH, None) or {"parameters": ()}


def stored_configs(flow: Any) -> dict[str, Any]:
    """Return the stored (plain JSON) value of each config of a flow class, by the config's name."""
    state = flow._flow_state
    configs = state[_STATE.CONFIGS] if _WITH_PLAIN else state.get(_STATE.CONFIGS, {})
    return {name: value[0] if _WITH_PLAIN else value for name, value in configs.items()}


def artifact(flow: Any, name: str) -> Any:
    """Return what a task's flow has stored under a name, whatever the class has there; None where it has nothing."""
    return flow._datastore[name] if flow._datastore is not None and name in flow._datastore else None


def parameters(flow: Any) -> list[tuple[str, Any]]:
    """Return the attributes and objects of a flow class's parameters and configs."""
    return list(flow._get_parameters())


def delayed_values(flow: Any) -> Iterator[DelayEvaluator]:
    """Yield every delayed value in the decorators and parameters of a flow class."""
    for decorator in flow_decorators(flow):
        yield from delayed_in(decorator.attributes)
    for step in flow._steps:
        for decorator in step.decorators:
            yield from delayed_in(decorator.attributes)
    for _, parameter in parameters(flow):
        if not parameter.IS_CONFIG_PARAMETER:
            yield from delayed_in(options_of(parameter))


def options_of(parameter: Any) -> dict[str, Any]:
    """Return what a parameter was declared with, by the option's name."""
    given = getattr(parameter, "_override_kwargs", {})
    return {**parameter.kwargs, **{name: value for name, value in given.items() if value is not None}}


def delayed_failure() -> Any:
    """Return the failure that the running command line keeps until it knows whether it matters, or None."""
    return getattr(_cli_state(), "delayed_config_exception", None)


def delay_failure(failure: Exception) -> bool:
    """Let Metaflow raise a failure where it raises its own (not for ``--help`` and ``resume``).

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


# --- checking a flow class: what Metaflow does when it is started, as far as it touches no datastore or metadata ----


def unwrapped(value: Any) -> Any:
    """Return the flow class that a name of a module stands for: a FlowMutator without parentheses wraps it."""
    found = vars(value)["_flow_cls"] if isinstance(value, FlowMutator) else value
    is_flow = isinstance(found, flowspec.FlowSpecMeta) and found is not flowspec.FlowSpec
    return found if is_flow else None


def flow_decorators(flow: Any) -> list[Any]:
    """Return the decorators of a flow class, those of its bases first."""
    groups = flow._flow_state[_STATE.FLOW_DECORATORS] if _WITH_PLAIN else flow._flow_decorators
    return [decorator for group in groups.values() for decorator in group]


def flow_mutators(flow: Any) -> list[Any]:
    """Return the mutators of a flow class, those of its bases first."""
    state = flow._flow_state
    return list(state[_STATE.FLOW_MUTATORS] if _WITH_PLAIN else state.get(_STATE.FLOW_MUTATORS, []))


def steps(flow: Any) -> list[Any]:
    """Return the step functions of a flow class."""
    return list(flow._steps)


def step_mutators(step: Any) -> list[Any]:
    """Return the mutators of a step."""
    return list(step.config_decorators)


def inserting_mutators(decorator: Any) -> list[str]:
    """Return the names of the mutators that have inserted a decorator; none where it is written in the file."""
    return list(decorator.inserted_by or ())


def wrappers(step: Any) -> list[Any]:
    """Return the step decorators of a project's own that wrap a step."""
    return [each for each in getattr(step, "wrappers", None) or () if hasattr(each, "external_init")]


def given_to(user_decorator: Any) -> tuple[Any, Any]:
    """Return the arguments of a mutator or of a step decorator of a project's own."""
    return getattr(user_decorator, "_args", ()), getattr(user_decorator, "_kwargs", {})


def has_changing_state(value: Any) -> bool:
    """Return whether starting a flow may change an object that its class holds."""
    kind: Any = type(value)
    return hasattr(value, "is_step") if kind is FunctionType else _is_changing(kind)


@cache
def _is_changing(kind: type) -> bool:
    return issubclass(kind, _CHANGING)


_CHANGING: tuple[type, ...] = (
    decorators.Decorator,
    DelayEvaluator,
    FlowMutator,
    Parameter,
    UserStepDecoratorBase,
    *((vars(flowspec)["_FlowState"],) if _WITH_PLAIN else ()),
)


def default_config(flow: Any, parameter: Any) -> Any:
    """Return the stored form of a config that nobody gave a value, read by Metaflow from its default."""
    name = parameter.name.lower() if config_names_are_lowered() else parameter.name
    required = [name] if parameter.option_kwargs(deploy_mode=False)["required"] else []
    default = (parameter.kwargs.get("default"), parameter._default_is_file)
    parser = (parameter.parser, parameter.kwargs["plain"]) if _WITH_PLAIN else parameter.parser
    reader = ConfigInput(required, {name: default}, {name: parser})
    for option in ("config", "config_value"):  # with the second, it has all that was given: nothing
        reader.process_configs(flow.__name__, option, {}, quiet=True, datastore="local")
    return stored_configs(flow)[name]


def set_configs(flow: Any, stored: Mapping[str, Any]) -> None:
    """Set the stored form of a flow class's configs, by name."""
    state = flow._flow_state.self_data if _WITH_PLAIN else flow._flow_state
    state[_STATE.CONFIGS] = {
        name: (stored[parameter.name], is_plain) if _WITH_PLAIN else stored[parameter.name]
        for name, parameter, is_plain in _configs(flow)
    }


def pre_mutate(flow: Any, stored: Mapping[str, Any]) -> None:
    """Let the mutators of a flow change it, given the stored form of its configs, then its parameters evaluated."""
    for mutator in flow_mutators(flow):
        if hasattr(mutator, "external_init"):
            mutator.external_init()
    flow._configs_processed = False
    given = [(name, stored[parameter.name], is_plain) for name, parameter, is_plain in _configs(flow)]
    flow._process_config_decorators(
        {name: value if is_plain or value is None else ConfigValue(value) for name, value, is_plain in given}
    )


def _configs(flow: Any) -> Iterator[tuple[str, Any, bool]]:
    """Yield each config of a flow class with the name that Metaflow keeps it under, and whether it is plain."""
    for _, parameter in parameters(flow):
        if parameter.IS_CONFIG_PARAMETER:
            name = parameter.name.lower() if config_names_are_lowered() else parameter.name
            yield name, parameter, bool(parameter.kwargs.get("plain"))


def mutate(flow: Any) -> None:
    """Let the mutators of a flow change its steps for the last time; no step decorator is initialised here."""
    _init_step_decorators(_Stepless(flow), flow._graph, None, None, None)


class _Stepless:
    """A flow without steps, for a function of Metaflow's that first runs all mutators, then goes through the steps."""

    def __init__(self, flow: Any) -> None:
        self._flow = flow
        self._graph = flow._graph

    @property  # type: ignore[misc] # a class is all that Metaflow asks it for
    def __class__(self) -> Any:
        return self._flow

    def __iter__(self) -> Iterator[Any]:
        return iter(())


def check_flow_decorator(decorator: Any, flow: Any) -> None:
    """Let a flow decorator check its arguments, if it is one of those that need nothing else for that."""
    if decorator.name not in {"project", "schedule", "trigger", "trigger_on_finish"}:
        return
    options = {} if decorator.allow_multiple else {key: item["default"] for key, item in decorator.options.items()}
    instance = flow(use_cli=False)
    decorator.flow_init(instance, flow._graph, None, None, _Deaf(), _Deaf(), _Deaf(), options)


def check_step_decorator(decorator: Any, flow: Any, step: Any) -> None:
    """Let a step decorator check its arguments, if it is one of those that need nothing else for that."""
    if decorator.name in {"catch", "retry", "timeout"}:
        decorator.step_init(flow, flow._graph, step.__name__, step.decorators, None, None, _Deaf())


class _Deaf:
    """Stands for a logger, an echo or a metadata provider, and does nothing."""

    def __call__(self, *_: object, **__: object) -> None:
        pass

    def add_sticky_tags(self, **_: object) -> None:
        pass


def delayed_text(delayed: Any) -> str:
    """Return a delayed value of Metaflow's own as it was written, about."""
    known = vars(delayed)
    return ".".join(map(str, (known["_config_expr"], *(known["_access"] or ()))))


# --- the code package -------------------------------------------------------------------------------------------------


class _Distributions(dict[str, Any]):
    """Stands for the distributions of all top-level modules, where Metaflow looks up those of what it packages.

    It would read the list of files of every installed distribution: in an environment with 150 of them, that takes half
    of the time of a launch. Ours has a name, and what is made at a launch has none; for any other module, Metaflow
    reads them all.
    """

    def get(self, name: str, default: Any = None) -> Any:
        """Return the distributions that have a module."""
        if name == _PACKAGE:
            return _own_distributions() or default
        if name == MADE_MODULE:
            return default
        _support._cached_distributions = None
        return _support.modules_to_distributions().get(name, default)


_PACKAGE = __name__.partition(".")[0]
_support: Any = distribution_support


def _own_distributions() -> list[Any]:
    """Return typedflow's distribution, if it is installed with its files; not one that is edited in place."""
    try:
        found = distribution(_PACKAGE)
    except PackageNotFoundError:
        return []
    return [found] if f"\n{_PACKAGE}/__init__.py," in f"\n{found.read_text('RECORD')}" else []


if getattr(_support, "_cached_distributions", ...) is None:
    _support._cached_distributions = _Distributions()

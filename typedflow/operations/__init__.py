"""What each command does, as functions: keyword arguments in, frozen values out; nothing here prints."""

from typing import TYPE_CHECKING

from typedflow.values import lazily

if TYPE_CHECKING:
    from typedflow.operations._choose_variants import choose_binding as choose_binding
    from typedflow.operations._choose_variants import choose_environment as choose_environment
    from typedflow.operations._choose_variants import choose_flow as choose_flow
    from typedflow.operations._choose_variants import match_bindings as match_bindings
    from typedflow.operations._choose_variants import require_bindings as require_bindings
    from typedflow.operations._choose_variants import require_environment as require_environment
    from typedflow.operations._deploy import Deployed as Deployed
    from typedflow.operations._deploy import deploy as deploy
    from typedflow.operations._deploy import deployment_templates as deployment_templates
    from typedflow.operations._errors import ArgumentError as ArgumentError
    from typedflow.operations._errors import argument_error as argument_error
    from typedflow.operations._errors import look_up_argument as look_up_argument
    from typedflow.operations._events import CheckAdvanced as CheckAdvanced
    from typedflow.operations._events import CheckFinished as CheckFinished
    from typedflow.operations._events import EnvironmentChosen as EnvironmentChosen
    from typedflow.operations._events import Event as Event
    from typedflow.operations._events import FlowStarts as FlowStarts
    from typedflow.operations._key_paths import choose_key_path as choose_key_path
    from typedflow.operations._run import RunResult as RunResult
    from typedflow.operations._run import run as run

__all__ = [
    "ArgumentError",
    "CheckAdvanced",
    "CheckFinished",
    "Deployed",
    "EnvironmentChosen",
    "Event",
    "FlowStarts",
    "RunResult",
    "argument_error",
    "choose_binding",
    "choose_environment",
    "choose_flow",
    "choose_key_path",
    "deploy",
    "deployment_templates",
    "look_up_argument",
    "match_bindings",
    "require_bindings",
    "require_environment",
    "run",
]

__getattr__ = lazily(
    __name__,
    {
        "run": "_run",
        "RunResult": "_run",
        "FlowStarts": "_events",
        "Event": "_events",
        "EnvironmentChosen": "_events",
        "CheckFinished": "_events",
        "CheckAdvanced": "_events",
        "deployment_templates": "_deploy",
        "deploy": "_deploy",
        "Deployed": "_deploy",
        "ArgumentError": "_errors",
        "argument_error": "_errors",
        "choose_binding": "_choose_variants",
        "choose_environment": "_choose_variants",
        "choose_flow": "_choose_variants",
        "choose_key_path": "_key_paths",
        "look_up_argument": "_errors",
        "match_bindings": "_choose_variants",
        "require_bindings": "_choose_variants",
        "require_environment": "_choose_variants",
    },
)

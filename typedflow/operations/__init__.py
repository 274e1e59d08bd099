"""What each command does, as functions: keyword arguments in, frozen values out; nothing here prints."""

TYPE_CHECKING = False
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
else:
    from typedflow.values import lazy_names

    __getattr__, __dir__, __all__ = lazy_names(__name__)

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
    from typedflow.operations._errors import ArgumentError as ArgumentError
    from typedflow.operations._errors import argument_error as argument_error
    from typedflow.operations._errors import look_up_argument as look_up_argument
    from typedflow.operations._key_paths import choose_key_path as choose_key_path

__all__ = [
    "ArgumentError",
    "argument_error",
    "choose_binding",
    "choose_environment",
    "choose_flow",
    "choose_key_path",
    "look_up_argument",
    "match_bindings",
    "require_bindings",
    "require_environment",
]

__getattr__ = lazily(
    __name__,
    {
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

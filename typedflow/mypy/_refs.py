"""Judge ``ref(Model, "name")`` where the flow that has the config is in sight."""

from __future__ import annotations

from mypy.messages import format_type
from mypy.plugin import FunctionContext
from mypy.subtypes import is_subtype
from mypy.types import AnyType, Type, get_proper_type

from typedflow.mypy._compat import checker_of
from typedflow.mypy._names import EXPRESSION
from typedflow.mypy._reach import scopes_around
from typedflow.mypy._texts import text_of
from typedflow.values import closest


def judge_ref(context: FunctionContext) -> Type:
    """Report a ``ref`` in a flow that has no such config, or one of another model."""
    promised = context.default_return_type
    name = text_of(context.args[1][0]) if len(context.args) > 1 and context.args[1] else None
    if name is None:
        return promised
    scopes = scopes_around(checker_of(context.api), context.context.line)
    configs = {key: kind for scope in scopes for key, kind in scope.configs.items()}
    place = context.args[1][0]
    if configs and name not in configs:
        maybe = closest(name, configs)
        message = f'"{scopes[0].owner}" has no config "{name}"'
        context.api.fail(f'{message}; maybe "{maybe}"?' if maybe else message, place, code=EXPRESSION)
    elif name in configs and not _related(configs[name], promised):
        found, expected = (format_type(kind, context.api.options) for kind in (configs[name], promised))
        message = f'The config "{name}" of "{scopes[0].owner}" is {found}, not {expected}'
        context.api.fail(message, place, code=EXPRESSION)
    return promised


def _related(declared: Type, promised: Type) -> bool:
    if isinstance(get_proper_type(declared), AnyType):
        return True
    return is_subtype(declared, promised) or is_subtype(promised, declared)

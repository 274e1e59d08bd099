"""Checks ``ref(Model, "name")`` if the flow that has the config is in the same file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mypy.messages import format_type
from mypy.nodes import CallExpr, Context
from mypy.plugin import FunctionContext
from mypy.subtypes import is_subtype
from mypy.types import AnyType, Type, get_proper_type

from typedflow.mypy._compat import checker_of
from typedflow.mypy._config_uses import named_refs
from typedflow.mypy._infer_type import infer_type
from typedflow.mypy._literals import text_of
from typedflow.mypy._names import EXPRESSION
from typedflow.mypy._nested_values import is_in_text, nested_message
from typedflow.mypy._scopes import scopes_around
from typedflow.values import closest

if TYPE_CHECKING:
    from mypy.checker import TypeChecker


def check_ref(context: FunctionContext) -> Type:
    """Report a ``ref`` in a flow without such a config, or with one of another model."""
    promised = context.default_return_type
    if is_in_text():
        context.api.fail(nested_message("ref"), context.context, code=EXPRESSION)
        return promised
    name = text_of(context.args[1][0]) if len(context.args) > 1 and context.args[1] else None
    if name is not None:
        _check_name(checker_of(context.api), name, promised, context.context.line, context.args[1][0])
    return promised


def check_shared_refs(call: CallExpr, checker: TypeChecker) -> None:
    """Report the variables in a decorator's arguments whose ``ref`` does not fit the configs of the flow.

    A ``ref`` at the top of a module can be for any flow: it is checked where it is used, and reported where it is
    created if that is in the same file.
    """
    for argument in call.args:
        for found in named_refs(argument, checker):
            for name in found.names or ():
                _check_name(checker, name, infer_type(found.expression, None, checker)[0], call.line, found.place)


def _check_name(checker: TypeChecker, name: str, promised: Type, line: int, place: Context) -> None:
    scopes = scopes_around(checker, line)
    configs = {key: kind for scope in scopes for key, kind in scope.configs.items()}
    is_open = any(scope.has_unnamed for scope in scopes)
    if configs and name not in configs and not is_open:
        maybe = closest(name, configs)
        message = f'"{scopes[0].owner}" has no config "{name}"'
        checker.fail(f'{message}; maybe "{maybe}"?' if maybe else message, place, code=EXPRESSION)
    elif name in configs and not _is_related(configs[name], promised):
        found, expected = (format_type(kind, checker.options) for kind in (configs[name], promised))
        message = f'The config "{name}" of "{scopes[0].owner}" is {found}, not {expected}'
        checker.fail(message, place, code=EXPRESSION)


def _is_related(declared: Type, promised: Type) -> bool:
    if isinstance(get_proper_type(declared), AnyType):
        return True
    return is_subtype(declared, promised) or is_subtype(promised, declared)

"""The plugin: tables from full names to the functions that check their uses.

The functions are imported when they are needed: if nothing has changed, mypy asks only for the digest.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

from mypy.nodes import TypeInfo
from mypy.plugin import (
    AttributeContext,
    ClassDefContext,
    DynamicClassDefContext,
    FunctionContext,
    FunctionSigContext,
    MethodContext,
    Plugin,
    ReportConfigContext,
)
from mypy.types import FunctionLike, Type

from typedflow.mypy._files import digest
from typedflow.mypy._names import BASE_MODEL, CONFIG, CONFIG_EXPR, INTERNAL, METAFLOW_CONFIGS, REF

C = TypeVar("C")
R = TypeVar("R")


class ConfigPlugin(Plugin):
    """The hooks that mypy calls for each name that a program uses."""

    def get_dynamic_class_hook(self, fullname: str) -> Callable[[DynamicClassDefContext], None] | None:
        """Record configs and variables with a ``ref``."""
        if fullname == REF:
            return _RECORD_REF
        return _RECORD if fullname == CONFIG or fullname in METAFLOW_CONFIGS else None

    def get_customize_class_mro_hook(self, fullname: str) -> Callable[[ClassDefContext], None] | None:  # noqa: ARG002
        """Record a class's shared configs and whether it is frozen, before its body is analyzed."""
        return _SHARED

    def get_function_hook(self, fullname: str) -> Callable[[FunctionContext], Type] | None:
        """Check ``config_expr`` and ``ref``."""
        return _FUNCTIONS.get(fullname)

    def get_function_signature_hook(self, fullname: str) -> Callable[[FunctionSigContext], FunctionLike] | None:
        """Check the configs that are passed to Metaflow's decorators."""
        return _ARGUMENTS if fullname.startswith("metaflow.") else None

    def get_method_hook(self, fullname: str) -> Callable[[MethodContext], Type] | None:
        """Check keys; mypy passes the name of the value's own class, not of the class that defines the method."""
        return _KEYS if fullname.endswith(".__getitem__") else None

    def get_attribute_hook(self, fullname: str) -> Callable[[AttributeContext], Type] | None:
        """Check assignments to fields of models; mypy passes the name of the class that declares the attribute."""
        symbol = self.lookup_fully_qualified(fullname.rpartition(".")[0])
        info = symbol.node if symbol else None
        return _ASSIGNMENTS if isinstance(info, TypeInfo) and info.has_base(BASE_MODEL) else None

    def report_config_data(self, ctx: ReportConfigContext) -> object:  # noqa: ARG002 # the same for every file
        """Return a digest of the plugin: mypy hashes only its main module, and would repeat outdated messages."""
        return digest()


_PLACES = {DynamicClassDefContext: "call", ClassDefContext: "cls"}
"""The attribute of each context of semantic analysis that other contexts call ``context``."""


def _guarded(check: Callable[[C], R], otherwise: Callable[[C], R]) -> Callable[[C], R]:
    """Report an unexpected exception as an error: it must neither crash mypy nor pass silently."""

    @functools.wraps(check)
    def guarded(context: C) -> R:
        try:
            return check(context)
        except (Exception, SystemExit) as error:  # noqa: BLE001 # mypy's inner functions exit when they fail
            given: Any = context
            place = getattr(given, _PLACES.get(type(context), "context"))
            message = f"Not checked, please report this error to typedflow: {type(error).__name__}: {error}"
            given.api.fail(message, place, code=INTERNAL)
            return otherwise(context)

    return guarded


def _default_type(context: FunctionContext | MethodContext) -> Type:
    return context.default_return_type


def _record(context: DynamicClassDefContext) -> None:
    from typedflow.mypy._record_configs import record_config

    record_config(context)


def _record_ref(context: DynamicClassDefContext) -> None:
    from typedflow.mypy._record_configs import record_ref

    record_ref(context)


def _record_shared(context: ClassDefContext) -> None:
    from typedflow.mypy._frozen import record_frozen
    from typedflow.mypy._record_configs import record_shared

    record_shared(context)
    record_frozen(context)


def _check_assignment(context: AttributeContext) -> Type:
    from typedflow.mypy._frozen import check_assignment

    return check_assignment(context)


def _check_expression(context: FunctionContext) -> Type:
    from typedflow.mypy._expressions import check_expression

    return check_expression(context)


def _check_ref(context: FunctionContext) -> Type:
    from typedflow.mypy._refs import check_ref

    return check_ref(context)


def _check_arguments(context: FunctionSigContext) -> FunctionLike:
    from typedflow.mypy._decorators import check_arguments

    return check_arguments(context)


def _check_key(context: MethodContext) -> Type:
    from typedflow.mypy._keys import check_key

    return check_key(context)


_RECORD = _guarded(_record, lambda _: None)
_RECORD_REF = _guarded(_record_ref, lambda _: None)
_SHARED = _guarded(_record_shared, lambda _: None)
_FUNCTIONS = {CONFIG_EXPR: _guarded(_check_expression, _default_type), REF: _guarded(_check_ref, _default_type)}
_ARGUMENTS = _guarded(_check_arguments, lambda context: context.default_signature)
_ASSIGNMENTS: Callable[[AttributeContext], Type] = _guarded(
    _check_assignment, lambda context: context.default_attr_type
)
_KEYS: Callable[[MethodContext], Type] = _guarded(_check_key, _default_type)


def plugin(version: str) -> type[Plugin]:  # noqa: ARG001 # mypy's signature
    """Return the plugin's class, for mypy."""
    return ConfigPlugin

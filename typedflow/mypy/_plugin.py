"""The plugin: tables from full names to the functions that judge their uses.

They are imported when something is to be judged: where nothing has changed, mypy asks only for the digest.
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
    """What mypy asks for each name that a program uses."""

    def get_dynamic_class_hook(self, fullname: str) -> Callable[[DynamicClassDefContext], None] | None:
        """Record configs, and variables that hold a ``ref``."""
        if fullname == REF:
            return _RECORD_REF
        return _RECORD if fullname == CONFIG or fullname in METAFLOW_CONFIGS else None

    def get_customize_class_mro_hook(self, fullname: str) -> Callable[[ClassDefContext], None] | None:  # noqa: ARG002
        """Record what classes say before their bodies are read: configs of modules, and which models are frozen."""
        return _SHARED

    def get_function_hook(self, fullname: str) -> Callable[[FunctionContext], Type] | None:
        """Judge ``config_expr`` and ``ref``."""
        return _FUNCTIONS.get(fullname)

    def get_function_signature_hook(self, fullname: str) -> Callable[[FunctionSigContext], FunctionLike] | None:
        """Judge the configs that Metaflow's decorators are given."""
        return _ARGUMENTS if fullname.startswith("metaflow.") else None

    def get_method_hook(self, fullname: str) -> Callable[[MethodContext], Type] | None:
        """Judge keys; mypy asks with the name of the value's own class, whatever class defines the method."""
        return _KEYS if fullname.endswith(".__getitem__") else None

    def get_attribute_hook(self, fullname: str) -> Callable[[AttributeContext], Type] | None:
        """Judge assignments to fields of models; mypy asks with the name of the class that declares the attribute."""
        symbol = self.lookup_fully_qualified(fullname.rpartition(".")[0])
        info = symbol.node if symbol else None
        return _ASSIGNMENTS if isinstance(info, TypeInfo) and info.has_base(BASE_MODEL) else None

    def report_config_data(self, ctx: ReportConfigContext) -> object:  # noqa: ARG002 # the same for every file
        """Return a digest of the plugin: mypy hashes only the module that it is told, and repeats stale messages else."""
        return digest()


_PLACES = {DynamicClassDefContext: "call", ClassDefContext: "cls"}
"""Where the contexts of semantic analysis hold what the others call ``context``."""


def _guarded(judge: Callable[[C], R], otherwise: Callable[[C], R]) -> Callable[[C], R]:
    """Report an unforeseen exception: a plugin must never take mypy down, and what it gives up on is no success."""

    @functools.wraps(judge)
    def guarded(context: C) -> R:
        try:
            return judge(context)
        except (Exception, SystemExit) as error:  # noqa: BLE001 # mypy's inner functions exit when they fail
            given: Any = context
            place = getattr(given, _PLACES.get(type(context), "context"))
            message = f"Not checked, please report this line to typedflow: {type(error).__name__}: {error}"
            given.api.fail(message, place, code=INTERNAL)
            return otherwise(context)

    return guarded


def _returned(context: FunctionContext | MethodContext) -> Type:
    return context.default_return_type


def _record(context: DynamicClassDefContext) -> None:
    from typedflow.mypy._declared import record

    record(context)


def _record_ref(context: DynamicClassDefContext) -> None:
    from typedflow.mypy._declared import record_ref

    record_ref(context)


def _record_shared(context: ClassDefContext) -> None:
    from typedflow.mypy._declared import record_shared
    from typedflow.mypy._frozen import record_frozen

    record_shared(context)
    record_frozen(context)


def _judge_assignment(context: AttributeContext) -> Type:
    from typedflow.mypy._frozen import judge_assignment

    return judge_assignment(context)


def _judge_expression(context: FunctionContext) -> Type:
    from typedflow.mypy._expressions import judge_expression

    return judge_expression(context)


def _judge_ref(context: FunctionContext) -> Type:
    from typedflow.mypy._refs import judge_ref

    return judge_ref(context)


def _judge_arguments(context: FunctionSigContext) -> FunctionLike:
    from typedflow.mypy._decorators import judge_arguments

    return judge_arguments(context)


def _judge_key(context: MethodContext) -> Type:
    from typedflow.mypy._keys import judge_key

    return judge_key(context)


_RECORD = _guarded(_record, lambda _: None)
_RECORD_REF = _guarded(_record_ref, lambda _: None)
_SHARED = _guarded(_record_shared, lambda _: None)
_FUNCTIONS = {CONFIG_EXPR: _guarded(_judge_expression, _returned), REF: _guarded(_judge_ref, _returned)}
_ARGUMENTS = _guarded(_judge_arguments, lambda context: context.default_signature)
_ASSIGNMENTS: Callable[[AttributeContext], Type] = _guarded(
    _judge_assignment, lambda context: context.default_attr_type
)
_KEYS: Callable[[MethodContext], Type] = _guarded(_judge_key, _returned)


def plugin(version: str) -> type[Plugin]:  # noqa: ARG001 # mypy's signature
    """Return the plugin's class, for mypy."""
    return ConfigPlugin

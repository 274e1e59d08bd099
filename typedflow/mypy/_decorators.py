"""Checks the configs that are passed to Metaflow's decorators, argument by argument and field by field.

Mypy itself reports "No overload variant matches" for the whole call; this names the argument, at its position.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mypy.checkexpr import has_any_type
from mypy.messages import format_type, format_type_distinctly
from mypy.nodes import (
    ARG_NAMED,
    ARG_POS,
    ARG_STAR2,
    CallExpr,
    Expression,
    FuncDef,
    OverloadedFuncDef,
    RefExpr,
)
from mypy.plugin import FunctionSigContext
from mypy.types import AnyType, CallableType, FunctionLike, Instance, Type, TypeOfAny, get_proper_type

from typedflow.mypy._compat import checker_of, has_errors
from typedflow.mypy._config_uses import is_config_use
from typedflow.mypy._dependencies import depend_on_members
from typedflow.mypy._fields import fields_of, member_type
from typedflow.mypy._infer_type import infer_type
from typedflow.mypy._names import BASE_MODEL, DECORATOR, MAPPING
from typedflow.mypy._nested_values import is_in_text
from typedflow.mypy._plain_types import is_assignable, plain_type, widen
from typedflow.mypy._refs import check_shared_refs
from typedflow.mypy._report import report_at, report_held_back, stripped_range, texts_in
from typedflow.values import closest

if TYPE_CHECKING:
    from mypy.checker import TypeChecker


def check_arguments(context: FunctionSigContext) -> FunctionLike:
    """Report configs of wrong types, and return a signature that accepts any config."""
    signature, call = context.default_signature, context.context
    if not isinstance(call, CallExpr) or is_in_text():
        return signature
    checker = checker_of(context.api)
    check_shared_refs(call, checker)
    if not _is_decorator(call):
        return signature
    types = list(signature.arg_types)
    for index, expression in _config_arguments(call, signature, checker):
        name = signature.arg_names[index] or str(index + 1)
        _check_argument(checker, call, name, expression, signature.arg_types[index])
        types[index] = AnyType(TypeOfAny.special_form)
    if _has_keyword_only(signature):
        for kind, expression in zip(call.arg_kinds, call.args, strict=True):
            if kind == ARG_STAR2:
                _check_fields(checker, call, signature, expression)
    return signature.copy_modified(arg_types=types)


def _is_decorator(call: CallExpr) -> bool:
    """Return whether the callee is a function with exactly one signature that has keyword-only options."""
    node = call.callee.node if isinstance(call.callee, RefExpr) else None
    kind = get_proper_type(node.type) if isinstance(node, FuncDef | OverloadedFuncDef) else None
    items = kind.items if isinstance(kind, FunctionLike) else []
    return sum(map(_has_keyword_only, items)) == 1


def _config_arguments(
    call: CallExpr, signature: CallableType, checker: TypeChecker
) -> Iterator[tuple[int, Expression]]:
    """Return each config that is an argument by itself, with the index of its parameter."""
    for position, (kind, name, expression) in enumerate(zip(call.arg_kinds, call.arg_names, call.args, strict=True)):
        if not is_config_use(expression, checker):
            continue
        if kind == ARG_NAMED and name in signature.arg_names:
            yield signature.arg_names.index(name), expression
        elif kind == ARG_POS and position < len(signature.arg_kinds) and signature.arg_kinds[position].is_positional():
            yield position, expression


def _check_argument(checker: TypeChecker, call: CallExpr, name: str, expression: Expression, expected: Type) -> None:
    """Check an argument with the parameter's type as context (for ``[]``), and without it if that fails."""
    found, findings = infer_type(expression, expected, checker)
    if has_errors(findings):
        found, own = infer_type(expression, None, checker)
        # A list of Any fits everywhere, although one of its items may not.
        if has_any_type(found) and not has_errors(own) and is_assignable(plain_type(found, checker), expected):
            _, real = infer_type(expression, widen(expected, checker), checker)
            report_held_back(checker, expression, findings if has_errors(real) else (), DECORATOR)
    if not is_assignable(plain_type(found, checker), expected):
        _report_argument(checker, expression, _mismatch(checker, call, name, found, expected))


def _has_keyword_only(signature: CallableType) -> bool:
    return any(kind.is_named() for kind in signature.arg_kinds)


def _check_fields(checker: TypeChecker, call: CallExpr, signature: CallableType, expression: Expression) -> None:
    """Check ``**config.sub``, in which each field of the model is an argument.

    If the model is not a mapping, mypy itself reports that it cannot be unpacked.
    """
    found = get_proper_type(infer_type(expression, None, checker)[0])
    if not isinstance(found, Instance) or not found.type.has_base(BASE_MODEL) or not found.type.has_base(MAPPING):
        return
    depend_on_members(found.type, checker)
    model = format_type(found, checker.options)
    for field in fields_of(found.type):
        if field not in signature.arg_names:
            if signature.kw_arg() is None:
                maybe = closest(field, [name for name in signature.arg_names if name])
                message = f'Unexpected keyword argument "{field}" for "{_name(call)}" (a field of {model})'
                _report_argument(checker, expression, f'{message}; maybe "{maybe}"?' if maybe else message)
            continue
        expected = signature.arg_types[signature.arg_names.index(field)]
        kind = member_type(found, field, checker)
        if not is_assignable(plain_type(kind, checker), expected):
            message = _mismatch(checker, call, field, kind, expected)
            _report_argument(checker, expression, f"{message} (a field of {model})")


def _mismatch(checker: TypeChecker, call: CallExpr, name: str, found: Type, expected: Type) -> str:
    given, wanted = format_type_distinctly(found, expected, options=checker.options)
    return f'Argument "{name}" to "{_name(call)}" has incompatible type {given}; expected {wanted}'


def _name(call: CallExpr) -> str:
    return call.callee.fullname.rpartition(".")[2] if isinstance(call.callee, RefExpr) else "decorator"


def _report_argument(checker: TypeChecker, expression: Expression, message: str) -> None:
    texts = texts_in(expression, checker)
    if len(texts) == 1:
        report_at(checker, texts[0], stripped_range(texts[0]), message, DECORATOR)
    else:
        checker.msg.fail(message, expression, code=DECORATOR)

"""Checks the text of ``config_expr("...")`` with mypy's own checker."""

from __future__ import annotations

import ast
import keyword
import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from mypy.nodes import CallExpr, Var
from mypy.plugin import FunctionContext
from mypy.typeops import make_simplified_union
from mypy.types import AnyType, Type, TypeOfAny

from typedflow.mypy._compat import Finding, bind_names, build_lambda, checker_of
from typedflow.mypy._fields import path_expression
from typedflow.mypy._infer_type import infer_type
from typedflow.mypy._names import EXPRESSION, UNCHECKED
from typedflow.mypy._nested_values import checking_text, find_held_refs, is_in_text, nested_message
from typedflow.mypy._report import Text, report, report_at, report_syntax_error, stripped_range, texts_in
from typedflow.mypy._scopes import Scope, scopes_of
from typedflow.mypy._suggestions import add_suggestion
from typedflow.values import ExpressionSyntaxError, did_you_mean, expression_tree, listed

if TYPE_CHECKING:
    from mypy.checker import TypeChecker

_PATH = re.compile(r"[ \t]*([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)[ \t]*", re.ASCII)
"""The common case, which needs neither a parser nor a scope."""

_Check = Callable[[Scope], tuple[Type, list[Finding]]]


def check_expression(context: FunctionContext) -> Type:
    """Report the errors in a ``config_expr`` and return the type of its value."""
    checker, call = checker_of(context.api), context.context
    if not context.args[0] or not isinstance(call, CallExpr):
        return context.default_return_type
    if is_in_text():
        checker.msg.fail(nested_message("config_expr"), call, code=EXPRESSION)
        return AnyType(TypeOfAny.from_error)
    texts = texts_in(call, checker)
    if not texts:
        message = 'The text is built at run time and cannot be checked; use a literal or ref(Model, "name")'
        checker.msg.fail(message, context.args[0][0], code=UNCHECKED)
        return AnyType(TypeOfAny.from_error)
    expected = context.api.type_context[-1]
    return make_simplified_union([_check_text(checker, text, expected) for text in texts])


def _check_text(checker: TypeChecker, text: Text, expected: Type | None) -> Type:
    """Report the errors in a text and return the type of its value; the common case has a fast path."""
    path = _PATH.fullmatch(text.value)
    names = path[1].split(".") if path else []
    if names and len(names) < _DEEPEST and not any(map(keyword.iskeyword, names)):
        root, *attributes = names
        scopes = scopes_of(checker, text.call.line, [root])
        if scopes and root in scopes[0].configs:

            def check_in(scope: Scope) -> tuple[Type, list[Finding]]:
                return infer_type(path_expression(root, scope.configs[root], attributes), expected, checker)

            return _report_scopes(checker, text, scopes, check_in)
    return _check_any(checker, text, expected)


def _check_any(checker: TypeChecker, text: Text, expected: Type | None) -> Type:
    """Check any expression: parse it, then check it in a scope with the configs, inside the module's scope."""
    try:
        tree = expression_tree(text.value)
    except ExpressionSyntaxError as error:
        report_syntax_error(checker, text, error)
        return AnyType(TypeOfAny.from_error)
    names, depth = _names_and_depth(tree)
    if depth > _DEEPEST:
        report_at(checker, text, stripped_range(text), "The expression is nested too deeply to be checked", UNCHECKED)
        return AnyType(TypeOfAny.from_error)
    scopes = scopes_of(checker, text.call.line, names)

    def check_in(scope: Scope) -> tuple[Type, list[Finding]]:
        configs = [Var(name, kind) for name, kind in scope.configs.items() if name in names]
        function = build_lambda(tree, configs, checker)
        unbound = [*bind_names(function, checker), *find_held_refs(tree, set(scope.configs), checker)]
        with checking_text(text.value):
            found, findings = infer_type(function.expr(), expected, checker)
        return found, [*unbound, *findings]

    return _report_scopes(checker, text, scopes or [Scope("", {})], check_in)


_DEEPEST = 200
"""Mypy's compiled visitors recurse without a limit."""


def _names_and_depth(tree: ast.AST) -> tuple[set[str], int]:
    """Return the names that an expression reads and the depth of its tree, without recursion."""
    names: set[str] = set()
    deepest = 0
    waiting = [(tree, 1)]
    while waiting:
        node, depth = waiting.pop()
        deepest = max(deepest, depth)
        if isinstance(node, ast.Name):
            names.add(node.id)
        waiting += [(child, depth + 1) for child in ast.iter_child_nodes(node)]
    return names, deepest


def _report_scopes(checker: TypeChecker, text: Text, scopes: list[Scope], check_in: _Check) -> Type:
    findings: dict[Finding, None] = {}
    types: list[Type] = []
    for scope in scopes:
        kind, found = check_in(scope)
        types.append(kind)
        for finding in found:
            # Names that are defined below the expression have no type yet, but exist when it is evaluated.
            if finding.code != "has-type":
                findings[_explain(finding, scope, several=len(scopes) > 1)] = None
    report(checker, text, findings, EXPRESSION)
    return make_simplified_union(types)


def _explain(finding: Finding, scope: Scope, *, several: bool) -> Finding:
    """Add to a finding the configs that exist, or the class that was checked."""
    if finding.severity != "error":
        return finding
    finding = replace(finding, message=add_suggestion(finding.message, scope.configs.values()))
    unknown = re.fullmatch(r'Name "(.*?)" is not defined.*', finding.message)
    if unknown is not None:
        return _explain_name(finding, unknown[1], scope)
    return replace(finding, message=f"{finding.message} (in {scope.owner})") if several else finding


def _explain_name(finding: Finding, name: str, scope: Scope) -> Finding:
    """Add to the finding that a name is not defined the configs that exist, or why they are not known."""
    message = f'Name "{name}" is not defined'
    if not scope.owner:
        advice = f'no class in this module has a config; use ref(Model, "{name}") instead'
        return replace(finding, message=f"{message}: {advice}", code=UNCHECKED.code)
    if scope.has_unnamed:
        why = f"the name of a config of {scope.owner} is built at run time; use a literal or a Final constant"
        return replace(finding, message=f'Name "{name}" cannot be checked: {why}', code=UNCHECKED.code)
    label = did_you_mean(name, scope.configs).replace("`", '"')
    if label:
        return replace(finding, message=f"{message}; {label}")
    if finding.message == message:
        known = listed(scope.configs).replace("`", '"')
        return replace(finding, message=f"{message}; the configs of {scope.owner} are {known}")
    return finding

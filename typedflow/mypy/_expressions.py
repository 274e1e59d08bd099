"""Judge the text of ``config_expr("...")`` by mypy's own checker."""

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

from typedflow.mypy._compat import Finding, analyzed, checker_of, lambda_of
from typedflow.mypy._fields import path_expression
from typedflow.mypy._judge import judge
from typedflow.mypy._names import EXPRESSION, UNCHECKED
from typedflow.mypy._nested import held_refs, instead_of, is_nested, judging
from typedflow.mypy._reach import Scope, scopes_of
from typedflow.mypy._report import Text, report, report_at, report_syntax_error, texts_in, whole
from typedflow.mypy._suggestions import suggested
from typedflow.values import ExpressionSyntaxError, did_you_mean, expression_tree, listed

if TYPE_CHECKING:
    from mypy.checker import TypeChecker

_PATH = re.compile(r"[ \t]*([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)[ \t]*", re.ASCII)
"""The common case: it needs neither a parser nor a scope."""

_Judge = Callable[[Scope], tuple[Type, list[Finding]]]


def judge_expression(context: FunctionContext) -> Type:
    """Report what is wrong in a ``config_expr`` and give the type of its value."""
    checker, call = checker_of(context.api), context.context
    if not context.args[0] or not isinstance(call, CallExpr):
        return context.default_return_type
    if is_nested():
        checker.msg.fail(instead_of("config_expr"), call, code=EXPRESSION)
        return AnyType(TypeOfAny.from_error)
    texts = texts_in(call, checker)
    if not texts:
        message = 'The text is made at run time, so it cannot be checked; write a literal, or use ref(Model, "name")'
        checker.msg.fail(message, context.args[0][0], code=UNCHECKED)
        return AnyType(TypeOfAny.from_error)
    expected = context.api.type_context[-1]
    return make_simplified_union([_judge_text(checker, text, expected) for text in texts])


def _judge_text(checker: TypeChecker, text: Text, expected: Type | None) -> Type:
    """Report what is wrong in a text and return the type of its value; the common case first."""
    path = _PATH.fullmatch(text.value)
    names = path[1].split(".") if path else []
    if names and len(names) < _DEEPEST and not any(map(keyword.iskeyword, names)):
        root, *attributes = names
        scopes = scopes_of(checker, text.call.line, [root])
        if scopes and root in scopes[0].configs:

            def judged_in(scope: Scope) -> tuple[Type, list[Finding]]:
                return judge(path_expression(root, scope.configs[root], attributes), expected, checker)

            return _judged(checker, text, scopes, judged_in)
    return _whole(checker, text, expected)


def _whole(checker: TypeChecker, text: Text, expected: Type | None) -> Type:
    """Judge any expression: with Python's parser, then in a scope of the configs inside the module's."""
    try:
        tree = expression_tree(text.value)
    except ExpressionSyntaxError as error:
        report_syntax_error(checker, text, error)
        return AnyType(TypeOfAny.from_error)
    names, depth = _names_and_depth(tree)
    if depth > _DEEPEST:
        report_at(checker, text, whole(text), "The expression is nested too deeply to be checked", UNCHECKED)
        return AnyType(TypeOfAny.from_error)
    scopes = scopes_of(checker, text.call.line, names)

    def judged_in(scope: Scope) -> tuple[Type, list[Finding]]:
        configs = [Var(name, kind) for name, kind in scope.configs.items() if name in names]
        function = lambda_of(tree, configs, checker)
        unbound = [*analyzed(function, checker), *held_refs(tree, set(scope.configs), checker)]
        with judging(text.value):
            found, findings = judge(function.expr(), expected, checker)
        return found, [*unbound, *findings]

    return _judged(checker, text, scopes or [Scope("", {})], judged_in)


_DEEPEST = 200
"""Mypy's compiled visitors recurse without a limit of their own."""


def _names_and_depth(tree: ast.AST) -> tuple[set[str], int]:
    """Give the names that an expression reads, and how many levels its tree has, without recursion."""
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


def _judged(checker: TypeChecker, text: Text, scopes: list[Scope], judged_in: _Judge) -> Type:
    findings: dict[Finding, None] = {}
    types: list[Type] = []
    for scope in scopes:
        kind, found = judged_in(scope)
        types.append(kind)
        for finding in found:
            # What is below the expression in the file has no type yet; when the expression is evaluated, it has one.
            if finding.code != "has-type":
                findings[_explained(finding, scope, several=len(scopes) > 1)] = None
    report(checker, text, findings, EXPRESSION)
    return make_simplified_union(types)


def _explained(finding: Finding, scope: Scope, *, several: bool) -> Finding:
    """Add to a finding what it cannot say of itself: which configs there are, and which class was judged."""
    if finding.severity != "error":
        return finding
    finding = replace(finding, message=suggested(finding.message, scope.configs.values()))
    unknown = re.fullmatch(r'Name "(.*?)" is not defined.*', finding.message)
    if unknown is not None:
        return _explained_name(finding, unknown[1], scope)
    return replace(finding, message=f"{finding.message} (in {scope.owner})") if several else finding


def _explained_name(finding: Finding, name: str, scope: Scope) -> Finding:
    """Return the finding that a name is not defined with the configs that there are, or that nobody knows them."""
    message = f'Name "{name}" is not defined'
    if not scope.owner:
        advice = f'no class of this module has a config; write ref(Model, "{name}"), which needs none'
        return replace(finding, message=f"{message}: {advice}", code=UNCHECKED.code)
    if scope.has_unnamed:
        why = f"the name of a config of {scope.owner} is made at run time; write it as a literal or a Final constant"
        return replace(finding, message=f'Name "{name}" cannot be checked: {why}', code=UNCHECKED.code)
    label = did_you_mean(name, scope.configs).replace("`", '"')
    if label:
        return replace(finding, message=f"{message}; {label}")
    if finding.message == message:
        known = listed(scope.configs).replace("`", '"')
        return replace(finding, message=f"{message}; the configs of {scope.owner} are {known}")
    return finding

"""Every use of mypy's internals, seen in the newest release of each minor version from 1.19 to 2.4."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from mypy.errors import ErrorInfo, Errors
from mypy.exprtotype import TypeTranslationError, expr_to_unanalyzed_type
from mypy.fastparse import ASTConverter
from mypy.nodes import ARG_POS, Argument, Block, Expression, LambdaExpr, MypyFile, ReturnStmt, TypeInfo, Var
from mypy.semanal import SemanticAnalyzer
from mypy.server.deps import get_dependencies_of_target
from mypy.server.trigger import WILDCARD_TAG
from mypy.types import Type
from mypy.version import __version__

if TYPE_CHECKING:
    from mypy.checker import TypeChecker
    from mypy.plugin import CheckerPluginInterface, SemanticAnalyzerPluginInterface

MYPY_VERSION = tuple(int(part) for part in __version__.split(".")[:2])


@dataclass(frozen=True, slots=True)
class Finding:
    """An error or a note about an expression; lines begin at 1 and columns at 0, in the expression's text."""

    message: str
    severity: str
    line: int
    column: int
    end_line: int
    end_column: int
    code: str


def scope_of(api: SemanticAnalyzerPluginInterface) -> TypeInfo | MypyFile | None:
    """Return the class or the module whose body is being analyzed, or None in functions."""
    analyzer: Any = api
    if analyzer.is_func_scope():
        return None
    scope: TypeInfo | MypyFile = analyzer.type or analyzer.cur_mod_node
    return scope


def resolve_type(api: SemanticAnalyzerPluginInterface, expression: Expression) -> Type | None:
    """Return the type that an expression names, or None if it is not known yet."""
    analyzer: Any = api
    try:
        unanalyzed = expr_to_unanalyzed_type(expression, api.options)
    except TypeTranslationError:
        return None
    found: Type | None = analyzer.anal_type(unanalyzed)
    return found


def defer(api: SemanticAnalyzerPluginInterface) -> None:
    """Make mypy analyze the module again, unless this is the last iteration."""
    analyzer: Any = api
    if not analyzer.final_iteration:
        analyzer.defer()


def build_lambda(tree: ast.Expression, configs: Sequence[Var], checker: TypeChecker) -> LambdaExpr:
    """Return a lambda in mypy's tree with the expression as its body and the configs as its arguments."""
    errors = Errors(checker.options)
    for part in ast.walk(tree):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            part.value = part.value.encode(errors="replace").decode()  # mypy fails on unpaired surrogates
    converter = ASTConverter(checker.options, is_stub=False, errors=errors, strip_function_bodies=False, path="")
    body: Expression = converter.visit(tree.body)
    returned = ReturnStmt(body)
    block = Block([returned])
    function = LambdaExpr([Argument(config, None, None, ARG_POS) for config in configs], block)
    for node in (returned, block, function):
        node.set_line(body)
    return function


def bind_names(function: LambdaExpr, checker: TypeChecker) -> list[Finding]:
    """Bind the names in a lambda as at the top of the checker's module, and return mypy's findings."""
    analyzer, errors = _analyzer(checker)
    with analyzer.file_context(checker.tree, checker.options):
        function.accept(analyzer)
        if errors.error_info_map:  # a name may be bound after its first use, as in `x if (x := 1) else 0`
            errors.error_info_map.clear()
            function.accept(analyzer)
    _analyzers[:] = [analyzer]
    infos = [info for infos in errors.error_info_map.values() for info in infos]
    return [_finding(info) for info in infos]


_analyzers: list[Any] = []
"""The analyzer to use next: like mypy, we use one for all files. One that raised an exception is not kept."""


def _analyzer(checker: TypeChecker) -> tuple[Any, Errors]:
    analyzer = _analyzers.pop() if _analyzers else None
    if analyzer is None or analyzer.modules is not checker.modules or analyzer.plugin is not checker.plugin:
        missing: Any = {} if MYPY_VERSION >= (1, 20) else set()
        errors = Errors(checker.options)
        analyzer = SemanticAnalyzer(checker.modules, missing, set(), errors, checker.plugin, {})
        analyzer._final_iteration = True
        analyzer.global_decls, analyzer.nonlocal_decls = [set()], [set()]
    analyzer.errors.reset()
    analyzer.saved_locals.clear()
    analyzer.transitive_submodule_imports.clear()
    analyzer.import_map[checker.tree.fullname] = set(checker.modules)
    return analyzer, analyzer.errors


def infer_types(
    expression: Expression, expected: Type | None, checker: TypeChecker
) -> tuple[Type, dict[Expression, Type], list[Finding]]:
    """Return the type of an expression whose names are bound, those of its parts, and mypy's findings, unreported."""
    with (
        checker.msg.filter_errors(save_filtered_errors=True, filter_deprecated=True) as watcher,
        checker.binder.frame_context(can_skip=True, fall_through=0),
        # As in a function: an incomplete type is then a finding here, not one in the module.
        checker.enter_partial_types(is_function=True),
    ):
        found = checker.expr_checker.accept(expression, expected)
    types = checker._type_maps[-1]
    infos = [
        info
        for info in watcher.filtered_errors()
        if info.code and checker.errors.is_error_code_enabled(info.code)
        # Earlier versions note where a function is defined, which is outside of the expression.
        if not info.message.endswith(" defined here")
    ]
    return found, types, [_finding(info) for info in infos]


def has_errors(findings: Sequence[Finding]) -> bool:
    """Return whether any finding is an error."""
    return any(finding.severity == "error" for finding in findings)


def _finding(info: ErrorInfo) -> Finding:
    code = info.code.code if info.code else ""
    return Finding(info.message, info.severity, info.line, info.column, info.end_line, info.end_column, code)


def names_in(expression: Expression, types: dict[Expression, Type], checker: TypeChecker) -> list[str]:
    """Return the full names that an expression depends on, given the types of its parts."""
    tree, version = checker.tree, checker.options.python_version
    triggers = get_dependencies_of_target(tree.fullname, tree, expression, types, version)
    return [trigger.strip("<>") for trigger in triggers]


def any_attribute(info: TypeInfo) -> str:
    """Return the name of all attributes of a class, among the names of dependencies."""
    return info.fullname + WILDCARD_TAG


def add_dependencies(checker: TypeChecker, names: Iterable[str]) -> None:
    """Make what is being checked depend on names."""
    checker.tree.alias_deps[checker.tscope.current_target()].update(names)


def set_full_name(variable: Var, name: str) -> None:
    """Set the full name of a variable, as mypy's own plugins do."""
    variable._fullname = name


def checker_of(api: CheckerPluginInterface) -> TypeChecker:
    """Return the type checker, of which plugins see only an interface."""
    checker: Any = api
    return cast("TypeChecker", checker)

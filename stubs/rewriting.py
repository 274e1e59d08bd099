"""Upstream's stub modules as text that type checkers accept in their strict modes."""

import ast
import builtins
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from annotations import Annotations, last_name
from signatures import completed

Trees: TypeAlias = Mapping[str, ast.Module]
_DROPPED_NAMES = {
    "TYPE_CHECKING",
    "StepFlag",
    "FlowSpecDerived",
    "__annotate_func__",
    "__getnewargs__",
    "__init_subclass__",
    "context_proto",
}
_DROPPED_METACLASSES = {"type", "abc.ABCMeta", "enum.EnumType"}
_OF_TUPLES = {"__new__", "__repr__"}


def rewritten(trees: Trees) -> dict[str, str]:
    """Return the text of each module."""
    return {name: _Module(name, trees).text() for name in trees}


class _Module:
    """One module, and what is known of the others."""

    def __init__(self, name: str, trees: Trees) -> None:
        self._name = name
        self._trees = trees
        self._tree = trees[name]
        self._annotations = Annotations(self._known)
        self._used: set[str] = set()

    def text(self) -> str:
        body = [*self._statements(self._tree.body, method=False)]
        imports = "".join(f"import {name}\n" for name in sorted(self._modules()))
        return f"{imports}\n{ast.unparse(ast.fix_missing_locations(ast.Module(body=body, type_ignores=[])))}\n"

    def _statements(self, body: Iterable[ast.stmt], *, method: bool) -> Iterator[ast.stmt]:
        for node in body:
            if isinstance(node, ast.ImportFrom):
                yield from self._import(node)
            elif isinstance(node, ast.ClassDef):
                yield self._class(node)
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield from self._function(node, method=method)
            elif isinstance(node, ast.AnnAssign):
                yield from self._variable(node)
            elif isinstance(node, ast.Assign):
                yield from [] if _is_dropped(ast.unparse(node.targets[0])) else [node]

    def _import(self, node: ast.ImportFrom) -> Iterator[ast.stmt]:
        if node.level == 0:
            yield from [] if node.module == "__future__" else [node]
            return
        found = _exists if node.module else _is_module
        names = [alias for alias in node.names if found(self._trees, _absolute(self._name, node), alias.name)]
        if names:
            yield ast.ImportFrom(module=node.module, names=names, level=node.level)

    def _class(self, node: ast.ClassDef) -> ast.ClassDef:
        bases = [base for base in node.bases if self._is_base(base)]
        keywords = [word for word in node.keywords if ast.unparse(word.value) not in _DROPPED_METACLASSES]
        fields = _fields(node)
        members = node.body
        if fields:
            bases = [ast.Attribute(value=ast.Name("typing"), attr="NamedTuple")]
            members = [*fields, *(item for item in node.body if getattr(item, "name", "") not in _OF_TUPLES)]
        body = [*self._statements(members, method=True)] or [ast.Expr(ast.Constant(...))]
        self._used.update(ast.unparse(item) for item in [*bases, *(word.value for word in keywords)])
        return ast.ClassDef(
            name=node.name, bases=bases, keywords=keywords, body=body, decorator_list=node.decorator_list
        )

    def _is_base(self, base: ast.expr) -> bool:
        text = ast.unparse(base)
        return text != "object" and self._known(text.partition("[")[0])

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef, *, method: bool) -> Iterator[ast.stmt]:
        if _is_dropped(node.name):
            return
        completed(node, self._annotations, method=method)
        # Editors show the docstrings of Metaflow's own files; only decorators have none there.
        keeps_docstring = self._name == "__init__" and ast.get_docstring(node)
        if node.name in {"__aenter__", "__aexit__"} or node.name.startswith("async_"):
            node = ast.copy_location(ast.AsyncFunctionDef(**dict(ast.iter_fields(node))), node)
        node.body = node.body[:1] if keeps_docstring else [ast.Expr(ast.Constant(...))]
        yield node

    def _variable(self, node: ast.AnnAssign) -> Iterator[ast.stmt]:
        if not _is_dropped(ast.unparse(node.target)):
            was_unset = ast.unparse(node.annotation) == "None"  # on the machine where upstream's stubs were made
            node.annotation = self._annotations.text(ast.Name("Any") if was_unset else node.annotation)
            yield node

    def _known(self, name: str) -> bool:
        """Return whether a name can be resolved in this module."""
        first, _, rest = name.partition(".")
        if first == "metaflow" and rest:
            module, _, last = rest.rpartition(".")
            found = _exists(self._trees, module.replace(".", "/") or "__init__", last)
        elif rest:
            found = True  # a module of the standard library
        else:
            found = hasattr(builtins, name) or _exists(self._trees, self._name, name)
        if found:
            self._used.add(name)
        return found

    def _modules(self) -> set[str]:
        """Return the modules that dotted names need."""
        dotted = {name.partition("[")[0].rpartition(".")[0] for name in self._used} - {""}
        return {name for name in dotted if not _exists(self._trees, self._name, name.partition(".")[0])} | {"typing"}


def _exists(trees: Trees, module: str, name: str) -> bool:
    """Return whether a module of the tree defines a name, or re-exports it."""
    if _is_module(trees, module, name):
        return True
    tree = trees.get(module) or trees.get(f"{module}/__init__")
    if tree is None:
        return False
    own = module if module in trees else f"{module}/__init__"
    return any(_defines(trees, own, node, name) for node in tree.body)


def _is_module(trees: Trees, package: str, name: str) -> bool:
    path = f"{package}/{name}" if package != "__init__" else name
    return path in trees or f"{path}/__init__" in trees


def _defines(trees: Trees, module: str, node: ast.stmt, name: str) -> bool:
    if isinstance(node, ast.ClassDef | ast.FunctionDef):
        return node.name == name
    if isinstance(node, ast.AnnAssign):
        return ast.unparse(node.target) == name
    if isinstance(node, ast.Assign):
        return ast.unparse(node.targets[0]) == name
    if isinstance(node, ast.ImportFrom) and any((alias.asname or alias.name) == name for alias in node.names):
        target = _absolute(module, node)
        return node.level == 0 or (_exists if node.module else _is_module)(trees, target, name)
    return False


def _absolute(module: str, node: ast.ImportFrom) -> str:
    """Return the module that a relative import names, as a path."""
    folders = module.split("/")[: -node.level]
    return "/".join([*folders, *(node.module or "").split(".")]).strip("/") or "__init__"


def _fields(node: ast.ClassDef) -> list[ast.stmt]:
    """Return the fields of a named tuple, which upstream writes as a tuple with a constructor."""
    news = [item for item in node.body if isinstance(item, ast.FunctionDef) and item.name == "__new__"]
    if [last_name(base) for base in node.bases] != ["tuple"] or not news:
        return []
    given = news[0].args
    defaults: list[ast.expr | None] = [None] * (len(given.args) - len(given.defaults)) + [*given.defaults]
    pairs = zip(given.args[1:], defaults[1:], strict=True)
    return [
        ast.AnnAssign(
            target=ast.Name(argument.arg), annotation=argument.annotation or ast.Name("Any"), value=default, simple=1
        )
        for argument, default in pairs
    ]


def _is_dropped(name: str) -> bool:
    """Return whether a name is private; upstream also has mangled names."""
    return name in _DROPPED_NAMES or (name.startswith("_") and "__" in name.strip("_"))

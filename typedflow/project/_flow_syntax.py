"""Find the flows of a file by its syntax: nothing is imported."""

from __future__ import annotations

import ast
import sys
from collections.abc import Sequence
from pathlib import Path

from typedflow.project._class_look_up import ClassLookUp, FoundClass
from typedflow.project._python_syntax import ModuleSyntax, dotted_name
from typedflow.values import Location, Span, TypedflowError
from typedflow.workspace import display_name

_FLOW = "FlowSpec"
#: Modules that have no other flows.
_WITHOUT_FLOWS = {"builtins", "metaflow", "pydantic", "typedflow", "typing_extensions", *sys.stdlib_module_names}


class FlowSyntax:
    """Finds flows: classes derived from ``FlowSpec``, also through base classes in other modules of a project."""

    def __init__(self, root: Path) -> None:
        """``root`` is the directory of the project."""
        self._root = root
        self._look_up = ClassLookUp(root)
        self._verdicts: dict[tuple[Path, str], bool | None] = {}

    def flows(self, file: Path) -> Sequence[Location]:
        """Return the place of each flow of a file that no other of its flows inherits from.

        What may be a flow counts as one: a file that cannot be read, or a class whose base is in an installed package.
        """
        here = Location(display_name(file, self._root))
        if file.suffix != ".py":
            return ()
        try:
            module = self._look_up.read(file)
        except TypedflowError:
            module = None
        if module is None:
            return (here,)
        flows = [node for name, node in module.classes.items() if self._is_flow(module, name)]
        if flows:
            return [_place(here, node) for node in self._outermost(module, flows)]
        return (here,) if any(self._may_be_flow(module, node) for node in module.all_classes()) else ()

    def _outermost(self, module: ModuleSyntax, flows: Sequence[ast.ClassDef]) -> Sequence[ast.ClassDef]:
        if len(flows) == 1:
            return flows
        inherited = [self._find(module, base) for node in flows for base in node.bases]
        return [node for node in flows if (module, node.name) not in inherited]

    def _is_flow(self, module: ModuleSyntax, name: str) -> bool | None:
        """Return whether a class of a module is a flow; None if that depends on a class of an installed package."""
        key = (module.file, name)
        if key not in self._verdicts:
            self._verdicts[key] = None  # while it is being determined: a class may name itself as its base
            self._verdicts[key] = self._has_flow_base(module, module.classes[name])
        return self._verdicts[key]

    def _has_flow_base(self, module: ModuleSyntax, node: ast.ClassDef) -> bool | None:
        if any((dotted_name(base) or "").endswith(_FLOW) for base in node.bases):
            return True
        found = [self._is_flow_base(module, base) for base in node.bases]
        return True if True in found else None if None in found else False

    def _is_flow_base(self, module: ModuleSyntax, base: ast.expr) -> bool | None:
        found = self._find(module, base)
        if found is None:
            return None
        if found.module is not None:
            return self._is_flow(found.module, found.name)
        if found.name.endswith(_FLOW):  # imported under another name
            return True
        return False if found.name.partition(".")[0] in _WITHOUT_FLOWS else None

    def _find(self, module: ModuleSyntax, base: ast.expr) -> FoundClass | None:
        name = dotted_name(base)
        return self._look_up.find(module, name) if name else None

    def _may_be_flow(self, module: ModuleSyntax, node: ast.ClassDef) -> bool:
        """Return whether a class in a function is a flow, or one of the module with an unknown base looks like one."""
        verdict = self._has_flow_base(module, node)
        if verdict is not None:
            return verdict
        names = ((dotted_name(base) or "").rpartition(".")[2].lower() for base in node.bases)
        return any("flow" in name for name in names) or node.name in module.started or _has_steps(node)


def _has_steps(node: ast.ClassDef) -> bool:
    """Return whether a method has Metaflow's ``@step``."""
    methods = (item for item in node.body if isinstance(item, ast.FunctionDef))
    names = (dotted_name(decorator) or "" for method in methods for decorator in method.decorator_list)
    return any(name.rpartition(".")[2] == "step" for name in names)


def _place(here: Location, node: ast.ClassDef) -> Location:
    column = node.col_offset + len("class ") + 1
    return Location(here.name, Span(node.lineno, column, node.lineno, column + len(node.name)))

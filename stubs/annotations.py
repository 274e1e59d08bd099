"""Convert upstream's annotations to current syntax; names that cannot be resolved become Any."""

import ast
from collections.abc import Callable

ANY = "typing.Any"
_BUILTIN = {"Dict": "dict", "FrozenSet": "frozenset", "List": "list", "Set": "set", "Tuple": "tuple", "Type": "type"}
# The arguments of a generic class without arguments.
_FILLED = {
    "Callable": "typing.Callable[..., typing.Any]",
    "Generator": "typing.Generator[typing.Any, typing.Any, typing.Any]",
    "Iterable": "typing.Iterable[typing.Any]",
    "Iterator": "typing.Iterator[typing.Any]",
    "Mapping": "typing.Mapping[str, typing.Any]",
    "NamedTuple": ANY,
    "Parameter": "metaflow.parameters.Parameter[typing.Any]",
    "TemporaryDirectory": "tempfile.TemporaryDirectory[str]",
    "dict": "dict[typing.Any, typing.Any]",
    "frozenset": "frozenset[typing.Any]",
    "list": "list[typing.Any]",
    "partial": "functools.partial[typing.Any]",
    "set": "set[typing.Any]",
    "tuple": "tuple[typing.Any, ...]",
    "type": "type[typing.Any]",
}
_TYPING = {"Any", "Callable", "Generator", "Iterable", "Iterator", "Literal", "Mapping", "Sequence"}


class Annotations(ast.NodeTransformer):
    """Rewrites annotations; ``known`` returns whether a (dotted) name can be resolved."""

    def __init__(self, known: Callable[[str], bool]) -> None:
        """Keep the predicate."""
        self._known = known

    def text(self, node: ast.expr) -> ast.expr:
        """Return a rewritten annotation."""
        result = self.visit(node)
        assert isinstance(result, ast.expr)  # noqa: S101 # for the type checker
        return result

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        """Read a quoted annotation."""
        return self.text(expression(node.value)) if isinstance(node.value, str) else node

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """Resolve a name."""
        return self._plain(node, node.id)

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        """Resolve a dotted name."""
        return self._plain(node, node.attr)

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        """Rewrite a class with arguments."""
        name = last_name(node.value)
        given = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        if name == "Literal":
            return node
        if name in {"Union", "Optional"}:
            texts = [text for item in given for text in _members(self.text(item))]
            return expression(" | ".join(dict.fromkeys(texts + ["None"] * (name == "Optional"))))
        arguments = ", ".join(ast.unparse(self.text(item)) for item in given)
        head = _BUILTIN.get(name) or (f"typing.{name}" if name in _TYPING else ast.unparse(node.value))
        return expression(f"{head}[{arguments}]" if self._known(head) else ANY)

    def visit_List(self, node: ast.List) -> ast.expr:
        """Rewrite the parameters of a callable."""
        return ast.List(elts=[self.text(item) for item in node.elts])

    def _plain(self, node: ast.expr, name: str) -> ast.expr:
        filled = _FILLED.get(_BUILTIN.get(name, name))
        if filled and self._known(filled.partition("[")[0]):
            return expression(filled)
        if name == "Any" or not self._known(ast.unparse(node)):
            return expression(ANY)
        return node


def _members(node: ast.expr) -> list[str]:
    """Return the members of a union."""
    if isinstance(node, ast.BinOp):
        return [*_members(node.left), *_members(node.right)]
    return [ast.unparse(node)]


def expression(text: str) -> ast.expr:
    """Parse an expression."""
    return ast.parse(text, mode="eval").body


def last_name(node: ast.expr) -> str:
    """Return the last part of a dotted name."""
    return ast.unparse(node).rpartition(".")[2]

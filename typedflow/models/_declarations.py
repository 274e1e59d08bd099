"""Where models and fields are declared, for the second half of a diagnostic."""

import ast
import inspect
from functools import lru_cache

from typedflow.models._compat import generic_origin
from typedflow.values import Location, Related, Span

#: The models of manifests and tables are our own: nobody needs to see their code.
_PACKAGE = __name__.partition(".")[0]


def field_location(owner: type, field: str) -> Location | None:
    """Return where a class, or the base that it inherits the field from, declares a field."""
    for base in owner.__mro__:
        file, lines = _lines(base)
        if field in lines:
            return Location(file, Span(lines[field], 1, lines[field], 1))
    return None


def declaring_class(owner: type, field: str) -> type:
    """Return the class that declares a field: the base that a class inherits it from, if the class is in a file."""
    bases = owner.__mro__ if _lines(owner)[1] else ()
    return next((base for base in bases if field in _lines(base)[1]), owner)


def declared_at(owner: type) -> Location | None:
    """Return where a class is declared."""
    file, lines = _lines(owner)
    return Location(file, Span(lines[""], 1, lines[""], 1)) if lines else None


def declared(owner: type, field: str = "") -> tuple[Related, ...]:
    """Return where a class, or a field of it, is declared, for the second half of a diagnostic."""
    owner = declaring_class(owner, field) if field else owner
    place = (field_location(owner, field) if field else None) or declared_at(owner)
    return (Related("declared at", place, f"(class {owner.__name__})"),) if place else ()


@lru_cache(maxsize=256)
def _lines(owner: type) -> tuple[str, dict[str, int]]:
    """Return the file and the line of each annotated name of a class; the class itself is named by the empty string."""
    if owner.__module__.partition(".")[0] == _PACKAGE:
        return "", {}
    generic = generic_origin(owner)[0]
    try:
        file = inspect.getsourcefile(generic or owner)
        source, first = inspect.getsourcelines(generic or owner)
        tree = ast.parse("if True:\n" + "".join(source) if source[0][:1].isspace() else "".join(source))
    except (OSError, TypeError, SyntaxError):
        return "", {}
    body = tree.body[0]
    if isinstance(body, ast.If):  # a class in a function or class, indented as it stands
        body, first = body.body[0], first - 1
    if file is None or not isinstance(body, ast.ClassDef):
        return "", {}
    lines = {"": first + body.lineno - 1}
    for node in body.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            lines[node.target.id] = first + node.lineno - 1
    return file, lines

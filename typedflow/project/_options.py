"""The layers of ``--set a.b=value``, and reading a value that was written as text."""

from typing import Any

from typedflow.layers import UNTYPED, Layer, Plan, Rank
from typedflow.parsing import parse_value, without_marks
from typedflow.values import (
    RULES,
    Diagnostic,
    KeyPath,
    KeyPathError,
    Location,
    Source,
    SourceKind,
    TypedflowError,
    blotted,
    parse_path,
)


def option_layer(option: str, plan: Plan) -> Layer:
    """Give the layer of one ``a.b=value``.

    Raises:
        TypedflowError: ``bad-option``, where the text is not of that form.
    """
    path_text, equals, text = option.partition("=")
    source = Source(f"--set {blotted(option)}", text, kind=SourceKind.OPTION)
    if not equals:
        raise _bad(source, f"`{blotted(option)}` has no `=`")
    try:
        path = parse_path(path_text.strip())
        value = typed_value(text, plan_at(plan, path))
    except KeyPathError as error:
        raise _bad(source, str(error)) from None
    except ValueError as error:
        raise _bad(source, f"`{blotted(option).partition('=')[2]}` is no value: {error}") from None
    if any(isinstance(key, int) for key in path):
        raise _bad(source, f"`{path_text}` points into a list; set the whole list, as in `a.b=[1, 2]`")
    tree, integers = without_marks(nested(path, value))
    return Layer(source, tree, Rank.OPTION, prefix=path, integers=integers)


def typed_value(text: str, plan: Plan) -> Any:
    """Read text as its plan's type asks: as it stands where the type takes text only, else as a YAML 1.2 value."""
    if not plan.text:
        return parse_value(text)
    return None if plan.null and text in {"null", "~"} else text


def plan_at(plan: Plan, path: KeyPath) -> Plan:
    """Give the plan of the value at a key path."""
    for key in path:
        plan = plan.child(key) if isinstance(key, str) else UNTYPED
    return plan


def nested(path: KeyPath, value: Any) -> dict[str, Any]:
    """Give the tree that has one value at one key path."""
    for key in reversed(path):
        value = {key: value}
    return dict(value)


def _bad(source: Source, message: str) -> TypedflowError:
    hint = "write `--set a.b=value`; values are read as YAML: 3, true, text, [1, 2], {a: 1}"
    return TypedflowError([Diagnostic(RULES["bad-option"], message, Location(source.name), hint=hint)])

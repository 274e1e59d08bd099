"""The layers of ``--set a.b=value``, and reading a value that was written as text."""

from collections.abc import Iterator
from typing import Any

from typedflow.layers import UNTYPED, Layer, Plan, Rank, normalize_path
from typedflow.parsing import parse_value, without_marks
from typedflow.values import (
    KeyPath,
    KeyPathError,
    Location,
    Source,
    SourceKind,
    TypedflowError,
    parse_path,
    redact_line,
)
from typedflow.workspace import bad_option

#: The plan of a value whose type the tag of a union decides, as long as nobody knows the tag: it stays a text.
UNDECIDED = Plan(text=True)


def option_layer(option: str, plan: Plan, tree: Any) -> Layer:
    """Return the layer of one ``a.b=value``, its type that which a merged tree decides.

    Raises:
        TypedflowError: ``bad-option``, where the text is not of that form.
    """
    path_text, equals, text = option.partition("=")
    source = Source(f"--set {redact_line(option)}", text, kind=SourceKind.OPTION)
    if not equals:
        raise _bad(source, f"`{redact_line(option)}` has no `=`")
    try:
        path = parse_path(path_text.strip())
        value = typed_value(text, plan_at(plan, path, tree))
    except KeyPathError as error:
        raise _bad(source, str(error)) from None
    except ValueError as error:
        raise _bad(source, f"`{redact_line(option).partition('=')[2]}` is no value: {error}") from None
    if any(isinstance(key, int) for key in path):
        raise _bad(source, f"`{path_text}` points into a list; set the whole list, as in `a.b=[1, 2]`")
    tree, integers = without_marks(nested(path, value))
    return Layer(source, tree, Rank.OPTION, prefix=path, integers=integers)


def typed_value(text: str, plan: Plan) -> Any:
    """Read text as its plan's type asks: as it stands where the type takes text only, else as a YAML 1.2 value."""
    if not plan.text:
        return parse_value(text)
    return None if plan.null and text in {"null", "~"} else text


def plan_at(plan: Plan, path: KeyPath, tree: Any) -> Plan:
    """Return the plan of the value at a key path: where the variants of a union differ, that of a merged tree's tags.

    Without a tree, it is ``UNDECIDED`` then.
    """
    names, _ = normalize_path(path, [tree], plan)
    found, here = [plan], tree
    for key, name in zip(path, names, strict=True):
        found = list(dict.fromkeys(child for each in found for child in _children(each, key, here)))
        here = here.get(name) if isinstance(here, dict) else None
    if len({(each.text, each.null) for each in found}) == 1:
        return found[0]
    return UNDECIDED if tree is None and found else UNTYPED


def _children(plan: Plan, key: str | int, tree: Any) -> Iterator[Plan]:
    """Return the plans that the value at a key may have: one, unless it takes a tag to know and there is none."""
    plan = plan.variant(tree) if isinstance(tree, dict) else plan
    if not plan.variants or key in plan.tag_keys:
        yield plan.child(key) if isinstance(key, str) else UNTYPED
        return
    for each in plan.variants.values():
        if each.variants or each.items or key in each.fields:
            yield from _children(each, key, None)


def nested(path: KeyPath, value: Any) -> dict[str, Any]:
    """Give the tree that has one value at one key path."""
    for key in reversed(path):
        value = {key: value}
    return dict(value)


def _bad(source: Source, message: str) -> TypedflowError:
    hint = "write `--set a.b=value`; values are read as YAML: 3, true, text, [1, 2], {a: 1}"
    return TypedflowError([bad_option(message, Location(source.name), hint=hint)])

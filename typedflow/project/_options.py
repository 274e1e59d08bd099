"""The layers of ``--set a.b=value`` and of values from Python; reading values that are written as text."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

from typedflow.layers import UNTYPED, Layer, Plan, Rank, may_have_directives, normalize_path, without_schema
from typedflow.parsing import parse_value, without_marks
from typedflow.project._included_files import IncludedFiles
from typedflow.values import (
    KeyPath,
    KeyPathError,
    LeafOrigin,
    Location,
    Origin,
    Source,
    SourceKind,
    TypedflowError,
    parse_path,
    redact_line,
)
from typedflow.workspace import bad_option

#: The plan of a value whose type depends on a union's tag, while the tag is unknown: the value stays text.
UNDECIDED = Plan(text=True)


@dataclass(frozen=True, slots=True)
class Override:
    """A value from Python for a key path, above all layers: like ``--set``, but not as text."""

    path: str
    value: Any


def option_layer(option: str | Override, plan: Plan, tree: Any, files: IncludedFiles | None = None) -> Layer:
    """Return the layer of one ``a.b=value``; its type is decided by a merged tree, or by Python.

    ``a.b=@name`` is a file of ``groups/a/b``, for a value that is a mapping.

    Raises:
        TypedflowError: ``bad-option``: the text does not have that form, or the value is not plain.
    """
    given = option if isinstance(option, Override) else None
    option = f"{given.path}={_text(given)}" if given else str(option)
    path_text, equals, text = option.partition("=")
    if given:
        path_text, text = given.path, option.removeprefix(f"{given.path}=")
    source = Source(f"--set {redact_line(option)}", text, kind=SourceKind.OPTION)
    if not equals:
        raise _bad(source, f"`{redact_line(option)}` has no `=`")
    try:
        path = parse_path(path_text.strip())
        is_text = given is not None and type(given.value) is str
        here = UNTYPED if given else plan_at(plan, path, tree)
        if files is not None and text.startswith("@") and here.mapping and not is_text:
            return _included(Layer(source, None, Rank.OPTION, prefix=path, raw=True, files=files), text[1:], files)
        value = text if is_text else typed_value(text, here)
    except KeyPathError as error:
        raise _bad(source, str(error)) from None
    except ValueError as error:
        raise _bad(source, f"`{redact_line(option).partition('=')[2]}` is not a valid value: {error}") from None
    if any(isinstance(key, int) for key in path):
        raise _bad(source, f"`{path_text}` points into a list; set the whole list, as in `a.b=[1, 2]`")
    tree, integers = without_marks(nested(path, value))
    found = Layer(source, tree, Rank.OPTION, prefix=path, integers=integers, files=files)
    return replace(found, raw=may_have_directives(text))


def _included(layer: Layer, name: str, files: IncludedFiles) -> Layer:
    """Return an option's layer with the content of a file of the group that its key path names."""
    path = layer.prefix
    source, content = files.member(path, name, Location(layer.source.name))
    tree, integers = without_marks(nested(path, without_schema(content)))
    origin = Origin(source, ()).brought_by("$include", layer.origin(path))
    return replace(layer, tree=tree, integers=integers, brought={path: LeafOrigin(origin)})


def _text(given: Override) -> str:
    """Return a value from Python as text for ``--set``: a string unchanged, anything else as YAML."""
    if type(given.value) is str:  # a subclass may read differently: that of an enum reads `Key.a`
        return given.value
    try:
        return _yaml(given, given.value)
    except RecursionError:
        raise _not_plain(given, "one that is nested too deeply") from None


def _yaml(given: Override, value: Any) -> str:
    if isinstance(value, Mapping):
        items = (f"{_yaml(given, key)}: {_yaml(given, item)}" for key, item in value.items())
        return f"{{{', '.join(items)}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_yaml(given, item) for item in value)}]"
    if isinstance(value, float) and not isfinite(value):
        return {"inf": ".inf", "-inf": "-.inf"}.get(str(value), ".nan")
    if value is None or type(value) in {bool, int, float, str}:
        return json.dumps(value)
    raise _not_plain(given, type(value).__name__)


def _not_plain(given: Override, found: str) -> TypedflowError:
    message = f"an override must be a plain value, as in a file, not {found}"
    hint = "use strings, numbers, booleans, None, or lists and dictionaries of these"
    place = Location(f"--set {given.path}")
    return TypedflowError([bad_option(message, place, hint=hint)])


def typed_value(text: str, plan: Plan) -> Any:
    """Read text as its plan's type requires: unchanged if the type accepts only text, else as a YAML 1.2 value."""
    if not plan.text:
        return parse_value(text)
    return None if plan.null and text in {"null", "~"} else text


def plan_at(plan: Plan, path: KeyPath, tree: Any) -> Plan:
    """Return the plan of the value at a key path; if the variants of a union differ, the tags in ``tree`` decide.

    Without a tree, the result is then ``UNDECIDED``.
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
    """Yield the plans that the value at a key may have: one, unless it depends on a tag that is missing."""
    plan = plan.variant(tree) if isinstance(tree, dict) else plan
    if not plan.variants or key in plan.tag_keys:
        yield plan.child(key) if isinstance(key, str) else UNTYPED
        return
    for each in plan.variants.values():
        if each.variants or each.items or key in each.fields:
            yield from _children(each, key, None)


def nested(path: KeyPath, value: Any) -> dict[str, Any]:
    """Return a tree with one value at one key path."""
    for key in reversed(path):
        value = {key: value}
    return dict(value)


def _bad(source: Source, message: str) -> TypedflowError:
    hint = "write `--set a.b=value`; values are read as YAML: 3, true, text, [1, 2], {a: 1}"
    return TypedflowError([bad_option(message, Location(source.name), hint=hint)])

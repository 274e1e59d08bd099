"""The findings of merging, each with both sides."""

from collections.abc import Mapping, Sequence

from typedflow.layers._directives import Directive
from typedflow.layers._hints import conflict_hint, whole_value_hint
from typedflow.layers._layer import Layer
from typedflow.layers._plan import FieldKeys, Merge
from typedflow.layers._reference import Reference
from typedflow.layers._shared_findings import bad_directive, unknown_key
from typedflow.layers._through import through
from typedflow.parsing import location
from typedflow.values import (
    RULES,
    Diagnostic,
    KeyPath,
    Location,
    Origin,
    Related,
    Source,
    SourceKind,
    did_you_mean,
    format_path,
    is_masked,
    masked,
)


def kind_conflict(
    low: object, high: object, path: KeyPath, at: KeyPath, layer: Layer, below: Sequence[Layer]
) -> Diagnostic:
    """Return the finding of a mapping that meets another kind of value."""
    text = format_path(path)
    origin = layer.origin(at)
    return Diagnostic(
        RULES["kind-conflict"],
        f"`{text}` is {_kind(path, high)} here and {_kind(path, low)} in a lower layer",
        location(origin.source, origin.path, key=True),
        hint=conflict_hint(layer, path, low, high),
        related=(*through(origin), *(Related("conflicts with", place) for place in _places(below, path))),
        path=path,
    )


def delete_nothing(directive: Directive, layer: Layer, tree: Mapping[str, object]) -> Diagnostic:
    """Return the finding of a directive that deletes what no lower layer sets."""
    parent: object = tree
    label = ""
    for key in directive.path:
        if not isinstance(parent, dict) or not isinstance(key, str):
            break
        if key not in parent:
            label = did_you_mean(key, parent)
            break
        parent = parent[key]
    return Diagnostic(
        RULES["delete-nothing"],
        f"`$merge.delete` names `{_named(directive, layer)}`, which no lower layer sets",
        _place(directive, layer),
        label=label,
        hint=_relative(directive, layer) or "remove the directive, or correct its key path",
        path=directive.path,
    )


def _relative(directive: Directive, layer: Layer) -> str:
    """Return the hint for a key path that begins with the section of its file; else nothing."""
    end = len(layer.prefix)
    inside = directive.path[end:]
    if not end or inside[:end] != layer.prefix or not inside[end:]:
        return ""
    return f"in the file of a section, key paths of `$merge` begin in the section: `{format_path(inside[end:])}`"


def unset_directive(directive: Directive, layer: Layer) -> Diagnostic:
    """Return the finding of a directive for a key path that its own file does not set."""
    return bad_directive(
        f"`$merge` names `{_named(directive, layer)}`, which this file does not set",
        _place(directive, layer),
        hint=_relative(directive, layer) or "set the value in this file, or remove the directive",
        path=directive.path,
    )


def wrong_directive(directive: Directive, layer: Layer) -> Diagnostic:
    """Return the finding of a list's directive for something that is not a list."""
    rule = directive.rule.rule if directive.rule else "delete"
    return bad_directive(
        f"`$merge.{rule}` applies to lists, and `{_named(directive, layer)}` is not a list",
        _place(directive, layer),
        path=directive.path,
    )


def _named(directive: Directive, layer: Layer) -> str:
    """Return a directive's key path as its file has it: relative to the file's own content."""
    return format_path(directive.path[len(layer.prefix) :])


def _place(directive: Directive, layer: Layer) -> Location:
    origin = layer.origin(directive.at)
    return location(origin.source, origin.path)


def no_identity(rule: Merge, path: KeyPath, layers: Sequence[Layer], *, shared: bool) -> Diagnostic:
    """Return the finding of an item without a key, or with another item's, in a list that merges by key."""
    found = f"has the same `{rule.key}` as an item before it" if shared else f"has no `{rule.key}`"
    places = _places(layers, path)
    return Diagnostic(
        RULES["missing-merge-key"],
        f"`{format_path(path)}` {found}; the items of this list merge by `{rule.key}`",
        places[0] if places else None,
        hint=f"give each item a unique `{rule.key}`",
        path=path,
    )


def unknown_item(rule: Merge, path: KeyPath, layers: Sequence[Layer]) -> Diagnostic:
    """Return the finding of a reference in a list whose items are compared when layers merge."""
    what = f"by `{rule.key}`" if rule.key else "by value"
    return bad_directive(
        f"`{format_path(path)}` cannot be a reference: items of this list merge {what}, before references have values",
        next(iter(_places(layers, path)), None),
        hint="write the value",
        path=path,
    )


def unmergeable_default(reason: str, declared: Source, path: KeyPath, layers: Sequence[Layer]) -> Diagnostic:
    """Return the finding of a file that sets part of a field whose default cannot be merged."""
    text = format_path(path)
    setter = next((layer for layer in reversed(layers) if layer.sets(path)), None)
    place = location(declared, ())
    return Diagnostic(
        RULES["unmergeable-default"],
        f"`{text}` sets only a part of its field, and the default cannot supply the rest: {reason}",
        next(iter(_places(layers, path)), None),
        hint=whole_value_hint(setter, path),
        related=(Related("declared at", place, f"({declared.name})"),) if place.span else (),
        path=path,
    )


def set_twice(found: FieldKeys, path: KeyPath, origin: Origin, other: KeyPath, below: Origin) -> Diagnostic:
    """Return the finding of a field that is set by two of its keys, in one file or where they cannot merge."""
    is_one = origin.source == below.source
    first = format_path(
        next(choice for choice in found.choices if choice in {_last(path, choice), _last(other, choice)})
    )
    hint = f"{'use one of the two keys' if is_one else 'use the same key everywhere'}; `{first}` takes precedence"
    place = location(below.source, below.path, key=True)
    return unknown_key(
        f"`{format_path(path)}` sets the field `{found.name}` of {found.owner}, which `{format_path(other)}` sets too",
        location(origin.source, origin.path, key=True),
        hint="unset one of the two variables" if origin.source.kind is SourceKind.VARIABLE else hint,
        related=(*found.declared(), *(() if is_one else (Related("set at", place),))),
        path=path,
    )


def _last(path: KeyPath, choice: KeyPath) -> KeyPath:
    return path[-len(choice) :]


def _places(layers: Sequence[Layer], path: KeyPath) -> list[Location]:
    """Return where the highest of the layers sets the path, if one does."""
    for layer in reversed(layers):
        if layer.sets(path):
            origin = layer.origin(path)
            return [location(origin.source, origin.path, key=True)]
    return []


def _kind(path: KeyPath, value: object) -> str:
    if isinstance(value, Reference):
        return "a reference"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if is_masked(path, value):
        return f"`{masked(value)}`"
    return "empty (null)" if value is None else f"`{value}`"

"""Hints for layers that do not merge: a directive for a file, a name for a variable or an option."""

from __future__ import annotations

from typedflow.layers._directives import directive_text
from typedflow.layers._layer import Layer, Rank
from typedflow.values import KeyPath, Source, SourceKind, format_path


def conflict_hint(layer: Layer, path: KeyPath, low: object, high: object) -> str:
    """Return the hint where one of two layers has a mapping, and the other has not."""
    text, source = format_path(path), layer.source
    if source.kind in {SourceKind.VARIABLE, SourceKind.OPTION}:
        if isinstance(low, dict):
            below = f"{_name(layer, path)}{'__KEY' if source.kind is SourceKind.VARIABLE else '.KEY=VALUE'}"
            return f"set one of the keys of `{text}`: `{below}`"
        return f"set `{text}` as a whole, `{_whole(layer, path)}`, or correct the lower layer"
    if high is None:
        name = f"`{path[-1]}`" if source.format == "json" else f"the empty `{path[-1]}:`"
        return f"remove {name}, or write its keys below it"
    if source.kind is SourceKind.FILE and len(path) > len(layer.prefix):
        return f"to replace the whole value, add {_directive(layer, path)}"
    return f"set the keys of `{text}` one by one, or remove what conflicts with them"


def replaced_list_hint(layer: Layer, path: KeyPath) -> str:
    """Return the hint where a reference is in place of a list that merges with those of lower layers."""
    is_own = layer.origin(path).source == layer.source and not layer.base
    if is_own and layer.source.kind is SourceKind.FILE and len(path) > len(layer.prefix):
        return f"to replace the list, add {_directive(layer, path)}"
    return "write the items of the list"


def whole_value_hint(setter: Layer | None, path: KeyPath) -> str:
    """Return the hint where a layer sets a part of a field whose default cannot be merged."""
    if setter is not None and setter.source.kind is SourceKind.FILE and len(path) > len(setter.prefix):
        return f"write the whole value, and add {_directive(setter, path)}"
    directive = f"$merge: {{replace: [{format_path(path)}]}}"
    return f"write the whole value in a settings file that has `{directive}` at its top"


def _directive(layer: Layer, path: KeyPath) -> str:
    """Return the directive with which a layer's file replaces a value, and where to add it."""
    text = directive_text(layer.source, "replace", path[len(layer.prefix) :])
    above = f"`{format_path(layer.root)}` in " if layer.root else ""
    return f"`{text}` at the top of {above}{layer.source.name}"


def null_hint(layer: Layer | None, path: KeyPath) -> str:
    """Return the hint where null is set, by a layer, and is not valid."""
    source = layer.source if layer else None
    if source is not None and source.kind is SourceKind.VARIABLE:
        return "null is a value; unset the variable to keep what lower layers set"
    if source is not None and source.kind is SourceKind.OPTION:
        return "null is a value; leave out the option to keep what lower layers set"
    directive = directive_text(source or Source("", ""), "delete", path[len(layer.prefix) :] if layer else path)
    return f"null is a value; to remove what a lower layer set, use `{directive}`"


def value_hint(layer: Layer | None, path: KeyPath) -> str:
    """Return the hint where a variable or an option is named for a key below a scalar; else nothing."""
    is_below = layer is not None and layer.rank >= Rank.VARIABLE and layer.prefix[:-1][: len(path)] == path
    if layer is None or not is_below:
        return ""
    return f"`{format_path(path)}` has no keys: set it as a whole, `{_whole(layer, path)}`"


def _whole(layer: Layer, path: KeyPath) -> str:
    return f"{_name(layer, path)}{'' if layer.source.kind is SourceKind.VARIABLE else '=VALUE'}"


def _name(layer: Layer, path: KeyPath) -> str:
    """Return the name of the variable or option for a key path, given a layer that sets one near to it."""
    if layer.source.kind is SourceKind.OPTION:
        return f"--set {format_path(path)}"
    words = layer.source.name.split("__")
    above = words[: len(words) - len(layer.prefix) + len(path)]
    return "__".join([*above, *map(str, path[len(layer.prefix) :])])

"""The layer of a table's file: plain data, without the directives of settings files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from typedflow.layers import DIRECTIVES, Layer, layer
from typedflow.parsing import FORMATS, location, parse
from typedflow.project._shared_findings import bad_table
from typedflow.values import Diagnostic, KeyPath, Location, Source, TypedflowError, listed

#: The directives of settings files.
_DIRECTIVES = frozenset({*DIRECTIVES, "$extends", "$merge"})


def table_layer(source: Source) -> Layer:
    """Return the layer of a table's file.

    Raises:
        TypedflowError: the errors of its syntax; ``bad-table`` where it has a directive, or its format is unknown.
    """
    if source.format is None:
        hint = f"the suffixes are {listed(FORMATS)}"
        message = "the file of a table is YAML, TOML or JSON, and the name of this one has another suffix"
        raise TypedflowError([bad_table(message, Location(source.name), hint=hint)])
    tree = parse(source)
    if problems := list(_directives(source, tree, ())):
        raise TypedflowError(problems)
    return layer(source, tree)


def _directives(source: Source, tree: Any, path: KeyPath) -> Iterator[Diagnostic]:
    for key, value in tree.items() if isinstance(tree, dict) else ():
        if key in _DIRECTIVES:
            message = f"`{key}` is a directive of settings files, and a table's file has none"
            hint = "write out what the table has; only its name may refer to settings: `${a.b}`"
            yield bad_table(message, location(source, (*path, key), key=True), hint=hint)
        else:
            yield from _directives(source, value, (*path, key))

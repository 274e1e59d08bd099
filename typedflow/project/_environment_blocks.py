"""``settings.environment.yaml``: a block for each environment, where the manifest lists the section ``environment``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from typedflow.layers import without_schema
from typedflow.parsing import location
from typedflow.project._settings import SettingsFile, ambiguous_layer
from typedflow.project._shared_findings import bad_section
from typedflow.project._unit_keys import is_name
from typedflow.values import Diagnostic, Location, Source, TypedflowError


def environments_of(
    file: SettingsFile, source: Source, tree: Mapping[str, Any], own: Mapping[str, Location]
) -> dict[str, SettingsFile]:
    """Return the block of each environment; ``own`` are the environments that have files of their own.

    Raises:
        TypedflowError: ``bad-section`` for what cannot be an environment; ``ambiguous-layer`` for an environment that
            has a file of its own as well.
    """
    names = [str(key) for key in without_schema(tree)]
    problems = list(_problems(names, source, own))
    if problems:
        raise TypedflowError(problems)
    return {name: SettingsFile(file.path, file.section, name) for name in names}


def _problems(names: list[str], source: Source, own: Mapping[str, Location]) -> Iterator[Diagnostic]:
    for name in names:
        place = location(source, (name,), key=True)
        if name == "$merge":
            message = "`$merge` is not an environment: this file has a block for each environment"
            yield bad_section(message, place, hint="move it into the block that it is meant for")
        elif not is_name(name):
            hint = "a name consists of letters, digits, `_`, `-` and `.`"
            yield bad_section(f"`{name}` cannot be the name of an environment", place, hint=hint)
        elif name in own:
            yield ambiguous_layer("a block and a file are", place, own[name])

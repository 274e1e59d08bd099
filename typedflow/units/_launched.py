"""What ``typedflow run`` and ``deploy`` resolved a flow with, for the process of the flow, which resolves its tables.

An environment variable carries it. It counts only for the compiled config that it names, since tasks, and the flows
that they start, inherit it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from typedflow.project import Compiled, LoadedProject, Override, Resolved

#: Not one of the variables that users set, which begin with ``TYPEDFLOW_``.
_VARIABLE = "_TYPEDFLOW_LAUNCH"


class Launched(NamedTuple):
    """The binding and the environment of a run, and the values above all files."""

    binding: str
    environment: str | None
    overrides: tuple[str | Override, ...] = ()


def with_launch(
    environ: Mapping[str, str], project: LoadedProject, resolved: Resolved[Any], compiled: Compiled
) -> dict[str, str]:
    """Return environment variables with what a flow was resolved with, if its project has tables."""
    found = {name: value for name, value in environ.items() if name != _VARIABLE}
    if project.tables.units:
        variant = resolved.variant
        content = {
            "config": compiled.file.name,
            "binding": variant.binding,
            "environment": variant.environment,
            "overrides": [_plain(each) for each in resolved.overrides],
        }
        found[_VARIABLE] = json.dumps(content)
    return found


def launched_with(config: Path, environ: Mapping[str, str]) -> Launched | None:
    """Return what a flow with a compiled config was resolved with; None if typedflow did not start it."""
    text = environ.get(_VARIABLE)
    content = json.loads(text) if text else {}
    if content.get("config") != config.name:
        return None
    overrides = tuple(each if isinstance(each, str) else Override(*each) for each in content["overrides"])
    return Launched(content["binding"], content["environment"], overrides)


def _plain(override: str | Override) -> str | list[Any]:
    return override if isinstance(override, str) else [override.path, override.value]

"""The default of a Config, read when Metaflow asks because no value was given."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from typedflow.metaflow import _compat
from typedflow.metaflow._failures import report
from typedflow.metaflow._given import guessed_format, remember
from typedflow.project import first_existing, read_source
from typedflow.values import RULES, Diagnostic, Source, SourceKind, TypedflowError, raised_at


def default_text(name: str, context: Any, default: Any, default_value: Any, *, required: bool) -> str | None:
    """Give the text of a Config's default, and remember where it is from; None where there is none."""
    try:
        source = _source(name, context, default, default_value)
    except TypedflowError as error:
        report(error.diagnostics)
        return None
    if source is None and required:
        report([_required(name)])
    return None if source is None else remember(name, source)


def _source(name: str, context: Any, default: Any, default_value: Any) -> Source | None:
    if default is not None:
        path = _called(name, context, default)
        return None if path is None else read_source(_found(Path(path)))
    value = _called(name, context, default_value)
    if isinstance(value, Source) or value is None:
        return value
    if isinstance(value, BaseModel):
        value = value.model_dump(mode="json", round_trip=True)
    if isinstance(value, Mapping | list):
        return Source(f"default_value of config `{name}`", json.dumps(value), "json", SourceKind.CODE)
    text = str(value)
    return Source(f"default_value of config `{name}`", text, guessed_format(text), SourceKind.CODE)


def _called(name: str, context: Any, default: Any) -> Any:
    """Give a default, or what the function that computes it gives."""
    if not callable(default):
        return default
    try:
        return default(context)
    except TypedflowError:
        raise
    except Exception as error:  # noqa: BLE001 # the user's function decides what is raised
        message = f"the default of config `{name}` cannot be computed: {type(error).__name__}: {error}"
        hint = f"mend the function, or give a file with `--config {name} FILE`"
        raise TypedflowError([Diagnostic(RULES["default-failed"], message, raised_at(error), hint=hint)]) from None


def _found(path: Path) -> Path:
    """Give where a default file is: at its path, or beside the flow's file."""
    flow = _compat.current_flow_class()
    return path if flow is None else first_existing(path, _compat.flow_file(flow).parent / path)


def _required(name: str) -> Diagnostic:
    return Diagnostic(
        RULES["no-value"],
        f"the config `{name}` is required and has no value",
        hint=f"give a file with `--config {name} FILE`, or a value with `--config-value {name} '{{...}}'`",
    )

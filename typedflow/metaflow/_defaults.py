"""The default of a Config, read when Metaflow requests it because no value was given."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel

from typedflow.metaflow import _compat
from typedflow.metaflow._config_source import guessed_format
from typedflow.metaflow._failures import report
from typedflow.metaflow._launch_state import launch_state
from typedflow.metaflow._nodes import Site
from typedflow.metaflow._read_config import unknown_format
from typedflow.values import Diagnostic, Source, SourceKind, TypedflowError, raised_at
from typedflow.workspace import first_existing, read_source


class Declaration(NamedTuple):
    """The declaration of a Config."""

    name: str
    site: Site
    default: Any
    default_value: Any
    parser: Any
    required: bool


def default_text(declared: Declaration, context: Any) -> str | None:
    """Return the text of a Config's default, and record its source; None if there is no default."""
    try:
        source = _source(declared, context)
    except TypedflowError as error:
        report(error.diagnostics)
        return None
    if source is None and declared.required:
        report([_required(declared)])
    if source is None:
        return None
    launch_state().defaults[declared.name, source.text] = source
    return source.text


def _source(declared: Declaration, context: Any) -> Source | None:
    if declared.default is not None:
        path = _called(declared, context, declared.default)
        return None if path is None else _file(declared, Path(path))
    name = declared.name
    value = _called(declared, context, declared.default_value)
    if isinstance(value, Source) or value is None:
        return value
    is_instance = isinstance(value, BaseModel)
    if isinstance(value, BaseModel):
        value = value.model_dump(mode="json", round_trip=True)
    if isinstance(value, Mapping | list):
        source = Source(f"default_value of config `{name}`", json.dumps(value), "json", SourceKind.CODE)
        if is_instance:
            launch_state().instances.add(source)
        return source
    text = str(value)
    return Source(f"default_value of config `{name}`", text, guessed_format(text), SourceKind.CODE)


def _file(declared: Declaration, path: Path) -> Source:
    """Return a default file; diagnostics about its path point at the Config that names it."""
    try:
        source = read_source(_found(path))
        if source.format is None and declared.parser is None:
            raise unknown_format(source)
    except TypedflowError as error:
        raise TypedflowError(_placed(item, declared, path) for item in error.diagnostics) from None
    return source


def _placed(found: Diagnostic, declared: Declaration, path: Path) -> Diagnostic:
    if found.rule.name not in _OF_THE_PATH:
        return found
    from typedflow.metaflow._source_locations import site_location

    is_named = f"`{path}`" in found.message
    message = found.message if is_named else f"the default of config `{declared.name}` is `{path}`: {found.message}"
    return replace(found, message=message, location=site_location(declared.site))


_OF_THE_PATH = {"missing-file", "unreadable-file", "unknown-format"}


def _called(declared: Declaration, context: Any, default: Any) -> Any:
    """Return a default, or the result of the function that computes it."""
    if not callable(default):
        return default
    try:
        return default(context)
    except TypedflowError:
        raise
    except Exception as error:  # noqa: BLE001 # the user's function decides what is raised
        from typedflow.metaflow._shared_findings import default_failed
        from typedflow.metaflow._source_locations import site_location

        name, place = declared.name, raised_at(error) or site_location(declared.site)
        message = f"the default of config `{name}` cannot be computed: {type(error).__name__}: {error}"
        hint = f"fix the function, or pass a file with `--config {name} FILE`"
        raise TypedflowError([default_failed(message, place, hint=hint)]) from None


def _found(path: Path) -> Path:
    """Return the path of a default file, which may be relative to the flow's file."""
    flow = _compat.current_flow_class()
    return path if flow is None else first_existing(path, _compat.flow_file(flow).parent / path)


def _required(declared: Declaration) -> Diagnostic:
    from typedflow.metaflow._shared_findings import no_value
    from typedflow.metaflow._source_locations import site_location

    name = declared.name
    return no_value(
        f"the config `{name}` is required but has no value",
        site_location(declared.site),
        hint=f"pass a file with `--config {name} FILE`, or a value with `--config-value {name} '{{...}}'`",
    )

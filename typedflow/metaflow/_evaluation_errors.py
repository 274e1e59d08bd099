"""The errors of evaluating delayed values. Every task evaluates some, and nearly none fails: imported only then."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from typedflow.metaflow._nodes import Attribute, Item, Name, Node, Text, Unpacked, written
from typedflow.metaflow._shared_findings import expression_failed, no_plain_value, no_value, unknown_name
from typedflow.metaflow._source_locations import attribute_location, item_location, site_location, text_location
from typedflow.models import ConfigModel, declared_at, invalid_value, own_fields
from typedflow.values import (
    Access,
    Diagnostic,
    ExpressionSyntaxError,
    Location,
    Related,
    TypedflowError,
    did_you_mean,
    format_path,
)


def no_config(node: Name, configs: Mapping[str, Any]) -> TypedflowError:
    """Return the error that the flow has no config of a name."""
    label = did_you_mean(node.name, configs)
    return _problem(unknown_name, f"the flow has no config `{node.name}`", site_location(node.site), label)


def other_model(node: Name, error: ValidationError) -> TypedflowError:
    """Return the error that a config does not fit the model of a ``ref``."""
    first = error.errors(include_url=False)[0]
    message = (
        f"the config `{node.name}` does not fit {node.model.__name__}, the model of this `ref`: "
        f"`{format_path(tuple(first['loc']))}`: {first['msg']}"
    )
    return _problem(invalid_value, message, site_location(node.site))


def no_attribute(node: Attribute, value: Any) -> TypedflowError:
    """Return the error that a value has no attribute of a name."""
    return unknown(written(node.base), value, node.name, attribute_location(node.site, node.name))


def no_item(node: Item, value: Any, key: Any) -> TypedflowError:
    """Return the error that a value has no item at a key."""
    return unknown(written(node.base), value, key, item_location(node.site, key))


def no_mapping(node: Unpacked, value: Any) -> TypedflowError:
    """Return the error that what is unpacked is not a mapping."""
    if value is None:
        read = written(node.base)
        return _none(read, f"`{read}` is None, so there is nothing to unpack", site_location(node.site))
    message = f"`{written(node)}` requires a mapping, but the value is {type(value).__name__}"
    return _problem(no_plain_value, message, site_location(node.site))


def no_expression(node: Text, error: ExpressionSyntaxError) -> TypedflowError:
    """Return the error that a text is not an expression."""
    place = text_location(node.site, node.text, error.offset, error.offset + 1)
    return _problem(expression_failed, f"`{node.text}` is not a Python expression: {error.message}", place)


def no_name(node: Text, error: NameError, accesses: Iterable[Access], configs: Mapping[str, Any]) -> TypedflowError:
    """Return the error that a name in a text is not defined."""
    wrong = next((access for access in accesses if access.name == error.name), None)
    start, end = (wrong.start, wrong.end) if wrong else (0, len(node.text))
    place = text_location(node.site, node.text, start, end)
    name = error.name or ""
    label = did_you_mean(name, configs) or did_you_mean(name, {**node.globals, **vars(builtins)})
    known = ", ".join(f"`{name}`" for name in configs)
    hint = "" if label else f"the flow's configs: {known}" if known else "the flow has no config"
    return _problem(unknown_name, f"the name `{name}` is not defined", place, label, hint)


def failed_attribute(node: Attribute, error: Exception) -> TypedflowError:
    """Return the error that reading an attribute raises."""
    return _failed(node, error, attribute_location(node.site, node.name))


def failed_operation(node: Node, error: Exception) -> TypedflowError:
    """Return the error that an operator raises."""
    return _failed(node, error, site_location(node.site))


def failed_part(node: Text, error: Exception, start: int, end: int) -> TypedflowError:
    """Return the error that a part of a text raises."""
    return _failed(node, error, text_location(node.site, node.text, start, end))


def unknown(read: str, value: Any, key: Any, place: Location) -> TypedflowError:
    """Return the error that a value has nothing of a name; ``read`` is the value as it is written."""
    if value is None:
        return _none(read, f"`{read}` is None, so it has no `{key}`", place)
    names: list[str] = []
    related: tuple[Related, ...] = ()
    hint = ""
    if isinstance(value, BaseModel):
        own = (name for name in dir(type(value)) if not name.startswith("_") and not hasattr(ConfigModel, name))
        names = list(dict.fromkeys([*own_fields(type(value)), *own]))
        declared = declared_at(type(value))
        related = (Related("declared at", declared, f"(class {type(value).__name__})"),) if declared else ()
    elif isinstance(value, dict):
        names = [str(name) for name in value]
        hint = f'the keys of a dict are read as `{read}["{key}"]`' if key in value else ""
    label = did_you_mean(str(key), names)
    if not label and not hint and names:
        hint = "there is " + ", ".join(f"`{name}`" for name in names[:10])
    what = f"no item {key!r}" if not isinstance(key, str) else f"no `{key}`"
    message = f"`{read}` ({type(value).__name__}) has {what}"
    return _problem(unknown_name, message, place, label, hint, related)


def _none(read: str, message: str, place: Location) -> TypedflowError:
    """Return the error that a config without a value, or a field that is None, is used like a value."""
    hint = f"give the config a value (`--config {read} FILE`), or a default" if read.isidentifier() else ""
    return _problem(no_value, message, place, hint=hint or f"give `{read}` a value")


def _failed(node: Node, error: Exception, place: Location) -> TypedflowError:
    return _problem(expression_failed, f"`{written(node)}` raises {type(error).__name__}: {error}", place)


def _problem(
    finding: Callable[..., Diagnostic],
    message: str,
    place: Location,
    label: str = "",
    hint: str = "",
    related: tuple[Related, ...] = (),
) -> TypedflowError:
    return TypedflowError([finding(message, place, label=label, hint=hint, related=related)])

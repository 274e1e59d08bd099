"""Checks the arguments that decorators and parameters get from configs: evaluated values against expected types."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, TypeAlias

from metaflow.user_configs.config_parameters import DelayEvaluator, resolve_delayed_evaluator

from typedflow.metaflow import _compat
from typedflow.metaflow._argument_types import ANYTHING, ArgumentType, signature_of, type_of_class
from typedflow.metaflow._delayed import Delayed, node_of
from typedflow.metaflow._delayed_in import delayed_in
from typedflow.metaflow._nodes import Attribute, Item, Node, Text, Unpacked, path_of
from typedflow.metaflow._results import EvaluationResults
from typedflow.metaflow._shared_findings import expression_failed
from typedflow.metaflow._source_locations import attribute_location, item_location, site_location, text_location
from typedflow.values import (
    RULES,
    Diagnostic,
    KeyPath,
    Location,
    TypedflowError,
    did_you_mean,
    listed,
    raised_at,
    redact_line,
)

Place: TypeAlias = Callable[[], Location | None]
"""Returns the location of something, when a diagnostic needs it."""
_LONGEST = 60


def check_decorator(decorator: Any, results: EvaluationResults, place: Place) -> bool:
    """Check the arguments of a decorator that come from configs or mutators; return whether they are valid."""
    known = len(results.problems)
    for name, given in decorator.attributes.items():
        delayed = list(delayed_in(given))
        if not delayed and (not _compat.inserting_mutators(decorator) or given is decorator.defaults.get(name)):
            continue
        value = _evaluated(given, delayed, results, place)
        if value is not _FAILED and _is_from_metaflow(decorator):
            is_unpacked = name.startswith(_compat.UNPACK_KEY)
            found = _invalid_arguments(decorator, value if is_unpacked else {name: value}, _place_of(delayed, place))
            path = read_by(delayed)
            results.add(replace(item, path=(*path, key) if path and is_unpacked else path) for key, item in found)
    return len(results.problems) == known


def check_values(values: Any, results: EvaluationResults, place: Place) -> bool:
    """Evaluate the delayed arguments of a mutator or a user-defined decorator; return whether all succeed."""
    return _evaluated(values, list(delayed_in(values)), results, place) is not _FAILED


def check_default(parameter: Any, results: EvaluationResults, place: Place) -> bool:
    """Check the options of a Parameter that come from configs; return whether they are valid."""
    known = len(results.problems)
    for name, given in _compat.options_of(parameter).items():
        delayed = list(delayed_in(given))
        value = _evaluated(given, delayed, results, place) if delayed else None
        if name == "default" and value is not None and value is not _FAILED:
            found = _invalid_default(parameter, value, _place_of(delayed, place))
            results.add(replace(item, path=read_by(delayed)) for item in found)
    return len(results.problems) == known


_FAILED = object()


def _evaluated(given: Any, delayed: list[DelayEvaluator], results: EvaluationResults, place: Place) -> Any:
    """Return a value with its delayed values evaluated; evaluates all of them, even if one fails."""
    values = {id(each): _value(each, results, place) for each in delayed}
    return _FAILED if any(value is _FAILED for value in values.values()) else _fill_in(given, values)


def _value(delayed: DelayEvaluator, results: EvaluationResults, place: Place) -> Any:
    node = node_of(delayed)
    value = delayed() if isinstance(delayed, Delayed) else results.value(node, lambda: _metaflow_value(delayed, place))
    return _FAILED if results.has_failed(node) else value


def _metaflow_value(delayed: DelayEvaluator, place: Place) -> Any:
    """Return the value of a delayed value of Metaflow's own Config or ``config_expr``."""
    try:
        return resolve_delayed_evaluator(delayed, to_dict=True)
    except TypedflowError:
        raise
    except Exception as error:  # noqa: BLE001 # the user's expression decides what is raised
        message = f"`{_compat.delayed_text(delayed)}` raises {type(error).__name__}: {error}"
        raise TypedflowError([expression_failed(message, raised_at(error) or place())]) from None


def _fill_in(given: Any, values: Mapping[int, Any]) -> Any:
    if isinstance(given, DelayEvaluator):
        return values[id(given)]
    if isinstance(given, dict):
        return {key: _fill_in(item, values) for key, item in given.items()}
    return [_fill_in(item, values) for item in given] if isinstance(given, list | tuple | set) else given


def _is_from_metaflow(decorator: Any) -> bool:
    return type(decorator).__module__.partition(".")[0] == "metaflow"


def read_by(delayed: list[DelayEvaluator]) -> KeyPath | None:
    """Return the key path that delayed values read, from the config's name on; None if it is not a single path."""
    nodes = [node_of(each) for each in delayed if isinstance(each, Delayed)]
    return (path_of(nodes[0]) or None) if len(nodes) == 1 else None


def _invalid_arguments(decorator: Any, fields: Mapping[str, Any], place: Place) -> Iterator[tuple[str, Diagnostic]]:
    """Return the name of each invalid argument, with its diagnostic."""
    signature, rule = signature_of(decorator.name), RULES["wrong-argument"]
    for name, value in fields.items():
        if name not in decorator.defaults:
            label = did_you_mean(name, decorator.defaults)
            message = f"`{decorator.name}` has no argument `{name}`"
            hint = "" if label else f"its arguments: {listed(decorator.defaults)}"
            yield name, Diagnostic(rule, message, place(), label=label, hint=hint)
            continue
        expected = signature.get(name, ANYTHING)
        if not expected.fits(value):
            message = f"argument `{name}` of `{decorator.name}` is {_mismatch(name, value, expected)}"
            yield name, Diagnostic(rule, message, place())


def _invalid_default(parameter: Any, value: Any, place: Place) -> Iterator[Diagnostic]:
    kind = _compat.options_of(parameter).get("type")
    expected = type_of_class(kind) if isinstance(kind, type) else ANYTHING
    if not expected.fits(value):
        message = f"the default of Parameter `{parameter.name}` is {_mismatch(parameter.name, value, expected)}"
        yield Diagnostic(RULES["wrong-default"], f"{message} (type={getattr(kind, '__name__', kind)})", place())


def _mismatch(name: str, value: Any, expected: ArgumentType) -> str:
    text = redact_line(f"{name}={value!r}")[len(name) + 1 :]
    shown = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."
    return f"{shown}; expected {expected.words}"


def _place_of(delayed: list[DelayEvaluator], place: Place) -> Place:
    nodes = [node_of(each) for each in delayed if isinstance(each, Delayed)]
    return partial(node_location, nodes[0]) if nodes else place


def node_location(node: Node) -> Location:
    """Return the location of a node in the user's file."""
    if isinstance(node, Unpacked):
        return node_location(node.base)
    if isinstance(node, Text):
        return text_location(node.site, node.text, 0, len(node.text))
    if isinstance(node, Attribute):
        return attribute_location(node.site, node.name)
    return item_location(node.site, node.key) if isinstance(node, Item) else site_location(node.site)

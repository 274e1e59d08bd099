"""Judging what decorators and parameters were given by configs: the evaluated value against the type that is taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, TypeAlias

from metaflow.user_configs.config_parameters import DelayEvaluator, resolve_delayed_evaluator

from typedflow.metaflow import _compat
from typedflow.metaflow._delayed import Delayed, node_of
from typedflow.metaflow._expected import ANYTHING, Expected, of_class
from typedflow.metaflow._nodes import Attribute, Item, Node, Text, Unpacked, path_of
from typedflow.metaflow._results import EvaluationResults
from typedflow.metaflow._shared_findings import expression_failed
from typedflow.metaflow._signatures import signature_of
from typedflow.metaflow._sites import attribute_location, item_location, site_location, text_location
from typedflow.metaflow._walk import delayed_in
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
"""Gives where something is, when a diagnostic needs it."""
_LONGEST = 60


def judge_decorator(decorator: Any, results: EvaluationResults, place: Place) -> bool:
    """Judge the arguments of a decorator that configs or mutators give; tell whether all is well with them."""
    known = len(results.problems)
    for name, given in decorator.attributes.items():
        delayed = list(delayed_in(given))
        if not delayed and (not _compat.inserting_mutators(decorator) or given is decorator.defaults.get(name)):
            continue
        value = _evaluated(given, delayed, results, place)
        if value is not _FAILED and _is_metaflows(decorator):
            is_unpacked = name.startswith(_compat.UNPACK_KEY)
            found = _wrong_arguments(decorator, value if is_unpacked else {name: value}, _place_of(delayed, place))
            path = read_by(delayed)
            results.add(replace(item, path=(*path, key) if path and is_unpacked else path) for key, item in found)
    return len(results.problems) == known


def judge_values(values: Any, results: EvaluationResults, place: Place) -> bool:
    """Evaluate the delayed values in what a mutator or a decorator of the project's own is given."""
    return _evaluated(values, list(delayed_in(values)), results, place) is not _FAILED


def judge_default(parameter: Any, results: EvaluationResults, place: Place) -> bool:
    """Judge the options of a Parameter that configs give; tell whether all is well with them."""
    known = len(results.problems)
    for name, given in _compat.options_of(parameter).items():
        delayed = list(delayed_in(given))
        value = _evaluated(given, delayed, results, place) if delayed else None
        if name == "default" and value is not None and value is not _FAILED:
            found = _wrong_default(parameter, value, _place_of(delayed, place))
            results.add(replace(item, path=read_by(delayed)) for item in found)
    return len(results.problems) == known


_FAILED = object()


def _evaluated(given: Any, delayed: list[DelayEvaluator], results: EvaluationResults, place: Place) -> Any:
    """Give a value with the values of what is delayed in it; all of them are evaluated, even where one fails."""
    values = {id(each): _value(each, results, place) for each in delayed}
    return _FAILED if any(value is _FAILED for value in values.values()) else _filled(given, values)


def _value(delayed: DelayEvaluator, results: EvaluationResults, place: Place) -> Any:
    node = node_of(delayed)
    value = delayed() if isinstance(delayed, Delayed) else results.value(node, lambda: _of_metaflow(delayed, place))
    return _FAILED if results.has_failed(node) else value


def _of_metaflow(delayed: DelayEvaluator, place: Place) -> Any:
    """Give the value of what Metaflow's own Config or ``config_expr`` delays."""
    try:
        return resolve_delayed_evaluator(delayed, to_dict=True)
    except TypedflowError:
        raise
    except Exception as error:  # noqa: BLE001 # the user's expression decides what is raised
        message = f"`{_compat.delayed_text(delayed)}` raises {type(error).__name__}: {error}"
        raise TypedflowError([expression_failed(message, raised_at(error) or place())]) from None


def _filled(given: Any, values: Mapping[int, Any]) -> Any:
    if isinstance(given, DelayEvaluator):
        return values[id(given)]
    if isinstance(given, dict):
        return {key: _filled(item, values) for key, item in given.items()}
    return [_filled(item, values) for item in given] if isinstance(given, list | tuple | set) else given


def _is_metaflows(decorator: Any) -> bool:
    return type(decorator).__module__.partition(".")[0] == "metaflow"


def read_by(delayed: list[DelayEvaluator]) -> KeyPath | None:
    """Give the key path that delayed values read, behind their config's name; None where that is not one path."""
    nodes = [node_of(each) for each in delayed if isinstance(each, Delayed)]
    return (path_of(nodes[0]) or None) if len(nodes) == 1 else None


def _wrong_arguments(decorator: Any, fields: Mapping[str, Any], place: Place) -> Iterator[tuple[str, Diagnostic]]:
    """Give the name of each argument that is wrong, and what is wrong with it."""
    signature, rule = signature_of(decorator.name), RULES["wrong-argument"]
    for name, value in fields.items():
        if name not in decorator.defaults:
            label = did_you_mean(name, decorator.defaults)
            message = f"`{decorator.name}` takes no argument `{name}`"
            hint = "" if label else f"it takes {listed(decorator.defaults)}"
            yield name, Diagnostic(rule, message, place(), label=label, hint=hint)
            continue
        wanted = signature.get(name, ANYTHING)
        if not wanted.fits(value):
            message = f"argument `{name}` of `{decorator.name}` is {_ill_fitting(name, value, wanted)}"
            yield name, Diagnostic(rule, message, place())


def _wrong_default(parameter: Any, value: Any, place: Place) -> Iterator[Diagnostic]:
    kind = _compat.options_of(parameter).get("type")
    wanted = of_class(kind) if isinstance(kind, type) else ANYTHING
    if not wanted.fits(value):
        message = f"the default of Parameter `{parameter.name}` is {_ill_fitting(parameter.name, value, wanted)}"
        yield Diagnostic(RULES["wrong-default"], f"{message} (type={getattr(kind, '__name__', kind)})", place())


def _ill_fitting(name: str, value: Any, wanted: Expected) -> str:
    text = redact_line(f"{name}={value!r}")[len(name) + 1 :]
    shown = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."
    return f"{shown}: {wanted.words} is expected"


def _place_of(delayed: list[DelayEvaluator], place: Place) -> Place:
    nodes = [node_of(each) for each in delayed if isinstance(each, Delayed)]
    return partial(node_location, nodes[0]) if nodes else place


def node_location(node: Node) -> Location:
    """Give the place of a node in the user's file."""
    if isinstance(node, Unpacked):
        return node_location(node.base)
    if isinstance(node, Text):
        return text_location(node.site, node.text, 0, len(node.text))
    if isinstance(node, Attribute):
        return attribute_location(node.site, node.name)
    return item_location(node.site, node.key) if isinstance(node, Item) else site_location(node.site)

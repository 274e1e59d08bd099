"""Evaluation of delayed values with the flow's configs."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, ClassVar

from pydantic import BaseModel, ValidationError

from typedflow.metaflow import _compat
from typedflow.metaflow._launch_state import launch_state
from typedflow.metaflow._namespace import attributes_of, namespace_of
from typedflow.metaflow._nodes import Attribute, Item, Name, Node, Operation, Text, Unpacked, written
from typedflow.metaflow._plain_data import plain_data
from typedflow.metaflow._shared_findings import expression_failed, no_plain_value, no_value, unknown_name
from typedflow.metaflow._source_locations import attribute_location, item_location, site_location, text_location
from typedflow.models import ConfigModel, declared_at, invalid_value, own_fields, restore
from typedflow.values import (
    Diagnostic,
    ExpressionSyntaxError,
    Location,
    Related,
    Step,
    TypedflowError,
    did_you_mean,
    format_path,
    parse_expression,
    reading_order,
)


def plain_value(node: Node, flow: Any) -> Any:
    """Return the value of a node as plain data, for decorators. Raises nothing while a flow is being checked.

    Raises:
        ConfigFailure: with the problems of all delayed values of the flow.
    """
    results = launch_state().results
    if results is not None:
        return results.value(node, lambda: _plain_value(node, results.configs or namespace_of(flow)))
    try:
        return _plain_value(node, namespace_of(flow))
    except TypedflowError as error:
        if _compat.help_is_asked():
            return {} if isinstance(node, Unpacked) else None
        from typedflow.metaflow._failures import ConfigFailure

        raise ConfigFailure(_all_problems(flow, error.diagnostics)) from None


def value_in_step(node: Node, flow: Any) -> Any:
    """Return the value of a node in a step of a flow instance.

    Raises:
        TypedflowError: evaluation fails.
    """
    return value_of(node, attributes_of(flow))


def value_of(node: Node, configs: Mapping[str, Any]) -> Any:
    """Return the value of a node, given the configs by name.

    Raises:
        TypedflowError: evaluation fails.
    """
    return _Evaluation(configs).of(node)


def _plain_value(node: Node, configs: Mapping[str, Any]) -> Any:
    return plain_data(_Evaluation(configs).of(node), node)


def _all_problems(flow: Any, first: tuple[Diagnostic, ...]) -> list[Diagnostic]:
    """Return the problems of every delayed value of a flow, so that one run shows all mistakes."""
    found = dict.fromkeys(first)  # in order, without duplicates
    for delayed in _compat.delayed_values(flow):
        node = vars(delayed).get("_node")
        if node is None:
            continue
        try:
            _plain_value(node, namespace_of(flow))
        except TypedflowError as error:
            found.update(dict.fromkeys(error.diagnostics))
    return sorted(found, key=reading_order)


_accesses = lru_cache(maxsize=256)(parse_expression)
"""An expression is parsed once, and evaluated for every variant."""


class _Evaluation:
    def __init__(self, configs: Mapping[str, Any]) -> None:
        self._configs = configs

    def of(self, node: Any) -> Any:
        """Return the value of a node; any other value unchanged."""
        evaluate = self._BY_KIND.get(type(node))
        return node if evaluate is None else evaluate(self, node)

    def _operation(self, node: Operation) -> Any:
        operands = [self.of(operand) for operand in node.operands]
        try:
            return node.function(*operands)
        except Exception as error:  # noqa: BLE001 # the user's operands decide what is raised
            raise _failed(node, error, site_location(node.site)) from None

    def _name(self, node: Name) -> Any:
        if node.name not in self._configs:
            label = did_you_mean(node.name, self._configs)
            raise _problem(unknown_name, f"the flow has no config `{node.name}`", site_location(node.site), label)
        value = self._configs[node.name]
        if node.model is not None and value is not None and not isinstance(value, node.model):
            data = value.to_dict() if hasattr(value, "to_dict") else value
            try:
                return restore(node.model, data.model_dump(mode="json") if isinstance(data, BaseModel) else data)
            except ValidationError as error:
                first = error.errors(include_url=False)[0]
                message = (
                    f"the config `{node.name}` does not fit {node.model.__name__}, the model of this `ref`: "
                    f"`{format_path(tuple(first['loc']))}`: {first['msg']}"
                )
                raise _problem(invalid_value, message, site_location(node.site)) from None
        return value

    def _attribute(self, node: Attribute) -> Any:
        value = self.of(node.base)
        try:
            return getattr(value, node.name)
        except AttributeError:
            raise _unknown(written(node.base), value, node.name, attribute_location(node.site, node.name)) from None
        except Exception as error:  # noqa: BLE001 # a property of the user's model decides what is raised
            raise _failed(node, error, attribute_location(node.site, node.name)) from None

    def _item(self, node: Item) -> Any:
        value, key = self.of(node.base), self.of(node.key)
        try:
            return read_item(value, key)
        except (LookupError, TypeError):
            raise _unknown(written(node.base), value, key, item_location(node.site, key)) from None

    def _unpacked(self, node: Unpacked) -> Any:
        value = self.of(node.base)
        if isinstance(value, BaseModel | Mapping):
            return value
        if value is None:
            read = written(node.base)
            raise _none(read, f"`{read}` is None, so there is nothing to unpack", site_location(node.site))
        message = f"`{written(node)}` requires a mapping, but the value is {type(value).__name__}"
        raise _problem(no_plain_value, message, site_location(node.site))

    def _text(self, node: Text) -> Any:
        try:
            accesses = _accesses(node.text)
        except ExpressionSyntaxError as error:
            place = text_location(node.site, node.text, error.offset, error.offset + 1)
            message = f"`{node.text}` is not a Python expression: {error.message}"
            raise _problem(expression_failed, message, place) from None
        # One merged namespace: with separate locals, lambdas and comprehensions in the text would not see the configs.
        names = {**node.globals, **self._configs}
        try:
            return eval(node.text, names)  # noqa: S307 # the flow's author wrote it, as with Metaflow's own config_expr
        except NameError as error:
            wrong = next((access for access in accesses if access.name == error.name), None)
            start, end = (wrong.start, wrong.end) if wrong else (0, len(node.text))
            place = text_location(node.site, node.text, start, end)
            name = error.name or ""
            label = did_you_mean(name, self._configs) or did_you_mean(name, {**node.globals, **vars(builtins)})
            known = ", ".join(f"`{name}`" for name in self._configs)
            hint = "" if label else f"the flow's configs: {known}" if known else "the flow has no config"
            message = f"the name `{name}` is not defined"
            raise _problem(unknown_name, message, place, label, hint) from None
        except Exception as error:  # noqa: BLE001 # the user's expression decides what is raised
            for access in accesses:
                if access.name in self._configs:
                    self._walk(node, access.name, access.steps, error)
            raise _failed(node, error, text_location(node.site, node.text, 0, len(node.text))) from None

    def _walk(self, node: Text, name: str, steps: tuple[Step, ...], error: Exception) -> None:
        """Read a config's path step by step, to find the step that raises an error, if any."""
        value, read = self._configs[name], name
        for step in steps:
            try:
                value = getattr(value, str(step.key)) if step.is_attribute else read_item(value, step.key)
            except Exception as again:  # noqa: BLE001 # a property of the user's model decides what is raised
                if (type(again), str(again)) != (type(error), str(error)):
                    return  # a step that the expression itself does not reach
                place = text_location(node.site, node.text, step.start, step.end)
                if isinstance(again, AttributeError | LookupError | TypeError):
                    raise _unknown(read, value, step.key, place) from None
                raise _failed(node, again, place) from None
            read += f".{step.key}" if step.is_attribute else f"[{step.key!r}]"

    _BY_KIND: ClassVar[Mapping[type, Callable[[_Evaluation, Any], Any]]] = {
        Name: _name,
        Attribute: _attribute,
        Item: _item,
        Text: _text,
        Operation: _operation,
        Unpacked: _unpacked,
    }


def read_item(value: Any, key: Any) -> Any:
    """Return an item of a value; also works for fields of a model that is not a mapping.

    Raises:
        LookupError, TypeError: no such item.
    """
    if isinstance(value, BaseModel) and not hasattr(type(value), "__getitem__"):
        if key not in own_fields(type(value)):
            raise KeyError(key)
        return getattr(value, key)
    return value[key]


def _unknown(read: str, value: Any, key: Any, place: Location) -> TypedflowError:
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

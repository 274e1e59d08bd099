"""Evaluation of delayed values with the flow's configs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import BaseModel, ValidationError

from typedflow.metaflow import _compat
from typedflow.metaflow._launch_state import launch_state
from typedflow.metaflow._namespace import attributes_of, namespace_of
from typedflow.metaflow._nodes import Attribute, Item, Name, Node, Operation, Text, Unpacked
from typedflow.metaflow._plain_data import plain_data
from typedflow.models import own_fields, restore
from typedflow.values import TypedflowError

if TYPE_CHECKING:
    from typedflow.values import Access, Diagnostic, Step


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
    from typedflow.values import reading_order

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


@lru_cache(maxsize=256)
def _accesses(text: str) -> tuple[Access, ...]:
    """Return what an expression reads; it is parsed once, and evaluated for every variant."""
    from typedflow.values import parse_expression

    return parse_expression(text)


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
            from typedflow.metaflow import _evaluation_errors as errors

            raise errors.failed_operation(node, error) from None

    def _name(self, node: Name) -> Any:
        if node.name not in self._configs:
            from typedflow.metaflow import _evaluation_errors as errors

            raise errors.no_config(node, self._configs)
        value = self._configs[node.name]
        if node.model is not None and value is not None and not isinstance(value, node.model):
            data = value.to_dict() if hasattr(value, "to_dict") else value
            try:
                return restore(node.model, data.model_dump(mode="json") if isinstance(data, BaseModel) else data)
            except ValidationError as error:
                from typedflow.metaflow import _evaluation_errors as errors

                raise errors.other_model(node, error) from None
        return value

    def _attribute(self, node: Attribute) -> Any:
        value = self.of(node.base)
        try:
            return getattr(value, node.name)
        except AttributeError:
            from typedflow.metaflow import _evaluation_errors as errors

            raise errors.no_attribute(node, value) from None
        except Exception as error:  # noqa: BLE001 # a property of the user's model decides what is raised
            from typedflow.metaflow import _evaluation_errors as errors

            raise errors.failed_attribute(node, error) from None

    def _item(self, node: Item) -> Any:
        value, key = self.of(node.base), self.of(node.key)
        try:
            return read_item(value, key)
        except (LookupError, TypeError):
            from typedflow.metaflow import _evaluation_errors as errors

            raise errors.no_item(node, value, key) from None

    def _unpacked(self, node: Unpacked) -> Any:
        value = self.of(node.base)
        if isinstance(value, BaseModel | Mapping):
            return value
        from typedflow.metaflow import _evaluation_errors as errors

        raise errors.no_mapping(node, value)

    def _text(self, node: Text) -> Any:
        from typedflow.values import ExpressionSyntaxError

        try:
            accesses = _accesses(node.text)
        except ExpressionSyntaxError as error:
            from typedflow.metaflow import _evaluation_errors as errors

            raise errors.no_expression(node, error) from None
        # One merged namespace: with separate locals, lambdas and comprehensions in the text would not see the configs.
        names = {**node.globals, **self._configs}
        try:
            return eval(node.text, names)  # noqa: S307 # the flow's author wrote it, as with Metaflow's own config_expr
        except NameError as error:
            from typedflow.metaflow import _evaluation_errors as errors

            raise errors.no_name(node, error, accesses, self._configs) from None
        except Exception as error:  # noqa: BLE001 # the user's expression decides what is raised
            from typedflow.metaflow import _evaluation_errors as errors

            for access in accesses:
                if access.name in self._configs:
                    self._walk(node, access.name, access.steps, error)
            raise errors.failed_part(node, error, 0, len(node.text)) from None

    def _walk(self, node: Text, name: str, steps: tuple[Step, ...], error: Exception) -> None:
        """Read a config's path step by step, to find the step that raises an error, if any."""
        from typedflow.metaflow import _evaluation_errors as errors
        from typedflow.metaflow._source_locations import text_location

        value, read = self._configs[name], name
        for step in steps:
            try:
                value = getattr(value, str(step.key)) if step.is_attribute else read_item(value, step.key)
            except Exception as again:  # noqa: BLE001 # a property of the user's model decides what is raised
                if (type(again), str(again)) != (type(error), str(error)):
                    return  # a step that the expression itself does not reach
                if isinstance(again, AttributeError | LookupError | TypeError):
                    place = text_location(node.site, node.text, step.start, step.end)
                    raise errors.unknown(read, value, step.key, place) from None
                raise errors.failed_part(node, again, step.start, step.end) from None
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

"""Delayed: a config's value at class level, before any config has been read.

It represents the value in decorators and Parameter defaults: its attributes, items and operators are delayed as well.
Anything that needs the value at once (testing, comparing, formatting, iterating) raises an error with an alternative.
"""

from __future__ import annotations

import operator
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any, NoReturn

from metaflow.user_configs.config_parameters import DelayEvaluator

from typedflow.metaflow import _compat
from typedflow.metaflow._nodes import Attribute, Item, Node, Operation, Site, Unpacked, written


class Delayed(DelayEvaluator):
    """A value that is evaluated when Metaflow resolves decorators and parameters."""

    def __init__(self, node: Node) -> None:
        """``node`` is the expression as written."""
        self._node = node

    def __call__(self, *_: object, **__: object) -> Any:
        """Return the plain value, for Metaflow; its arguments for deploy-time functions are ignored.

        Raises:
            ConfigFailure: with the problems of all delayed values of the flow.
        """
        from typedflow.metaflow._evaluate import plain_value

        flow = _compat.current_flow_class()
        if flow is None:
            self._reject("is called", f'write config_expr("{written(self._node)}(...)") to call a method of the value')
        return plain_value(self._node, flow)

    def __getattr__(self, name: str) -> Any:
        """Delay reading an attribute."""
        if name.startswith("_"):
            raise AttributeError(name)
        return Delayed(Attribute(self._node, name, site(1)))

    def __getitem__(self, key: Any) -> Any:
        """Delay reading an item; ``**config.sub`` delays the whole value, for unpacking."""
        if isinstance(key, str) and key == f"{_compat.UNPACK_KEY}{id(self)}":
            return Delayed(Unpacked(self._node, site(1)))
        return Delayed(Item(self._node, node_of(key), site(1)))

    def keys(self) -> Any:
        """Return the key by which Metaflow recognizes ``**config.sub``."""
        return [f"{_compat.UNPACK_KEY}{id(self)}"]

    @property
    def items(self) -> Any:
        """Delay reading a key of this name."""
        return Delayed(Attribute(self._node, "items", site(1)))

    @property
    def values(self) -> Any:
        """Delay reading a key of this name."""
        return Delayed(Attribute(self._node, "values", site(1)))

    @property
    def get(self) -> Any:
        """Delay reading a key of this name."""
        return Delayed(Attribute(self._node, "get", site(1)))

    def __copy__(self) -> Delayed:
        """Return itself, since it is immutable."""
        return self

    def __deepcopy__(self, memo: object) -> Delayed:
        """Return itself, since it is immutable."""
        return self

    def __repr__(self) -> str:
        """Return the expression as written, for debuggers; this is not the value."""
        return f"<delayed {written(self._node)}>"

    def __str__(self) -> str:
        """Raise an error, except for Metaflow itself, which describes decorators that ``spin`` does not evaluate."""
        if str(caller(1).f_globals.get("__name__")).startswith("metaflow."):
            return repr(self)
        return self._reject("is formatted", _EXPRESSION.format(written(self._node)))

    def __set_name__(self, owner: type, name: str) -> None:
        """Become a property, so that ``lr = config.model.lr`` in a class body also works in steps."""
        setattr(owner, name, DelayedProperty(self._node))

    def _reject(self, what: str, instead: str) -> NoReturn:
        from typedflow.metaflow._source_locations import site_location
        from typedflow.values import RULES, Diagnostic, TypedflowError

        text = written(self._node)
        raise TypedflowError(
            [
                Diagnostic(
                    RULES["used-too-early"],
                    f"`{text}` {what} before any config has been read",
                    site_location(site(2)),
                    hint=instead,
                )
            ]
        )


class DelayedProperty(property):
    """A delayed value as an attribute of a flow class."""

    def __init__(self, node: Node) -> None:
        """``node`` is the expression as written."""
        super().__init__(self._in_step)
        self.node = node

    def _in_step(self, flow: Any) -> Any:
        from typedflow.metaflow._evaluate import value_in_step

        return value_in_step(self.node, flow)


def node_of(value: Any) -> Any:
    """Return the node of a delayed value; any other value unchanged."""
    return value._node if isinstance(value, Delayed) else value  # noqa: SLF001 # a public name would hide a key


def caller(depth: int) -> FrameType:
    """Return the frame of our caller's caller (1), or of the next one (2)."""
    return sys._getframe(depth + 1)  # noqa: SLF001 # what `inspect.currentframe` gives, without importing inspect


def site(depth: int) -> Site:
    """Return the call site of our caller (1), or of the caller's caller (2)."""
    frame = caller(depth + 1)
    return Site(frame.f_code.co_filename, frame.f_lineno)


def _binary(symbol: str, function: Callable[..., Any], *, reflected: bool = False) -> Callable[[Any, Any], Any]:
    def delay(self: Delayed, other: Any) -> Any:
        operands = (node_of(other), self._node) if reflected else (self._node, node_of(other))
        return Delayed(Operation(symbol, function, operands, site(1)))

    return delay


def _unary(symbol: str, function: Callable[..., Any]) -> Callable[[Any], Any]:
    return lambda self: Delayed(Operation(symbol, function, (self._node,), site(1)))


def _rejecting(what: str, instead: str) -> Callable[..., NoReturn]:
    def reject(self: Delayed, *_: object) -> NoReturn:
        self._reject(what, instead.format(written(self._node)))

    return reject


_BINARY = {
    "add": "+", "sub": "-", "mul": "*", "truediv": "/", "floordiv": "//", "mod": "%", "pow": "**", "matmul": "@",
    "and": "&", "or": "|", "xor": "^", "lshift": "<<", "rshift": ">>",
}  # fmt: skip
_UNARY = {"neg": "-", "pos": "+", "invert": "~", "abs": "abs "}
_EXPRESSION = 'write config_expr("...{}...") in a decorator or Parameter, or use the value in a step'
_REFUSED = {
    "is tested": ("bool",),
    "is compared": ("eq", "ne", "lt", "le", "gt", "ge"),
    "is formatted": ("format",),
    "is converted": ("int", "float", "complex", "index"),
    "is iterated over": ("iter", "reversed"),
    "is searched": ("contains",),
    "is measured": ("len",),
}

for _name, _symbol in _BINARY.items():
    _function = getattr(operator, f"__{_name}__")
    setattr(Delayed, f"__{_name}__", _binary(_symbol, _function))
    setattr(Delayed, f"__r{_name}__", _binary(_symbol, _function, reflected=True))
for _name, _symbol in _UNARY.items():
    setattr(Delayed, f"__{_name}__", _unary(_symbol, getattr(operator, f"__{_name}__")))
for _what, _names in _REFUSED.items():
    for _name in _names:
        setattr(Delayed, f"__{_name}__", _rejecting(_what, _EXPRESSION))

"""A Config that typedflow makes: its text comes from the project, and its value in steps is an object of another class.

It has no origins, and no variable sets a part of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import BaseModel, ValidationError

from typedflow.metaflow import _compat
from typedflow.metaflow._config import TypedConfig
from typedflow.values import Source


class MadeConfig(TypedConfig):
    """A Config of which a function makes the text, and another the value in steps, from the model's instance."""

    def __init__(
        self, name: str, model: type[BaseModel], make: Callable[[Any], Source], opened: Callable[[Any], Any]
    ) -> None:
        """``make`` receives the flow's class; ``opened`` the model's instance."""
        super().__init__(name, model, default_value=lambda _: make(_compat.current_flow_class()))
        self._opened = opened
        self._object: tuple[Any, Any] = (None, None)

    def load_parameter(self, v: Any) -> Any:
        """Return the object of a stored value; the same for the same value.

        Raises:
            TypedflowError: the stored value does not fit the model.
        """
        found = super().load_parameter(v)
        if found is not None and self._object[0] is not found:
            self._object = (found, self._opened(found))
        return self._object[1]

    def _parse(self, text: str) -> Any:
        """Return the stored form of the text."""
        from typedflow.metaflow._failures import report
        from typedflow.models import dump
        from typedflow.values import Location

        try:
            return dump(self._model.model_validate_json(text))
        except ValidationError as error:
            from typedflow.metaflow._stored_errors import stored_value_error

            place, hint = Location(f"config `{self.name}`"), "typedflow makes it: leave the option out"
            report(stored_value_error(error, f"config `{self.name}`", self._model, place, hint).diagnostics)
            return {}

"""A Config that typedflow makes: its text comes from the project, and its value in steps is an object of another class.

What made it says where its values are from, and no variable sets a part of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from typedflow.metaflow import _compat
from typedflow.metaflow._config import TypedConfig
from typedflow.metaflow._origins import OriginsAttribute, origins_name
from typedflow.values import Source


class MadeText(NamedTuple):
    """The text of such a Config, and what returns the record of the origins of its values."""

    source: Source
    record: Callable[[], Any]


class MadeConfig(TypedConfig):
    """A Config of which a function makes the text, and another the value in steps, from the model's instance."""

    def __init__(
        self, name: str, model: type[BaseModel], make: Callable[[Any], MadeText], opened: Callable[[Any], Any]
    ) -> None:
        """``make`` receives the flow's class; ``opened`` the model's instance."""
        super().__init__(name, model, default_value=lambda _: _recorded(make(_compat.current_flow_class())))
        self._kept = self.origins = OriginsAttribute(name, origins_name(name))
        self._opened = opened
        self._object: tuple[Any, Any] = (None, None)

    @property
    def attributes(self) -> dict[str, Any]:
        """What a class has of it: the Config, and the origins of its values."""
        return {self.name: self, origins_name(self.name): self._kept}

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
        from typedflow.metaflow._launch_state import launch_state
        from typedflow.models import dump
        from typedflow.values import Location

        try:
            stored = dump(self._model.model_validate_json(text))
        except ValidationError as error:
            from typedflow.metaflow._stored_errors import stored_value_error

            place, hint = Location(f"config `{self.name}`"), "typedflow makes it: leave the option out"
            report(stored_value_error(error, f"config `{self.name}`", self._model, place, hint).diagnostics)
            return {}
        state = launch_state()
        source = state.defaults.get((self.name, text))  # None if the text was given
        if source is not None and (record := state.sidecars.get(source)):
            self._kept.keep(record)
        return stored


def _recorded(made: MadeText) -> Source:
    from typedflow.metaflow._launch_state import launch_state

    launch_state().sidecars[made.source] = made.record
    return made.source

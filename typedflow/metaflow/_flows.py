"""The flows of a module, and what configs they declare."""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType
from typing import Any

from pydantic import BaseModel

from typedflow.metaflow import _compat
from typedflow.metaflow._config import model_of
from typedflow.metaflow._declared import attribute_place
from typedflow.values import Location


@dataclass(frozen=True, slots=True)
class DeclaredFacts:
    """A Config of a flow class: ``model`` is None where it is Metaflow's own."""

    attribute: str
    model: type[BaseModel] | None
    flow: type

    @property
    def location(self) -> Location | None:
        """Where the flow, or the base that it has the Config from, declares it; the file is read when this is asked."""
        return attribute_place(self.flow, self.attribute)


def flows_in(module: ModuleType) -> list[type]:
    """Give the flow classes that a module defines itself, in their order."""
    found = map(_compat.unwrapped, vars(module).values())
    own = (flow for flow in found if flow is not None and flow.__module__ == module.__name__)
    return list(dict.fromkeys(own))


def configs_of(flow: Any) -> dict[str, DeclaredFacts]:
    """Give the configs of a flow class, and of its bases, by name."""
    return {
        parameter.name: DeclaredFacts(attribute, model_of(parameter), flow)
        for attribute, parameter in _compat.parameters(flow)
        if parameter.IS_CONFIG_PARAMETER
    }

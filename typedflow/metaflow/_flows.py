"""The flows of a module, and the configs that they declare."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from pydantic import BaseModel

from typedflow.metaflow import _compat
from typedflow.metaflow._config import model_of
from typedflow.metaflow._declarations import attribute_place
from typedflow.metaflow._shared_findings import no_flow
from typedflow.project import import_file
from typedflow.values import Diagnostic, Location, Span, TypedflowError, raised_at
from typedflow.workspace import import_failed


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


def import_flow(file: Path) -> ModuleType:
    """Import a flow's file.

    Raises:
        TypedflowError: ``import-failed``, where the file raises or exits.
    """
    try:
        return import_file(file)
    except TypedflowError:
        raise
    except (Exception, SystemExit, KeyboardInterrupt) as error:  # noqa: BLE001 # the user's file decides what is raised
        raise TypedflowError([_failed(file, error)]) from None


def _failed(file: Path, error: BaseException) -> Diagnostic:
    place = raised_at(error) or Location(str(file), Span(1, 1, 1, 1))
    hint = ""
    if isinstance(error, SystemExit):
        message = f"importing the flow exits the process: sys.exit({error.code!r})"
        hint = 'start the flow under `if __name__ == "__main__":`, so that importing its file has no effect'
    else:
        message = f"importing the flow fails: {type(error).__name__}: {error}"
    return import_failed(message, place, hint=hint)


def is_flow(value: object) -> bool:
    """Return whether something is the class of a flow."""
    return isinstance(value, type) and _compat.unwrapped(value) is not None


def file_of_flow(flow: Any) -> Path:
    """Return the file of a flow's class."""
    return _compat.flow_file(flow)


def has_project(module: ModuleType) -> bool:
    """Return whether a flow of a module has ``@project``, which determines the names of its deployments."""
    return any(decorator.name == "project" for flow in flows_in(module) for decorator in _compat.flow_decorators(flow))


def outermost_flows(module: ModuleType, place: Location) -> list[type]:
    """Return the flows of a module that have no subclass among its flows.

    Raises:
        TypedflowError: ``no-flow``, at the given place.
    """
    flows = flows_in(module)
    if not flows:
        message = "the file has no flow: no class in it inherits from FlowSpec"
        raise TypedflowError([no_flow(message, place)])
    return [flow for flow in flows if not any(other is not flow and issubclass(other, flow) for other in flows)]


def flows_in(module: ModuleType) -> list[type]:
    """Return the flow classes that a module itself defines, in order."""
    found = map(_compat.unwrapped, vars(module).values())
    own = (flow for flow in found if flow is not None and flow.__module__ == module.__name__)
    return list(dict.fromkeys(own))


def configs_of(flow: Any) -> dict[str, DeclaredFacts]:
    """Return the configs of a flow class and its bases, by name."""
    return {
        parameter.name: DeclaredFacts(attribute, model_of(parameter), flow)
        for attribute, parameter in _compat.parameters(flow)
        if parameter.IS_CONFIG_PARAMETER
    }

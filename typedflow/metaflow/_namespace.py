"""The configs of a flow as the names in expressions: model instances for typed configs."""

from __future__ import annotations

from typing import Any

from metaflow import Config as MetaflowConfig

from typedflow.metaflow import _compat

REGISTRY = "__typedflow_configs__"
"""The attribute in which a class stores the names of its typed configs, with the attributes that hold them."""


def namespace_of(flow: Any) -> dict[str, Any]:
    """Return the value of each config of a flow class, by the config's name."""
    stored = _compat.stored_configs(flow)
    lowered = _compat.config_names_are_lowered()
    names: dict[str, Any] = {}
    for _, parameter in _compat.parameters(flow):
        if not isinstance(parameter, MetaflowConfig):
            continue
        key = parameter.name.lower() if lowered else parameter.name
        if key in stored:
            names[parameter.name] = parameter.load_parameter(stored[key])
    return names


def attributes_of(flow: Any) -> dict[str, Any]:
    """Return the value of each typed config of a flow instance in its steps, by the config's name."""
    found: dict[str, Any] = {}
    for base in type(flow).__mro__:
        for name, attribute in base.__dict__.get(REGISTRY, {}).items():
            found.setdefault(name, getattr(flow, attribute))
    return found

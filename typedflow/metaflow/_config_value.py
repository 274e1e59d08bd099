"""Model instances for Metaflow's Runner."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from typedflow.models import dump, file_values


def config_value(configs: Mapping[str, BaseModel] | None = None, /, **named: BaseModel) -> list[tuple[str, Any]]:
    """Return model instances for the ``config_value`` argument of Metaflow's ``Runner``: names and plain values.

    ``configs`` has those whose names are not identifiers. Keys are those of files, so that the flow reads the values
    like a file: variables such as ``TYPEDFLOW__TRAIN__EPOCHS`` still override them.

    Raises:
        TypedflowError: ``not-round-trip``, if an instance cannot be stored as JSON.
    """
    found = {**(configs or {}), **named}
    for config in found.values():
        dump(config)
    return [(name, file_values(config, {})) for name, config in found.items()]

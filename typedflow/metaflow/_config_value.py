"""Model instances as Metaflow's Runner takes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from typedflow.models import dump, file_values


def config_value(configs: Mapping[str, BaseModel] | None = None, /, **named: BaseModel) -> list[tuple[str, Any]]:
    """Give model instances as the ``config_value`` of Metaflow's ``Runner``: names and plain values.

    ``configs`` has those whose names are no identifiers. Keys are those that files write, so that the flow reads the
    values as it reads a file: variables such as ``TYPEDFLOW__TRAIN__EPOCHS`` still come above them.

    Raises:
        TypedflowError: ``not-round-trip``, when an instance cannot be stored as JSON.
    """
    found = {**(configs or {}), **named}
    for config in found.values():
        dump(config)
    return [(name, file_values(config, {})) for name, config in found.items()]

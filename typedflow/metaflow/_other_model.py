"""The refusal of a compiled config that the flow's model would complete with values that nobody resolved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from typedflow.metaflow import _compat
from typedflow.metaflow._declarations import class_location
from typedflow.metaflow._shared_findings import other_model
from typedflow.models import dump, without_system
from typedflow.project import record_beside, schema_digest
from typedflow.values import KeyPath, Location, TypedflowError, format_path


def reject_other_model(name: str, file: Path, data: Any, config: BaseModel) -> None:
    """Reject a compiled config that was made with another model, if the flow would read other values than those in it.

    Raises:
        TypedflowError: ``other-model``, at the flow's class; the config's record cannot be read.
    """
    model = type(config)
    path = next(_added(without_system(model, dump(config)), without_system(model, data)), None)
    record = {} if path is None else record_beside(file)
    if path is None or not record or record.get("schema") == schema_digest(model):
        return
    flow = _compat.current_flow_class()
    made_with = str(record.get("model")).rpartition(":")[2]
    whose = made_with if made_with != model.__qualname__ else f"another version of {made_with}"
    message = (
        f"the config `{name}` of {flow.__name__ if flow else file.name} is read by {model.__qualname__}; its values "
        f"were compiled with {whose}, without `{format_path(path)}`"
    )
    hint = f"name {model.__qualname__} as `model` of the flow in the manifest, or use {made_with} in the flow"
    where = (class_location(flow) if flow else None) or Location(str(file))
    raise TypedflowError([other_model(message, where, hint=hint)])


def _added(read: Any, stored: Any, path: KeyPath = ()) -> Iterator[KeyPath]:
    """Yield the key paths of what is read, but not stored."""
    if isinstance(read, Mapping) and isinstance(stored, Mapping):
        for key, value in read.items():
            if key in stored:
                yield from _added(value, stored[key], (*path, key))
            else:
                yield (*path, key)

"""Distinguishes a complete stored config from settings that somebody wrote."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from pydantic_core import to_json

from typedflow.models._compat import own_fields
from typedflow.models._file_values import file_values
from typedflow.models._plan import plan_of
from typedflow.models._system_fields import system_fields, without_system
from typedflow.models._types import keys_of
from typedflow.values import canonical


def is_complete(tree: Any, model: type[BaseModel], *, may_have_directives: bool = False) -> bool:
    """Return whether plain values are a complete dump of a config: every key is present, every value as stored.

    False where the difference does not matter: the defaults of the model never merge with files, typedflow fills
    nothing into it, and the values have no keys that could be directives.
    """
    matters = may_have_directives or plan_of(model).defaulted or bool(system_fields(model))
    if not matters or not _has_all_fields(tree, model):
        return False
    try:
        unset = (keys[0] for keys in system_fields(model).values() if not any(key in tree for key in keys))
        config = model.model_validate_json(to_json({**tree, **{key: {} for key in unset}}))
        return canonical(without_system(model, file_values(config, tree))) == canonical(without_system(model, tree))
    except (Exception, SystemExit):  # noqa: BLE001 # the model's own validators decide what is raised; reading it again reports it
        return False


def _has_all_fields(tree: Any, model: type[BaseModel]) -> bool:
    if not isinstance(tree, dict):
        return False
    filled = system_fields(model)
    fields = ((name, field) for name, field in own_fields(model).items() if name not in filled)
    return all(any(key in tree for key in keys_of(model, name, field)) for name, field in fields)

"""Models: a config declared with Pydantic, how it merges, and what is wrong with a tree that does not fit it."""

from typedflow.models._declared import declared_at, field_location
from typedflow.models._model import ConfigModel
from typedflow.models._plan import plan_of
from typedflow.models._problems import model_problems
from typedflow.models._stored import dump, restore
from typedflow.models._types import child_types, field_of, models_at
from typedflow.models._validate import validate

__all__ = [
    "ConfigModel",
    "child_types",
    "declared_at",
    "dump",
    "field_location",
    "field_of",
    "model_problems",
    "models_at",
    "plan_of",
    "restore",
    "validate",
]

"""Models: a config declared with Pydantic, how it merges, and what is wrong with a tree that does not fit it.

Tasks load this room in every process, so what only the launcher needs (plans, validation, layers) is imported when it
is first used.
"""

from typing import TYPE_CHECKING

from typedflow.values import lazily

if TYPE_CHECKING:
    from typedflow.models._complete import is_complete as is_complete
    from typedflow.models._declared import declared_at as declared_at
    from typedflow.models._declared import field_location as field_location
    from typedflow.models._docstrings import describe as describe
    from typedflow.models._migration import migration as migration
    from typedflow.models._migration import migrations_of as migrations_of
    from typedflow.models._model import ConfigModel as ConfigModel
    from typedflow.models._plan import plan_of as plan_of
    from typedflow.models._problems import model_problems as model_problems
    from typedflow.models._stored import dump as dump
    from typedflow.models._stored import restore as restore
    from typedflow.models._types import child_types as child_types
    from typedflow.models._types import field_of as field_of
    from typedflow.models._types import fields_of as fields_of
    from typedflow.models._types import keys_of as keys_of
    from typedflow.models._types import models_at as models_at
    from typedflow.models._types import models_in as models_in
    from typedflow.models._validate import validate as validate
    from typedflow.models._written import as_written as as_written
    from typedflow.models._written import written as written

__all__ = [
    "ConfigModel",
    "as_written",
    "child_types",
    "declared_at",
    "describe",
    "dump",
    "field_location",
    "field_of",
    "fields_of",
    "is_complete",
    "keys_of",
    "migration",
    "migrations_of",
    "model_problems",
    "models_at",
    "models_in",
    "plan_of",
    "restore",
    "validate",
    "written",
]

__getattr__ = lazily(
    __name__,
    {
        "ConfigModel": "_model",
        "as_written": "_written",
        "child_types": "_types",
        "declared_at": "_declared",
        "describe": "_docstrings",
        "dump": "_stored",
        "field_location": "_declared",
        "field_of": "_types",
        "fields_of": "_types",
        "is_complete": "_complete",
        "keys_of": "_types",
        "migration": "_migration",
        "migrations_of": "_migration",
        "model_problems": "_problems",
        "models_at": "_types",
        "models_in": "_types",
        "plan_of": "_plan",
        "restore": "_stored",
        "validate": "_validate",
        "written": "_written",
    },
)

"""What Pydantic itself keeps of a class, in ``__pydantic_...__`` attributes; seen in 2.11 to 2.14."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from typing_extensions import TypeIs

if TYPE_CHECKING:
    from pydantic._internal._model_construction import ModelMetaclass as ModelMetaclass  # noqa: PLC0414 # for mypy


def own_fields(owner: Any) -> dict[str, FieldInfo]:
    """Return the fields of a model, or of a dataclass of Pydantic's; ``model_fields`` may be the name of a field."""
    fields: dict[str, FieldInfo] = getattr(owner, "__pydantic_fields__", {})
    return fields


def extra_values(instance: BaseModel) -> dict[str, Any]:
    """Return the values of an instance under keys that no field has."""
    return instance.__pydantic_extra__ or {}


def is_root_model(kind: Any) -> TypeIs[type[BaseModel]]:
    """Return whether a type is a model that stands for the value of its field ``root``."""
    return isinstance(kind, type) and issubclass(kind, BaseModel) and kind.__pydantic_root_model__


def generic_origin(owner: type) -> tuple[Any, tuple[Any, ...]]:
    """Return the generic model that a model was made of, and with which arguments; None where of none."""
    generic = getattr(owner, "__pydantic_generic_metadata__", None) or {"origin": None, "args": ()}
    return generic["origin"], generic["args"]


def decorators_of(owner: Any, kind: str) -> list[Any]:
    """Return what Pydantic knows of the validators of a class: ``field_validators`` or ``model_validators``."""
    known = getattr(getattr(owner, "__pydantic_decorators__", None), kind, {})
    return [item.info for item in known.values()]


def has_own_init(owner: Any) -> bool:
    """Return whether a model has an ``__init__`` of its own, which Pydantic calls."""
    return bool(getattr(owner, "__pydantic_custom_init__", False))


def dataclass_config(owner: Any) -> Any:
    """Return the configuration of a dataclass or TypedDict; None where it has none."""
    return getattr(owner, "__pydantic_config__", None)

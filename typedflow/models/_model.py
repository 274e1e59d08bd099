"""ConfigModel: a frozen Pydantic model that forbids unknown keys and reads like a mapping."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, KeysView, Mapping, ValuesView
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler
from pydantic_core import CoreSchema

from typedflow.models._compat import extra_values, generic_origin, own_fields
from typedflow.models._shared_findings import reserved_field
from typedflow.models._types import keys_of
from typedflow.values import Diagnostic, Location, TypedflowError

_MAPPING_NAMES = frozenset({"get", "items", "keys", "values"})

if TYPE_CHECKING:
    from pydantic import Field, PrivateAttr
    from typing_extensions import dataclass_transform

    from typedflow.models._compat import ModelMetaclass

    @dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(Field, PrivateAttr))
    class _Frozen(ModelMetaclass): ...

    # Both bases define __iter__; ConfigModel's is Mapping's. A conditional is no metaclass for mypy: a metaclass would
    # keep Pydantic's plugin from these models, and our plugin knows more than it of what is frozen.
    class _Base(  # type: ignore[misc]
        BaseModel,
        Mapping[str, Any],
        metaclass=_Frozen if TYPE_CHECKING else ModelMetaclass,  # type: ignore[metaclass]
    ): ...
else:
    _Base = BaseModel


class ConfigModel(_Base):
    """A config's model: frozen, unknown keys forbidden, attribute docstrings as descriptions.

    An instance also reads like a mapping of its fields: ``config["a"]``, ``f(**config.sub)``, ``dict(config)``.

    Raises:
        TypedflowError: when a field is declared whose name is a mapping's method (``items``, ``keys``, ...).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Refuse fields that would hide the mapping's methods."""
        super().__pydantic_init_subclass__(**kwargs)
        reserved = [name for name in own_fields(cls) if name in _MAPPING_NAMES]
        if reserved:
            raise TypedflowError(_reserved(cls, name) for name in reserved)

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Describe fields by the docstrings of their attributes."""
        from typedflow.models._docstrings import describe

        schema = handler(core_schema)
        describe(cls, handler.resolve_ref_schema(schema))
        return schema

    def __getitem__(self, key: str) -> Any:
        """Give the value of a field by its name, or by its alias (a key that is no identifier).

        Raises:
            KeyError: the model has no such field.
        """
        name = self._name_of(key)
        if name is None:
            raise KeyError(key)
        return getattr(self, name)

    def __iter__(self) -> Iterator[str]:  # type: ignore[override] # a BaseModel iterates over pairs, a mapping over keys
        """Give the names of the fields, and the extra keys where the model allows them."""
        yield from own_fields(type(self))
        yield from extra_values(self)

    def __len__(self) -> int:
        """Count the fields."""
        return len(own_fields(type(self))) + len(extra_values(self))

    def __bool__(self) -> bool:
        """Be true even without fields: a config that is there is not nothing."""
        return True

    def __contains__(self, key: object) -> bool:
        """Tell whether there is a field of this name or alias."""
        return self._name_of(key) is not None

    def keys(self) -> KeysView[str]:
        """Give the names of the fields."""
        return KeysView(self)

    def values(self) -> ValuesView[Any]:
        """Give the values of the fields."""
        return ValuesView(self)

    def items(self) -> ItemsView[str, Any]:
        """Give names and values of the fields."""
        return ItemsView(self)

    def get(self, key: str, default: Any = None) -> Any:
        """Give the value of a field by its name, or the default when there is no such field."""
        return self[key] if key in self else default  # noqa: SIM401 # this is `get`

    def to_dict(self) -> dict[str, Any]:
        """Give what is stored of a config, as Metaflow's own configs do: plain and nested, keys by field name.

        Raises:
            TypedflowError: ``not-round-trip``, when a serializer of the model's own fails.
        """
        from typedflow.models._file_values import sort_sets
        from typedflow.models._plain import plain

        data: dict[str, Any] = sort_sets(self, plain(self))
        return data

    def __reduce_ex__(self, protocol: Any) -> Any:
        """Return how to pickle it: so that it can be loaded where its class is not importable.

        Copies do not come here: Pydantic's own ``__copy__`` and ``__deepcopy__`` make them.
        """
        from typedflow.models._pickle import ORDINARY, reduce_config, reduce_generic

        ordinary = super().__reduce_ex__(protocol)
        if generic_origin(type(self))[0] is not None:
            ordinary = reduce_generic(type(self), ordinary)
        return reduce_config(self, ordinary) if protocol < ORDINARY else ordinary

    def _name_of(self, key: object) -> str | None:
        fields = own_fields(type(self))
        if not isinstance(key, str):
            return None
        if key in fields or key in extra_values(self):
            return key
        return next((name for name, field in fields.items() if key in keys_of(type(self), name, field)), None)


Mapping.register(ConfigModel)


def _reserved(model: type[BaseModel], name: str) -> Diagnostic:
    from typedflow.models._declared import field_location

    return reserved_field(
        f"`{model.__qualname__}.{name}` hides the method `{name}` that every config has as a mapping",
        field_location(model, name) or Location(f"{model.__module__}.{model.__qualname__}"),
        hint=f'rename the field and keep the key: `{name}_: ... = Field(alias="{name}")`',
    )

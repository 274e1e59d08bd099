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
        TypedflowError: ``reserved-field``, if a field has the name of a mapping's method (``items``, ``keys``, ...).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Reject fields that would hide the mapping's methods."""
        super().__pydantic_init_subclass__(**kwargs)
        reserved = [name for name in own_fields(cls) if name in _MAPPING_NAMES]
        if reserved:
            raise TypedflowError(_reserved_field_problem(cls, name) for name in reserved)

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Add attribute docstrings as descriptions."""
        from typedflow.models._docstrings import describe

        schema = handler(core_schema)
        describe(cls, handler.resolve_ref_schema(schema))
        return schema

    def __getitem__(self, key: str) -> Any:
        """Return the value of a field by its name, or by its alias (a key that is not an identifier).

        Raises:
            KeyError: the model has no such field.
        """
        name = self._name_of(key)
        if name is None:
            raise KeyError(key)
        return getattr(self, name)

    def __iter__(self) -> Iterator[str]:  # type: ignore[override] # a BaseModel iterates over pairs, a mapping over keys
        """Iterate over the names of the fields, and the extra keys if the model allows them."""
        yield from own_fields(type(self))
        yield from extra_values(self)

    def __len__(self) -> int:
        """Return the number of fields."""
        return len(own_fields(type(self))) + len(extra_values(self))

    def __bool__(self) -> bool:
        """Return True, even without fields: a config is never empty."""
        return True

    def __contains__(self, key: object) -> bool:
        """Return whether there is a field with this name or alias."""
        return self._name_of(key) is not None

    def keys(self) -> KeysView[str]:
        """Return the names of the fields."""
        return KeysView(self)

    def values(self) -> ValuesView[Any]:
        """Return the values of the fields."""
        return ValuesView(self)

    def items(self) -> ItemsView[str, Any]:
        """Return the names and values of the fields."""
        return ItemsView(self)

    def get(self, key: str, default: Any = None) -> Any:
        """Return the value of a field by its name, or the default if there is no such field."""
        return self[key] if key in self else default  # noqa: SIM401 # this is `get`

    def to_dict(self) -> dict[str, Any]:
        """Return the stored form of a config: plain nested values, keys by field name. Metaflow's configs have it, too.

        Raises:
            TypedflowError: ``not-round-trip``, if a custom serializer of the model fails.
        """
        from typedflow.models._file_values import sort_sets
        from typedflow.models._plain_values import plain_values

        data: dict[str, Any] = sort_sets(self, plain_values(self))
        return data

    def __reduce_ex__(self, protocol: Any) -> Any:
        """Return how to pickle a config so that it can be loaded where its class is not importable.

        Not used for copies: Pydantic has its own ``__copy__`` and ``__deepcopy__``.
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


def _reserved_field_problem(model: type[BaseModel], name: str) -> Diagnostic:
    from typedflow.models._declarations import field_location

    return reserved_field(
        f"`{model.__qualname__}.{name}` hides the mapping method `{name}`, which every config has",
        field_location(model, name) or Location(f"{model.__module__}.{model.__qualname__}"),
        hint=f'rename the field and keep the key: `{name}_: ... = Field(alias="{name}")`',
    )

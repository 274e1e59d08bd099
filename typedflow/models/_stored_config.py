"""StoredConfig: a pickled ConfigModel, loaded where its class cannot be used.

This module does not import Pydantic, which readers of a run need not have.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from typedflow.models._pickle_calls import LOAD


class StoredConfig(Mapping[str, Any]):
    """The stored form of a config, read-only, with attribute access; equal to a dictionary of the same values."""

    __slots__ = ("_data", "_info", "_reason")
    _data: dict[str, Any]
    _info: Mapping[str, Any]
    _reason: str

    def __init__(self, data: dict[str, Any], info: Mapping[str, Any] | None = None, reason: str = "") -> None:
        """``info`` describes the class, ``reason`` says why it cannot be used."""
        object.__setattr__(self, "_data", data)
        object.__setattr__(self, "_info", info or {})
        object.__setattr__(self, "_reason", reason)

    def __getitem__(self, key: str) -> Any:
        """Return a value by its key; nested mappings also have attribute access."""
        return _readable(self._data[key])

    def __iter__(self) -> Iterator[str]:
        """Iterate over the keys."""
        return iter(self._data)

    def __len__(self) -> int:
        """Return the number of keys."""
        return len(self._data)

    def __getattr__(self, name: str) -> Any:
        """Return a value by its key.

        Raises:
            AttributeError: no such key; the message names the class.
        """
        if name.startswith("__") or name in StoredConfig.__slots__:
            raise AttributeError(name)
        if name in self._data:
            return self[name]
        why = f"; this is the stored form of `{self._model}`, whose class cannot be used: {self._reason}"
        raise AttributeError(f"there is no `{name}`{why if self._info else ''}")

    def __setattr__(self, name: str, value: object) -> None:
        """Raise TypeError: a stored config is read-only."""
        raise TypeError(f"`{name}` cannot be set: a stored config is read-only")

    def __delattr__(self, name: str) -> None:
        """Raise TypeError: a stored config is read-only."""
        raise TypeError(f"`{name}` cannot be deleted: a stored config is read-only")

    def __repr__(self) -> str:
        """Return the values, and the name of the class."""
        return f"<StoredConfig of {self._model}: {self._data!r}>" if self._info else repr(self._data)

    def __copy__(self) -> StoredConfig:
        """Return itself, since it is immutable."""
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> StoredConfig:
        """Return itself, since it is immutable."""
        return self

    def __reduce_ex__(self, protocol: Any) -> str | tuple[Any, ...]:
        """Pickle the original state, so that readers with the class get its instance."""
        if not self._info:
            return dict, (self.to_dict(),)
        return LOAD, (self._info, self._data)

    def to_dict(self) -> dict[str, Any]:
        """Return a copy as plain nested dictionaries, as ``ConfigModel.to_dict`` does."""
        return deepcopy(self._data)

    @property
    def _model(self) -> str:
        return str(self._info.get("name", "a model"))


def _readable(value: Any) -> Any:
    if isinstance(value, dict):
        return StoredConfig(value)
    return [_readable(item) for item in value] if isinstance(value, list) else value

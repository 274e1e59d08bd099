"""Snapshots of flow classes: Metaflow and mutators change a class, which must be unchanged for the next variant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from metaflow import current

from typedflow.metaflow import _compat

_Undo = Callable[[], None]


class Snapshot:
    """The state of a flow class, its bases, steps, decorators and parameters at the time of creation."""

    def __init__(self, flow: Any) -> None:
        """Take the snapshot."""
        self._kept = _Kept()
        self._kept.keep_class(type(current))  # decorators tell it what the flow is, as attributes of its class
        for base in flow.__mro__:
            if base.__module__ not in _FOREIGN and not base.__module__.startswith("metaflow."):
                self._kept.keep_class(base)

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        """Restore the class on exit, even after an error; can be used several times."""
        try:
            yield
        finally:
            self._kept.restore()


_CONTAINERS = {dict, list, set}
_FOREIGN = {"builtins", "typing", "collections.abc", "abc", "metaflow"}


class _Kept:
    def __init__(self) -> None:
        self._seen: set[int] = set()
        self._objects: list[Any] = []  # kept alive, so that their ids stay their own
        self._undo: list[_Undo] = []

    def restore(self) -> None:
        for undo in self._undo:
            undo()

    def keep_class(self, cls: type) -> None:
        before = dict(vars(cls))
        self._undo.append(lambda: _restore_class(cls, before))
        for value in before.values():
            self._keep(value)

    def _keep(self, value: Any) -> None:
        is_container = type(value) in _CONTAINERS  # exactly: Metaflow's ConfigValue is a dict that never changes
        if id(value) in self._seen or not (is_container or _compat.has_changing_state(value)):
            return
        self._seen.add(id(value))
        self._objects.append(value)
        self._keep_container(value if is_container else vars(value))

    def _keep_container(self, container: Any) -> None:
        before = container.copy()
        self._undo.append(lambda: _restore_container(container, before))
        for item in before.values() if isinstance(before, dict) else before:
            self._keep(item)


def _restore_class(cls: type, before: dict[str, Any]) -> None:
    now = dict(vars(cls))
    for name in now.keys() - before.keys():
        delattr(cls, name)
    for name, value in before.items():
        if now.get(name, _NONE) is not value:
            setattr(cls, name, value)


_NONE = object()


def _restore_container(container: Any, before: Any) -> None:
    if isinstance(container, list):
        container[:] = before
    else:
        container.clear()
        container.update(before)

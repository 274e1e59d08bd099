"""Calls in a pickle that load a config with the standard library alone, whatever the reader has installed."""

from __future__ import annotations

import operator
from importlib.util import find_spec
from pkgutil import resolve_name
from typing import Any


class Call:
    """A function call that runs when a pickle is loaded."""

    def __init__(self, function: Any, *arguments: Any) -> None:
        """The arguments can be calls themselves."""
        self._call = function, arguments

    def __call__(self, *arguments: Any) -> Any:
        """Call the function that the call returns; pickle accepts only callables here."""
        function, own = self._call
        return function(*own)(*arguments)

    def __reduce__(self) -> tuple[Any, ...]:
        """Return the call."""
        return self._call


_IS_INSTALLED = Call(operator.is_not, Call(find_spec, "typedflow"), None)
_NAMES = ("typing:cast", "typedflow.models:load_config")  # artifacts name them: neither may change
LOAD = Call(resolve_name, Call(operator.getitem, _NAMES, _IS_INSTALLED))
"""``load_config``; without typedflow ``typing.cast``, which returns its second argument as it is: the stored form."""

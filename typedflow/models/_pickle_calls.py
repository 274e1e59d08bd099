"""What a pickle calls to load a config: found by the standard library alone, whatever the reader has installed."""

from __future__ import annotations

import operator
from importlib.util import find_spec
from pkgutil import resolve_name
from typing import Any


class Call:
    """A call that is made when a pickle is loaded."""

    def __init__(self, function: Any, *arguments: Any) -> None:
        """Keep the function, and arguments that can be calls themselves."""
        self._call = function, arguments

    def __call__(self, *arguments: Any) -> Any:
        """Call what the call returns: pickles accept nothing that cannot be called."""
        function, own = self._call
        return function(*own)(*arguments)

    def __reduce__(self) -> tuple[Any, ...]:
        """Return the call."""
        return self._call


_IS_INSTALLED = Call(operator.is_not, Call(find_spec, "typedflow"), None)
_NAMES = ("typing:cast", "typedflow.models:load_config")  # artifacts name them: neither may change
LOAD = Call(resolve_name, Call(operator.getitem, _NAMES, _IS_INSTALLED))
"""``load_config``; without typedflow ``typing.cast``, which returns its second argument as it is: the stored form."""

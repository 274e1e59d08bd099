"""The table of formats: which function reads the values of which."""

from collections.abc import Callable
from typing import Any

from typedflow.parsing import _json, _toml, _yaml
from typedflow.parsing._conflicts import conflicts, whole_conflicts
from typedflow.parsing._decode import refuse_surrogates, too_large
from typedflow.parsing._limits import MAX_BYTES
from typedflow.values import Source, TypedflowError

READERS: dict[str, Callable[[Source], Any]] = {"toml": _toml.read, "yaml": _yaml.read, "json": _json.read}


def read(source: Source) -> Any:
    """Return the value that a source holds, by the reader of its format.

    Raises:
        TypedflowError: the text is no document of its format.
        ValueError: the source has no known format.
    """
    reader = READERS.get(source.format or "")
    if reader is None:
        raise ValueError(f"format={source.format!r} is none of {', '.join(READERS)}")
    if len(source.text) > MAX_BYTES:
        raise TypedflowError([too_large(source.name)])
    refuse_surrogates(source)
    try:
        value = reader(source)
    except TypedflowError as error:
        raise TypedflowError(conflicts(source, error.diagnostics) or error.diagnostics) from None
    if found := whole_conflicts(source):
        raise TypedflowError(found)
    return value

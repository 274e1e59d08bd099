"""The table of formats: which function reads the values of which."""

from collections.abc import Callable
from typing import Any

from typedflow.parsing._conflicts import conflicts, whole_conflicts
from typedflow.parsing._decode import refuse_surrogates, too_large
from typedflow.parsing._limits import MAX_BYTES
from typedflow.values import Source, TypedflowError

FORMATS = ("toml", "yaml", "json")


def read(source: Source) -> Any:
    """Give the value that a source holds, by the reader of its format.

    Raises:
        TypedflowError: the text is no document of its format.
        ValueError: the source has no known format.
    """
    if source.format not in FORMATS:
        raise ValueError(f"format={source.format!r} is none of {', '.join(FORMATS)}")
    if len(source.text) > MAX_BYTES:
        raise TypedflowError([too_large(source.name)])
    refuse_surrogates(source)
    try:
        value = _reader(source.format)(source)
    except TypedflowError as error:
        raise TypedflowError(conflicts(source, error.diagnostics) or error.diagnostics) from None
    if found := whole_conflicts(source):
        raise TypedflowError(found)
    return value


def _reader(format_name: str) -> Callable[[Source], Any]:
    """Import the reader of a format; most processes need one or two."""
    if format_name == "toml":
        from typedflow.parsing import _toml

        return _toml.read
    if format_name == "yaml":
        from typedflow.parsing import _yaml

        return _yaml.read
    from typedflow.parsing import _json

    return _json.read

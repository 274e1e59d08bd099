"""The formats: the suffixes of their files and the functions that read them."""

from collections.abc import Callable
from typing import Any

from typedflow.parsing import _json, _toml, _yaml
from typedflow.parsing._conflicts import find_complete_conflicts, find_conflicts
from typedflow.parsing._decode import refuse_surrogates, too_large_diagnostic
from typedflow.parsing._limits import MAX_BYTES
from typedflow.values import Source, TypedflowError

FORMATS: dict[str, str] = {".toml": "toml", ".yaml": "yaml", ".yml": "yaml", ".json": "json"}
READERS: dict[str, Callable[[Source], Any]] = {"toml": _toml.read, "yaml": _yaml.read, "json": _json.read}


def format_of(file_name: str) -> str | None:
    """Return the format that a file's suffix stands for, in upper or lower case, or None."""
    stem, dot, suffix = file_name.rpartition(".")
    return FORMATS.get(f"{dot}{suffix}".lower()) if stem else None


def parse_any(source: Source) -> Any:
    """Return the value of a source, whatever its type; an empty document is ``{}``.

    Mappings and lists that YAML aliases repeat are shared in the result: copy them before you change one.

    Raises:
        TypedflowError: the text is not valid in its format.
        ValueError: the source has no known format.
    """
    reader = READERS.get(source.format or "")
    if reader is None:
        raise ValueError(f"format={source.format!r} must be one of {', '.join(READERS)}")
    if len(source.text) > MAX_BYTES:
        raise TypedflowError([too_large_diagnostic(source.name)])
    refuse_surrogates(source)
    try:
        value = reader(source)
    except TypedflowError as error:
        raise TypedflowError(find_conflicts(source, error.diagnostics) or error.diagnostics) from None
    if found := find_complete_conflicts(source):
        raise TypedflowError(found)
    return value

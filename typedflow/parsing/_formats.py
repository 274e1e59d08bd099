"""The formats: the suffixes of their files and the functions that read them."""

from typing import Any

from typedflow.parsing._conflicts import find_complete_conflicts, find_conflicts
from typedflow.parsing._decode import refuse_surrogates, too_large_diagnostic
from typedflow.parsing._limits import MAX_BYTES
from typedflow.values import Source, TypedflowError

FORMATS: dict[str, str] = {".toml": "toml", ".yaml": "yaml", ".yml": "yaml", ".json": "json"}


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
    if source.format not in FORMATS.values():
        raise ValueError(f"format={source.format!r} must be one of {', '.join(dict.fromkeys(FORMATS.values()))}")
    if len(source.text) > MAX_BYTES:
        raise TypedflowError([too_large_diagnostic(source.name)])
    refuse_surrogates(source)
    try:
        value = _value(source)
    except TypedflowError as error:
        raise TypedflowError(find_conflicts(source, error.diagnostics) or error.diagnostics) from None
    if found := find_complete_conflicts(source):
        raise TypedflowError(found)
    return value


def _value(source: Source) -> Any:
    """Read a source with the module of its format, which is imported now: few processes need all of them."""
    if source.format == "toml":
        from typedflow.parsing import _toml

        return _toml.read(source)
    if source.format == "yaml":
        from typedflow.parsing import _yaml

        return _yaml.read(source)
    from typedflow.parsing import _json

    return _json.read(source)

"""Which format a file has, told by its suffix."""

FORMATS: dict[str, str] = {".toml": "toml", ".yaml": "yaml", ".yml": "yaml", ".json": "json"}


def format_of(file_name: str) -> str | None:
    """Return the format of a file by its suffix, whatever its case, or None for another suffix."""
    stem, dot, suffix = file_name.rpartition(".")
    return FORMATS.get(f"{dot}{suffix}".lower()) if stem else None

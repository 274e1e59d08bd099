"""Which format a file has, told by its suffix."""

import os.path

FORMATS: dict[str, str] = {".toml": "toml", ".yaml": "yaml", ".yml": "yaml", ".json": "json"}


def format_of(file_name: str) -> str | None:
    """Give the format of a file by its suffix, whatever its case, or None for another suffix."""
    return FORMATS.get(os.path.splitext(file_name)[1].lower())

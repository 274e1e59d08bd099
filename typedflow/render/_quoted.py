"""Double-quoted strings that YAML, TOML and JSON read alike."""

from typedflow.values import escaped

_SHORT = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}
_LAST_OF_FOUR_DIGITS = 0xFFFF


def quoted(text: str) -> str:
    """Return a string in double quotes, with unprintable characters escaped."""
    slashed = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped(slashed, _escape)}"'


def _escape(character: str) -> str:
    code = ord(character)
    long = f"\\u{code:04x}" if code <= _LAST_OF_FOUR_DIGITS else f"\\U{code:08x}"
    return _SHORT.get(character, long)

"""The wording of findings about values: Pydantic's reasons, in the terms of settings files."""

import re

from pydantic_core import ErrorDetails

_MOST_SHOWN = 60


def reason(details: ErrorDetails) -> str:
    """Return why Pydantic rejects a value."""
    if details["type"] == "union_tag_invalid":
        first, comma, last = details["ctx"]["expected_tags"].rpartition(", ")
        return f"input should be {first}{' or ' if comma else ''}{last}"
    text = details["msg"].removeprefix("Value error, ").removeprefix("Assertion failed, ")
    # JSON's words, where files say list and mapping
    text = text.replace("a valid array", "a list").replace("an object", "a mapping")
    return text[:1].lower() + text[1:] if text.startswith("Input ") else text


def reason_of_key(details: ErrorDetails) -> str:
    """Return why Pydantic rejects a key."""
    text = reason(details)
    return f"it{text.removeprefix('input')}" if text.startswith("input ") else text


def expected_texts(details: list[ErrorDetails]) -> list[str]:
    """Return the texts that a literal, an enum or a tag accepts."""
    contexts = [item.get("ctx", {}) for item in details]
    return [word for context in contexts for word in quoted(context.get("expected_tags", context.get("expected", "")))]


def tag_phrase(details: list[ErrorDetails]) -> str:
    """Return the part of a message about a mapping's wrong tag; empty for other errors."""
    tags = [item["ctx"]["tag"] for item in details if item["type"] == "union_tag_invalid"]
    return f" has the tag {scalar_text(tags[0])}" if tags else ""


def quoted(text: object) -> list[str]:
    """Return what is in single quotes."""
    return re.findall(r"'([^']*)'", str(text))


def scalar_text(value: object) -> str:
    """Return a scalar for a message."""
    text = "null" if value is None else repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= _MOST_SHOWN else f"{text[: _MOST_SHOWN - 3]}..."

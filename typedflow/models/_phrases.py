"""The words of diagnostics about values: Pydantic's reasons, as somebody who writes settings files reads them."""

import re

from pydantic_core import ErrorDetails

_MOST_SHOWN = 60


def reason(details: ErrorDetails) -> str:
    """Give why Pydantic refuses a value."""
    if details["type"] == "union_tag_invalid":
        first, comma, last = details["ctx"]["expected_tags"].rpartition(", ")
        return f"input should be {first}{' or ' if comma else ''}{last}"
    text = details["msg"].removeprefix("Value error, ").removeprefix("Assertion failed, ")
    # JSON's words, where files say list and mapping
    text = text.replace("a valid array", "a list").replace("an object", "a mapping")
    return text[:1].lower() + text[1:] if text.startswith("Input ") else text


def reason_of_key(details: ErrorDetails) -> str:
    """Return why Pydantic refuses a key."""
    text = reason(details)
    return f"it{text.removeprefix('input')}" if text.startswith("input ") else text


def expected(details: list[ErrorDetails]) -> list[str]:
    """Give the texts that a literal, an enum or a tag may be."""
    contexts = [item.get("ctx", {}) for item in details]
    return [word for context in contexts for word in quoted(context.get("expected_tags", context.get("expected", "")))]


def tag_of(details: list[ErrorDetails]) -> str:
    """Return the wrong tag of a mapping, as a message goes on with it; nothing for other errors."""
    tags = [item["ctx"]["tag"] for item in details if item["type"] == "union_tag_invalid"]
    return f" has the tag {shown(tags[0])}" if tags else ""


def quoted(text: object) -> list[str]:
    """Give what stands in single quotes."""
    return re.findall(r"'([^']*)'", str(text))


def shown(value: object) -> str:
    """Give a scalar as a message shows it."""
    text = "null" if value is None else repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= _MOST_SHOWN else f"{text[: _MOST_SHOWN - 3]}..."

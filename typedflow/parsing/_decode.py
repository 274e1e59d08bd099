"""Bytes to text."""

import codecs

from typedflow.parsing._limits import MAX_BYTES
from typedflow.parsing._problems import problem, refusal
from typedflow.values import RULES, Diagnostic, Location, Source, TypedflowError


def decode(name: str, data: bytes) -> str:
    """Return the text of a file's bytes, without its byte-order mark.

    Raises:
        TypedflowError: the file is too large, is not UTF-8, or has a NUL byte.
    """
    if len(data) > MAX_BYTES:
        raise TypedflowError([too_large(name)])
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        message = f"the byte 0x{data[error.start]:02x} is not UTF-8"
        # The bytes before the first bad one are good, so the column counts characters.
        raise _not_text(name, data, len(data[: error.start].decode()), message) from None
    if "\0" in text:
        raise _not_text(name, data, text.index("\0"), "a NUL byte is not text")
    return text


def too_large(name: str) -> Diagnostic:
    """Return the diagnostic about a text over the limit of size."""
    return Diagnostic(RULES["too-large"], f"a config of more than {MAX_BYTES:,} bytes", Location(name))


def refuse_surrogates(source: Source) -> None:
    """Raise for a text that UTF-8 cannot hold, as an environment variable with undecodable bytes is."""
    if source.text.isascii():
        return
    try:
        source.text.encode()
    except UnicodeEncodeError as error:
        message = f"the character U+{ord(source.text[error.start]):04X} is not text"
        raise refusal(source, "not-text", message, (error.start, error.start + 1)) from None


def _not_text(name: str, data: bytes, offset: int, message: str) -> TypedflowError:
    source = Source(name, data.decode(errors="replace"))
    return TypedflowError([problem(source, "not-text", message, (offset, offset + 1), hint="save the file as UTF-8")])

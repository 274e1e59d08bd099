"""Decodes the bytes of a file, and refuses what is not text."""

import codecs

from typedflow.parsing._diagnostics import diagnostic_at, error_at
from typedflow.parsing._limits import MAX_BYTES
from typedflow.values import RULES, Diagnostic, Location, Source, TypedflowError


def decode(name: str, data: bytes) -> str:
    """Return the text of a file's bytes, without a byte-order mark.

    Raises:
        TypedflowError: the file is too large, is not UTF-8, or has a NUL byte.
    """
    if len(data) > MAX_BYTES:
        raise TypedflowError([too_large_diagnostic(name)])
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        message = f"the byte 0x{data[error.start]:02x} is not valid UTF-8"
        # The bytes before the first bad one are good, so the column counts characters.
        raise _not_text(name, data, len(data[: error.start].decode()), message) from None
    if "\0" in text:
        raise _not_text(name, data, text.index("\0"), "the file contains a NUL byte")
    return text


def too_large_diagnostic(name: str) -> Diagnostic:
    """Return the diagnostic for a text that is too large."""
    return Diagnostic(RULES["too-large"], f"the config is larger than {MAX_BYTES:,} bytes", Location(name))


def refuse_surrogates(source: Source) -> None:
    """Raise for a text that UTF-8 cannot encode, such as an environment variable with undecodable bytes."""
    if source.text.isascii():
        return
    try:
        source.text.encode()
    except UnicodeEncodeError as error:
        message = f"the character U+{ord(source.text[error.start]):04X} is not valid text"
        raise error_at(source, "not-text", message, (error.start, error.start + 1)) from None


def _not_text(name: str, data: bytes, offset: int, message: str) -> TypedflowError:
    source = Source(name, data.decode(errors="replace"))
    return TypedflowError(
        [diagnostic_at(source, "not-text", message, (offset, offset + 1), hint="save the file as UTF-8")]
    )

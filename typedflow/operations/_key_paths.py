"""Key paths from arguments."""

from __future__ import annotations

from typedflow.operations._errors import argument_error
from typedflow.values import KeyPath, KeyPathError, parse_path


def choose_key_path(text: str | None) -> KeyPath:
    """Return the parsed key path; the empty path, which is that of everything, for None.

    Raises:
        TypedflowError: ``bad-option``.
    """
    try:
        return () if text is None else parse_path(text)
    except KeyPathError as error:
        hint = 'write it like `model.layers[0]."a key"`'
        raise argument_error(str(error), hint=hint, option=f"--path {text}") from None

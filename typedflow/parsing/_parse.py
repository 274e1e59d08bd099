"""The fast path: sources of any format to plain values, without positions."""

from typing import Any

from typedflow.parsing._decode import refuse_surrogates
from typedflow.parsing._formats import parse_any
from typedflow.parsing._locate import location
from typedflow.values import RULES, Diagnostic, KeyPath, Source, TypedflowError, format_path

_KINDS = {str: "a string", bool: "a boolean", int: "an integer", float: "a number", list: "a list", type(None): "null"}


def parse(source: Source) -> dict[str, Any]:
    """Return a source's mapping as plain values; an empty document is ``{}``.

    Raises:
        TypedflowError: the text is not valid in its format, or is not a mapping.
    """
    return mapping_at(source, parse_any(source), ())


def mapping_at(source: Source, tree: Any, path: KeyPath) -> dict[str, Any]:
    """Return the mapping at a key path of a parsed source.

    Raises:
        TypedflowError: what is there is not a mapping.
    """
    value = tree
    for key in path:
        value = value[key]
    if isinstance(value, dict):
        return value
    subject, hint = ("a config", "")
    if path:
        subject = f"`{format_path(path)}`"
        hint = "to set nothing there, write an empty mapping, `{}`" if value is None else ""
    message = f"{subject} must be a mapping, not {_KINDS[type(value)]}"
    place = location(source, path, key=value is None)
    raise TypedflowError([Diagnostic(RULES["not-a-mapping"], message, place, hint=hint, path=())])


def parse_value(text: str) -> Any:
    """Return the value of a command-line argument: a YAML 1.2 scalar, or a list, mapping or string in flow style.

    Everything else is the string itself, so that ``a: b``, ``*.csv`` and ``x #1`` need no quotes within the shell's.

    Raises:
        ValueError: with a short message, for unclosed brackets or quotes and for values that configs do not allow.
    """
    from typedflow.parsing import _yaml

    text = text.strip()
    source = Source("value", text, "yaml")
    try:
        refuse_surrogates(source)
        return _yaml.read(source) if text.startswith(("[", "{", '"', "'")) else _yaml.read_plain(source)
    except TypedflowError as error:
        raise ValueError("; ".join(diagnostic.message for diagnostic in error.diagnostics)) from None

"""The fast path: sources of any format to plain values, without positions."""

from typing import Any

from typedflow.parsing import _yaml
from typedflow.parsing._decode import refuse_surrogates
from typedflow.parsing._formats import parse_any
from typedflow.parsing._locate import location
from typedflow.values import RULES, Diagnostic, Source, TypedflowError

_KINDS = {str: "a string", bool: "a boolean", int: "an integer", float: "a number", list: "a list", type(None): "null"}


def parse(source: Source) -> dict[str, Any]:
    """Return a source's mapping as plain values; an empty document is ``{}``.

    Raises:
        TypedflowError: the text is not valid in its format, or is not a mapping.
    """
    value = parse_any(source)
    if isinstance(value, dict):
        return value
    message = f"a config must be a mapping, not {_KINDS[type(value)]}"
    raise TypedflowError([Diagnostic(RULES["not-a-mapping"], message, location(source, ()), path=())])


def parse_value(text: str) -> Any:
    """Return the value of a command-line argument: a YAML 1.2 scalar, or a list, mapping or string in flow style.

    Everything else is the string itself, so that ``a: b``, ``*.csv`` and ``x #1`` need no quotes within the shell's.

    Raises:
        ValueError: with a short message, for unclosed brackets or quotes and for values that configs do not allow.
    """
    text = text.strip()
    source = Source("value", text, "yaml")
    try:
        refuse_surrogates(source)
        return _yaml.read(source) if text.startswith(("[", "{", '"', "'")) else _yaml.read_plain(source)
    except TypedflowError as error:
        raise ValueError("; ".join(diagnostic.message for diagnostic in error.diagnostics)) from None

"""The fast path: sources to plain values, whatever their format."""

from typing import Any

from typedflow.parsing import _yaml
from typedflow.parsing._decode import refuse_surrogates
from typedflow.parsing._locate import location
from typedflow.parsing._readers import read
from typedflow.values import RULES, Diagnostic, Source, TypedflowError

_KINDS = {str: "a string", bool: "a boolean", int: "an integer", float: "a number", list: "a list", type(None): "null"}


def parse(source: Source) -> dict[str, Any]:
    """Return the mapping that a source holds, as plain values without positions; an empty document is ``{}``.

    Raises:
        TypedflowError: the text is no document of its format, or the document is no mapping.
    """
    value = parse_any(source)
    if isinstance(value, dict):
        return value
    message = f"a config is a mapping, and this is {_KINDS[type(value)]}"
    raise TypedflowError([Diagnostic(RULES["not-a-mapping"], message, location(source, ()), path=())])


def parse_any(source: Source) -> Any:
    """Return the value that a source holds, whatever its kind; an empty document is ``{}``.

    Mappings and lists that a YAML alias names are shared in the result: copy them before changing one.

    Raises:
        TypedflowError: the text is no document of its format.
        ValueError: the source has no known format.
    """
    return read(source)


def parse_value(text: str) -> Any:
    """Return a value as written on a command line: a YAML 1.2 scalar, or a list, mapping or string in YAML's flow style.

    Everything else is the string itself, so that ``a: b``, ``*.csv`` and ``x #1`` need no second quoting.

    Raises:
        ValueError: with a short message, for brackets or quotes that do not close and for values that no config holds.
    """
    text = text.strip()
    source = Source("value", text, "yaml")
    try:
        refuse_surrogates(source)
        return _yaml.read(source) if text.startswith(("[", "{", '"', "'")) else _yaml.read_plain(source)
    except TypedflowError as error:
        raise ValueError("; ".join(diagnostic.message for diagnostic in error.diagnostics)) from None

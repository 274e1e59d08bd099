"""Parses TOML, YAML and JSON to plain values, and locates values in a text when a position is needed.

Each format has a file that reads values (such as ``_toml``) and one that finds positions (``_toml_positions``).
An invalid text raises ``TypedflowError``, with a diagnostic for each problem in it.
"""

from typedflow.parsing._conflicts import conflicts
from typedflow.parsing._decode import decode
from typedflow.parsing._formats import FORMATS, format_of, parse_any
from typedflow.parsing._integer_keys import without_marks
from typedflow.parsing._limits import MAX_BYTES, MAX_DEPTH, MAX_NODES
from typedflow.parsing._locate import locate, locate_key, location
from typedflow.parsing._parse import parse, parse_value
from typedflow.parsing._yaml_plain import PlainScalar, plain_scalars

__all__ = [
    "FORMATS",
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_NODES",
    "PlainScalar",
    "conflicts",
    "decode",
    "format_of",
    "locate",
    "locate_key",
    "location",
    "parse",
    "parse_any",
    "parse_value",
    "plain_scalars",
    "without_marks",
]

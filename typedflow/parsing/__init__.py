"""Text to plain values, and text to positions, only when somebody asks for them.

One file per format reads values (``_toml``, ``_yaml``, ``_json``) and one maps positions (``_toml_places`` and so on).
A text that no config can be made of raises ``TypedflowError``, with a diagnostic for everything found wrong.
"""

from typedflow.parsing._conflicts import conflicts
from typedflow.parsing._decode import decode
from typedflow.parsing._formats import FORMATS, format_of
from typedflow.parsing._integer_keys import without_marks
from typedflow.parsing._limits import MAX_BYTES, MAX_DEPTH, MAX_NODES
from typedflow.parsing._locate import locate, locate_key, location
from typedflow.parsing._parse import parse, parse_any, parse_value
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

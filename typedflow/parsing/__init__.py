"""Parses TOML, YAML and JSON to plain values, and locates values in a text when a position is needed.

Each format has a file that reads values (such as ``_toml``) and one that finds positions (``_toml_positions``).
An invalid text raises ``TypedflowError``, with a diagnostic for each problem in it.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typedflow.parsing._conflicts import find_conflicts as find_conflicts
    from typedflow.parsing._decode import decode as decode
    from typedflow.parsing._formats import FORMATS as FORMATS
    from typedflow.parsing._formats import format_of as format_of
    from typedflow.parsing._formats import parse_any as parse_any
    from typedflow.parsing._integer_keys import without_marks as without_marks
    from typedflow.parsing._limits import MAX_BYTES as MAX_BYTES
    from typedflow.parsing._limits import MAX_DEPTH as MAX_DEPTH
    from typedflow.parsing._limits import MAX_NODES as MAX_NODES
    from typedflow.parsing._locate import locate as locate
    from typedflow.parsing._locate import locate_key as locate_key
    from typedflow.parsing._locate import location as location
    from typedflow.parsing._parse import mapping_at as mapping_at
    from typedflow.parsing._parse import parse as parse
    from typedflow.parsing._parse import parse_value as parse_value
    from typedflow.parsing._yaml_plain import PlainScalar as PlainScalar
    from typedflow.parsing._yaml_plain import plain_scalars as plain_scalars
else:
    from typedflow.values import lazy_names

    __getattr__, __dir__, __all__ = lazy_names(__name__)

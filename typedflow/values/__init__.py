"""The nouns that every room shares: key paths, sources, spans, origins, diagnostics and errors.

Only the standard library is imported here: the mypy plugin and every Metaflow task load this room.
"""

from typing import TYPE_CHECKING

from typedflow.values._canonical import canonical
from typedflow.values._diagnostics import Diagnostic, Related, Severity, reading_order
from typedflow.values._doors import lazily
from typedflow.values._errors import TypedflowError
from typedflow.values._expressions import (
    Access,
    ExpressionSyntaxError,
    Step,
    expression_tree,
    offset_in,
    parse_expression,
)
from typedflow.values._fixes import Fix
from typedflow.values._origins import (
    Excerpt,
    Location,
    Origin,
    Source,
    SourceKind,
    Span,
    excerpt,
    excerpt_of,
    format_location,
    redact_location,
)
from typedflow.values._paths import KeyPath, KeyPathError, format_path, has_item, has_path, leaves_of, parse_path
from typedflow.values._printable import escaped, printable
from typedflow.values._raising_line import raised_at
from typedflow.values._report import Report
from typedflow.values._rules import RULES, Rule
from typedflow.values._suggestions import closest, did_you_mean, listed

if TYPE_CHECKING:
    from typedflow.values._bisection import keep_valid as keep_valid
    from typedflow.values._literals import Position as Position
    from typedflow.values._literals import positions_of as positions_of
    from typedflow.values._provenance import LeafOrigin as LeafOrigin
    from typedflow.values._provenance import Provenance as Provenance
    from typedflow.values._provenance import RemovedLeaf as RemovedLeaf
    from typedflow.values._redaction import redact_line as redact_line
    from typedflow.values._redaction_above import redact_line_in as redact_line_in
    from typedflow.values._redaction_above import redact_message as redact_message
    from typedflow.values._secrets import is_declared_public as is_declared_public
    from typedflow.values._secrets import is_masked as is_masked
    from typedflow.values._secrets import masked as masked
    from typedflow.values._secrets import masked_leaves as masked_leaves
    from typedflow.values._secrets import masked_tree as masked_tree
    from typedflow.values._secrets import secret_kind_at as secret_kind_at
    from typedflow.values._secrets import without_secrets as without_secrets
    from typedflow.values._sidecar import Origins as Origins
    from typedflow.values._sidecar import leaf_data as leaf_data
    from typedflow.values._sidecar import read_sidecar as read_sidecar
    from typedflow.values._sidecar import removed_data as removed_data
    from typedflow.values._sidecar import sidecar_data as sidecar_data
    from typedflow.values._trees import change_at as change_at
    from typedflow.values._trees import with_key as with_key
    from typedflow.values._trees import without_path as without_path
    from typedflow.values._typos import Typo as Typo
    from typedflow.values._typos import find_typo as find_typo
    from typedflow.values._typos import split_words as split_words

__all__ = [
    "RULES",
    "Access",
    "Diagnostic",
    "Excerpt",
    "ExpressionSyntaxError",
    "Fix",
    "KeyPath",
    "KeyPathError",
    "LeafOrigin",
    "Location",
    "Origin",
    "Origins",
    "Position",
    "Provenance",
    "Related",
    "RemovedLeaf",
    "Report",
    "Rule",
    "Severity",
    "Source",
    "SourceKind",
    "Span",
    "Step",
    "TypedflowError",
    "Typo",
    "canonical",
    "change_at",
    "closest",
    "did_you_mean",
    "escaped",
    "excerpt",
    "excerpt_of",
    "expression_tree",
    "find_typo",
    "format_location",
    "format_path",
    "has_item",
    "has_path",
    "is_declared_public",
    "is_masked",
    "keep_valid",
    "lazily",
    "leaf_data",
    "leaves_of",
    "listed",
    "masked",
    "masked_leaves",
    "masked_tree",
    "offset_in",
    "parse_expression",
    "parse_path",
    "positions_of",
    "printable",
    "raised_at",
    "read_sidecar",
    "reading_order",
    "redact_line",
    "redact_line_in",
    "redact_location",
    "redact_message",
    "removed_data",
    "secret_kind_at",
    "sidecar_data",
    "split_words",
    "with_key",
    "without_path",
    "without_secrets",
]

# Only errors and checks need them, and who asks where values are from.
_REDACTION = {"redact_line": "_redaction", "redact_line_in": "_redaction_above", "redact_message": "_redaction_above"}
_SECRETS = dict.fromkeys(
    (
        *("is_declared_public", "is_masked", "masked", "masked_leaves", "masked_tree"),
        *("secret_kind_at", "without_secrets"),
    ),
    "_secrets",
)
_RECORDS = {
    **dict.fromkeys(("LeafOrigin", "Provenance", "RemovedLeaf"), "_provenance"),
    **dict.fromkeys(("Origins", "leaf_data", "read_sidecar", "removed_data", "sidecar_data"), "_sidecar"),
}
_MENDING = {
    **dict.fromkeys(("Typo", "find_typo", "split_words"), "_typos"),
    **dict.fromkeys(("change_at", "with_key", "without_path"), "_trees"),
    "keep_valid": "_bisection",
}
__getattr__ = lazily(
    __name__, {"Position": "_literals", "positions_of": "_literals", **_REDACTION, **_SECRETS, **_RECORDS, **_MENDING}
)

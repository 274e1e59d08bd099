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
    LeafOrigin,
    Location,
    Origin,
    Source,
    SourceKind,
    Span,
    excerpt,
    excerpt_of,
    hidden,
)
from typedflow.values._paths import KeyPath, KeyPathError, format_path, has_item, has_path, leaves_of, parse_path
from typedflow.values._printable import escaped, printable
from typedflow.values._raised import raised_at
from typedflow.values._report import Report
from typedflow.values._rules import RULES, Rule, find_rule
from typedflow.values._spelling import closest, did_you_mean, listed

if TYPE_CHECKING:
    from typedflow.values._blots import blotted as blotted
    from typedflow.values._blots_above import blotted_in as blotted_in
    from typedflow.values._blots_above import concealed as concealed
    from typedflow.values._explanation import Explanation as Explanation
    from typedflow.values._halving import holding as holding
    from typedflow.values._literals import Position as Position
    from typedflow.values._literals import positions_of as positions_of
    from typedflow.values._record import RECORD_VERSION as RECORD_VERSION
    from typedflow.values._record import Origins as Origins
    from typedflow.values._record import Taken as Taken
    from typedflow.values._record import read_sidecar as read_sidecar
    from typedflow.values._secrets import is_declared_public as is_declared_public
    from typedflow.values._secrets import is_masked as is_masked
    from typedflow.values._secrets import masked as masked
    from typedflow.values._secrets import masked_leaves as masked_leaves
    from typedflow.values._secrets import masked_tree as masked_tree
    from typedflow.values._secrets import secret_kind_at as secret_kind_at
    from typedflow.values._secrets import without_secrets as without_secrets
    from typedflow.values._slips import Slip as Slip
    from typedflow.values._slips import slip_of as slip_of
    from typedflow.values._slips import words_of as words_of
    from typedflow.values._trees import change_at as change_at
    from typedflow.values._trees import with_key as with_key
    from typedflow.values._trees import without_path as without_path

__all__ = [
    "RECORD_VERSION",
    "RULES",
    "Access",
    "Diagnostic",
    "Excerpt",
    "Explanation",
    "ExpressionSyntaxError",
    "Fix",
    "KeyPath",
    "KeyPathError",
    "LeafOrigin",
    "Location",
    "Origin",
    "Origins",
    "Position",
    "Related",
    "Report",
    "Rule",
    "Severity",
    "Slip",
    "Source",
    "SourceKind",
    "Span",
    "Step",
    "Taken",
    "TypedflowError",
    "blotted",
    "blotted_in",
    "canonical",
    "change_at",
    "closest",
    "concealed",
    "did_you_mean",
    "escaped",
    "excerpt",
    "excerpt_of",
    "expression_tree",
    "find_rule",
    "format_path",
    "has_item",
    "has_path",
    "hidden",
    "holding",
    "is_declared_public",
    "is_masked",
    "lazily",
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
    "secret_kind_at",
    "slip_of",
    "with_key",
    "without_path",
    "without_secrets",
    "words_of",
]

# Only errors and checks need them, and who asks where values are from.
_BLOTS = {"blotted": "_blots", "blotted_in": "_blots_above", "concealed": "_blots_above"}
_SECRETS = dict.fromkeys(
    (
        *("is_declared_public", "is_masked", "masked", "masked_leaves", "masked_tree"),
        *("secret_kind_at", "without_secrets"),
    ),
    "_secrets",
)
_RECORDS = dict.fromkeys(("Origins", "RECORD_VERSION", "Taken", "read_sidecar"), "_record")
_MENDING = {
    **dict.fromkeys(("Slip", "slip_of", "words_of"), "_slips"),
    **dict.fromkeys(("change_at", "with_key", "without_path"), "_trees"),
    "holding": "_halving",
}
__getattr__ = lazily(
    __name__,
    {
        "Explanation": "_explanation",
        **dict.fromkeys(("Position", "positions_of"), "_literals"),
        **_BLOTS,
        **_SECRETS,
        **_RECORDS,
        **_MENDING,
    },
)

"""The nouns that all packages share: key paths, sources, spans, origins, diagnostics and errors.

Only the standard library is imported here: the mypy plugin and every Metaflow task load this package.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typedflow.values._bisection import keep_valid as keep_valid
    from typedflow.values._canonical import canonical as canonical
    from typedflow.values._cases import DEFAULT_BINDING as DEFAULT_BINDING
    from typedflow.values._cases import Case as Case
    from typedflow.values._column_fit import fits_column_type as fits_column_type
    from typedflow.values._column_types import MAX_DIGITS as MAX_DIGITS
    from typedflow.values._column_types import PLAIN_TYPES as PLAIN_TYPES
    from typedflow.values._column_types import ColumnType as ColumnType
    from typedflow.values._column_types import ColumnTypeError as ColumnTypeError
    from typedflow.values._column_types import parse_column_type as parse_column_type
    from typedflow.values._diagnostics import Diagnostic as Diagnostic
    from typedflow.values._diagnostics import Related as Related
    from typedflow.values._diagnostics import Severity as Severity
    from typedflow.values._diagnostics import reading_order as reading_order
    from typedflow.values._errors import TypedflowError as TypedflowError
    from typedflow.values._explanation import Explanation as Explanation
    from typedflow.values._expressions import Access as Access
    from typedflow.values._expressions import ExpressionSyntaxError as ExpressionSyntaxError
    from typedflow.values._expressions import Step as Step
    from typedflow.values._expressions import expression_tree as expression_tree
    from typedflow.values._expressions import offset_in as offset_in
    from typedflow.values._expressions import parse_expression as parse_expression
    from typedflow.values._fixes import Fix as Fix
    from typedflow.values._literals import Position as Position
    from typedflow.values._literals import positions_of as positions_of
    from typedflow.values._merge_findings import merge_findings as merge_findings
    from typedflow.values._origins import Excerpt as Excerpt
    from typedflow.values._origins import Location as Location
    from typedflow.values._origins import Origin as Origin
    from typedflow.values._origins import Source as Source
    from typedflow.values._origins import SourceKind as SourceKind
    from typedflow.values._origins import Span as Span
    from typedflow.values._origins import Through as Through
    from typedflow.values._origins import excerpt as excerpt
    from typedflow.values._origins import excerpt_of as excerpt_of
    from typedflow.values._origins import format_location as format_location
    from typedflow.values._origins import redact_location as redact_location
    from typedflow.values._paths import KeyPath as KeyPath
    from typedflow.values._paths import KeyPathError as KeyPathError
    from typedflow.values._paths import format_path as format_path
    from typedflow.values._paths import has_item as has_item
    from typedflow.values._paths import has_path as has_path
    from typedflow.values._paths import leaves_of as leaves_of
    from typedflow.values._paths import parse_path as parse_path
    from typedflow.values._printable import escaped as escaped
    from typedflow.values._printable import printable as printable
    from typedflow.values._provenance import LeafOrigin as LeafOrigin
    from typedflow.values._provenance import Provenance as Provenance
    from typedflow.values._provenance import RemovedLeaf as RemovedLeaf
    from typedflow.values._raising_line import raised_at as raised_at
    from typedflow.values._redaction import redact_line as redact_line
    from typedflow.values._redaction_above import redact_line_in as redact_line_in
    from typedflow.values._redaction_above import redact_message as redact_message
    from typedflow.values._report import Environments as Environments
    from typedflow.values._report import Report as Report
    from typedflow.values._rules import RULES as RULES
    from typedflow.values._rules import Rule as Rule
    from typedflow.values._rules import find_rule as find_rule
    from typedflow.values._secrets import is_declared_public as is_declared_public
    from typedflow.values._secrets import is_masked as is_masked
    from typedflow.values._secrets import masked as masked
    from typedflow.values._secrets import masked_leaves as masked_leaves
    from typedflow.values._secrets import masked_tree as masked_tree
    from typedflow.values._secrets import secret_kind_at as secret_kind_at
    from typedflow.values._secrets import without_secrets as without_secrets
    from typedflow.values._settable_fields import MISSING as MISSING
    from typedflow.values._settable_fields import SettableField as SettableField
    from typedflow.values._settable_fields import settable_tree as settable_tree
    from typedflow.values._sidecar import Origins as Origins
    from typedflow.values._sidecar import leaf_data as leaf_data
    from typedflow.values._sidecar import read_sidecar as read_sidecar
    from typedflow.values._sidecar import removed_data as removed_data
    from typedflow.values._sidecar import sidecar_data as sidecar_data
    from typedflow.values._suggestions import closest as closest
    from typedflow.values._suggestions import did_you_mean as did_you_mean
    from typedflow.values._suggestions import listed as listed
    from typedflow.values._tables import TableColumn as TableColumn
    from typedflow.values._tables import TableColumns as TableColumns
    from typedflow.values._trees import change_at as change_at
    from typedflow.values._trees import with_key as with_key
    from typedflow.values._trees import without_keys as without_keys
    from typedflow.values._trees import without_path as without_path
    from typedflow.values._typos import Typo as Typo
    from typedflow.values._typos import find_typo as find_typo
    from typedflow.values._typos import is_near as is_near
    from typedflow.values._typos import split_words as split_words
    from typedflow.values._version import __version__ as __version__
else:
    from typedflow.values._lazy_names import lazy_names

    __getattr__, __dir__, __all__ = lazy_names(__name__)

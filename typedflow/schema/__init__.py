"""Exports JSON Schemas of models, edits editors' settings to use them, and compares models.

Nothing here reads or writes files: schemas and editors' settings are passed as texts.
"""

from typing import TYPE_CHECKING

from typedflow.values import lazily

if TYPE_CHECKING:
    from typedflow.schema._changes import ANY_KEY as ANY_KEY
    from typedflow.schema._changes import Change as Change
    from typedflow.schema._changes import Direction as Direction
    from typedflow.schema._changes import Kind as Kind
    from typedflow.schema._changes import format_change_path as format_change_path
    from typedflow.schema._compare import compare as compare
    from typedflow.schema._compare_mappings import paths_of as paths_of
    from typedflow.schema._contract import Contract as Contract
    from typedflow.schema._contract import contract_of as contract_of
    from typedflow.schema._drift import drift_diagnostic as drift_diagnostic
    from typedflow.schema._drift import find_drift as find_drift
    from typedflow.schema._drift import is_exported as is_exported
    from typedflow.schema._drift import schema_text as schema_text
    from typedflow.schema._drift import schema_texts as schema_texts
    from typedflow.schema._editors import EDITORS as EDITORS
    from typedflow.schema._editors import EditorFile as EditorFile
    from typedflow.schema._export import Draft as Draft
    from typedflow.schema._export import export as export
    from typedflow.schema._schema_lines import schema_named as schema_named
    from typedflow.schema._schema_lines import with_schema_line as with_schema_line
    from typedflow.schema._schema_lines import without_schema_line as without_schema_line
    from typedflow.schema._schema_mapping import SchemaMapping as SchemaMapping

__all__ = [
    "ANY_KEY",
    "EDITORS",
    "Change",
    "Contract",
    "Direction",
    "Draft",
    "EditorFile",
    "Kind",
    "SchemaMapping",
    "compare",
    "contract_of",
    "drift_diagnostic",
    "export",
    "find_drift",
    "format_change_path",
    "is_exported",
    "paths_of",
    "schema_named",
    "schema_text",
    "schema_texts",
    "with_schema_line",
    "without_schema_line",
]

__getattr__ = lazily(
    __name__,
    {
        "ANY_KEY": "_changes",
        "Change": "_changes",
        "Contract": "_contract",
        "Direction": "_changes",
        "Draft": "_export",
        "EDITORS": "_editors",
        "EditorFile": "_editors",
        "Kind": "_changes",
        "SchemaMapping": "_schema_mapping",
        "compare": "_compare",
        "contract_of": "_contract",
        "drift_diagnostic": "_drift",
        "find_drift": "_drift",
        "export": "_export",
        "is_exported": "_drift",
        "paths_of": "_compare_mappings",
        "schema_named": "_schema_lines",
        "schema_text": "_drift",
        "schema_texts": "_drift",
        "format_change_path": "_changes",
        "with_schema_line": "_schema_lines",
        "without_schema_line": "_schema_lines",
    },
)

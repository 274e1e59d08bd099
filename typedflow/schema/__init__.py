"""Exports JSON Schemas of models, edits editors' settings to use them, and compares models.

Nothing here reads or writes files: schemas and editors' settings are passed as texts.
"""

TYPE_CHECKING = False
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
    from typedflow.schema._drift import SchemaFile as SchemaFile
    from typedflow.schema._drift import drift_diagnostic as drift_diagnostic
    from typedflow.schema._drift import find_drift as find_drift
    from typedflow.schema._drift import full_name as full_name
    from typedflow.schema._drift import is_exported as is_exported
    from typedflow.schema._drift import overlay_name as overlay_name
    from typedflow.schema._drift import schema_files as schema_files
    from typedflow.schema._drift import schema_text as schema_text
    from typedflow.schema._drift import schema_texts as schema_texts
    from typedflow.schema._editors import EDITORS as EDITORS
    from typedflow.schema._editors import EditorFile as EditorFile
    from typedflow.schema._export import Draft as Draft
    from typedflow.schema._export import export as export
    from typedflow.schema._field_words import FieldWords as FieldWords
    from typedflow.schema._field_words import field_words as field_words
    from typedflow.schema._outline import outline as outline
    from typedflow.schema._schema_lines import schema_named as schema_named
    from typedflow.schema._schema_lines import with_schema_line as with_schema_line
    from typedflow.schema._schema_lines import without_schema_line as without_schema_line
    from typedflow.schema._schema_mapping import SchemaMapping as SchemaMapping
    from typedflow.schema._section import Part as Part
else:
    from typedflow.values import lazy_names

    __getattr__, __dir__, __all__ = lazy_names(__name__)

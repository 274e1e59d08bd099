"""Projects: the manifest, settings files, bindings and environments.

From a variant to its resolved config (``resolve``) and on to the bytes that a run gets (``compile_config``).
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typedflow.project._binding import BINDING_VARIABLE as BINDING_VARIABLE
    from typedflow.project._binding import named_binding as named_binding
    from typedflow.project._binding import named_binding_of as named_binding_of
    from typedflow.project._compile import Compiled as Compiled
    from typedflow.project._compile import compile_config as compile_config
    from typedflow.project._compile import compiled_source as compiled_source
    from typedflow.project._compile import config_digest as config_digest
    from typedflow.project._compile import has_digest as has_digest
    from typedflow.project._compile import is_compiled as is_compiled
    from typedflow.project._diff_sides import Side as Side
    from typedflow.project._diff_sides import changed_paths as changed_paths
    from typedflow.project._diff_sides import side_of_config as side_of_config
    from typedflow.project._diff_sides import side_of_file as side_of_file
    from typedflow.project._diff_sides import side_of_variant as side_of_variant
    from typedflow.project._engine_keys import EngineKeys as EngineKeys
    from typedflow.project._engine_keys import SqlFiles as SqlFiles
    from typedflow.project._english_words import is_plain as is_plain
    from typedflow.project._environment import ChosenEnvironment as ChosenEnvironment
    from typedflow.project._environment import check_named as check_named
    from typedflow.project._environment import choose_environment as choose_environment
    from typedflow.project._environment import environment_in_name as environment_in_name
    from typedflow.project._environment import named_environment as named_environment
    from typedflow.project._find_unit import find_unit as find_unit
    from typedflow.project._identities import Identities as Identities
    from typedflow.project._ignored_overrides import reject_ignored as reject_ignored
    from typedflow.project._included_files import IncludedFiles as IncludedFiles
    from typedflow.project._kinds import KINDS as KINDS
    from typedflow.project._kinds import Kind as Kind
    from typedflow.project._kinds import SkippedFiles as SkippedFiles
    from typedflow.project._kinds import Unit as Unit
    from typedflow.project._kinds import how_to_declare as how_to_declare
    from typedflow.project._kinds import nouns as nouns
    from typedflow.project._load_model import import_file as import_file
    from typedflow.project._load_model import module_folder as module_folder
    from typedflow.project._load_model import other_model as other_model
    from typedflow.project._lock import LOCK as LOCK
    from typedflow.project._lock import Lock as Lock
    from typedflow.project._lock import lock_text as lock_text
    from typedflow.project._lock import variant_name as variant_name
    from typedflow.project._lock import write_lock as write_lock
    from typedflow.project._manifest import MANIFEST as MANIFEST
    from typedflow.project._manifest import MANIFEST_MODEL as MANIFEST_MODEL
    from typedflow.project._manifest import Check as Check
    from typedflow.project._manifest import Environments as Environments
    from typedflow.project._manifest import Manifest as Manifest
    from typedflow.project._manifest import ManifestError as ManifestError
    from typedflow.project._misnamed_variables import misnamed_for as misnamed_for
    from typedflow.project._misnamed_variables import misnamed_variables as misnamed_variables
    from typedflow.project._misnamed_variables import unread_variables as unread_variables
    from typedflow.project._model_files import ModelFiles as ModelFiles
    from typedflow.project._model_files import files_by_model as files_by_model
    from typedflow.project._models import SETTINGS as SETTINGS
    from typedflow.project._module_folders import aside_name as aside_name
    from typedflow.project._module_folders import enter_folder as enter_folder
    from typedflow.project._module_folders import names_in as names_in
    from typedflow.project._open import find_project as find_project
    from typedflow.project._open import open_project as open_project
    from typedflow.project._options import Override as Override
    from typedflow.project._options import nested as nested
    from typedflow.project._overrides import overrides as overrides
    from typedflow.project._own_modules import OwnModules as OwnModules
    from typedflow.project._project import LoadedProject as LoadedProject
    from typedflow.project._provenance import path_in as path_in
    from typedflow.project._provenance import provenance_of as provenance_of
    from typedflow.project._provenance import tree_of as tree_of
    from typedflow.project._resolve import resolve as resolve
    from typedflow.project._revision import Revision as Revision
    from typedflow.project._revision import revision as revision
    from typedflow.project._same_tables import same_tables as same_tables
    from typedflow.project._schema_edits import editor_edits as editor_edits
    from typedflow.project._schema_edits import schema_before as schema_before
    from typedflow.project._schema_edits import schema_edits as schema_edits
    from typedflow.project._schema_stems import SchemaFiles as SchemaFiles
    from typedflow.project._secret_settings import exposed_secrets as exposed_secrets
    from typedflow.project._secret_settings import masked_settings as masked_settings
    from typedflow.project._sections import project_section_problems as project_section_problems
    from typedflow.project._sections import section_problems as section_problems
    from typedflow.project._settings import ENVIRONMENT as ENVIRONMENT
    from typedflow.project._settings import SettingsFile as SettingsFile
    from typedflow.project._settings import binding_files as binding_files
    from typedflow.project._settings import layer_names as layer_names
    from typedflow.project._settings_schemas import SettingsSchemas as SettingsSchemas
    from typedflow.project._settings_schemas import section_schema as section_schema
    from typedflow.project._shared_findings import secret_value as secret_value
    from typedflow.project._shared_findings import unknown_binding as unknown_binding
    from typedflow.project._sidecar import digest_of as digest_of
    from typedflow.project._sidecar import record_beside as record_beside
    from typedflow.project._sidecar import schema_digest as schema_digest
    from typedflow.project._sidecar import sidecar as sidecar
    from typedflow.project._system_layer import with_system as with_system
    from typedflow.project._table_file import Table as Table
    from typedflow.project._tables import DeclaredTable as DeclaredTable
    from typedflow.project._tables import Tables as Tables
    from typedflow.project._targets import Target as Target
    from typedflow.project._targets import Targets as Targets
    from typedflow.project._targets import targets as targets
    from typedflow.project._unambiguous_fix import is_unambiguous as is_unambiguous
    from typedflow.project._unit_keys import is_name as is_name
    from typedflow.project._unread_files import UnreadFile as UnreadFile
    from typedflow.project._unread_files import listing as listing
    from typedflow.project._unread_files import unread_files as unread_files
    from typedflow.project._variant import Resolved as Resolved
    from typedflow.project._variant import Variant as Variant
    from typedflow.values import canonical as canonical
else:
    from typedflow.values import lazy_names

    __getattr__, __dir__, __all__ = lazy_names(__name__)

"""Models: configs declared with Pydantic, how they merge, and diagnostics for values that do not fit them.

Every task process loads this package, so what only the launcher needs (plans, validation, layers) is imported on
first use.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typedflow.models._accepted_text import AcceptedText as AcceptedText
    from typedflow.models._accepted_text import accepted_key as accepted_key
    from typedflow.models._accepted_text import accepted_value as accepted_value
    from typedflow.models._compat import decorators_of as decorators_of
    from typedflow.models._compat import is_root_model as is_root_model
    from typedflow.models._compat import own_fields as own_fields
    from typedflow.models._complete import is_complete as is_complete
    from typedflow.models._declarations import declared_at as declared_at
    from typedflow.models._declarations import field_location as field_location
    from typedflow.models._default_fields import default_field as default_field
    from typedflow.models._docstrings import describe as describe
    from typedflow.models._file_values import file_values as file_values
    from typedflow.models._file_values import with_file_keys as with_file_keys
    from typedflow.models._foreign_keys import has_key as has_key
    from typedflow.models._foreign_keys import unaccepted_keys as unaccepted_keys
    from typedflow.models._ignored_keys import ignored_keys as ignored_keys
    from typedflow.models._ignored_path import find_ignored_key as find_ignored_key
    from typedflow.models._masking import masked_paths as masked_paths
    from typedflow.models._match_keys import AmbiguousKeyError as AmbiguousKeyError
    from typedflow.models._match_keys import NewKeyError as NewKeyError
    from typedflow.models._match_keys import match_keys as match_keys
    from typedflow.models._migration import migration as migration
    from typedflow.models._migration import migrations_of as migrations_of
    from typedflow.models._model import ConfigModel as ConfigModel
    from typedflow.models._own_code import fields_with_code as fields_with_code
    from typedflow.models._own_code import has_code as has_code
    from typedflow.models._own_code import reads_mapping as reads_mapping
    from typedflow.models._partial_model import partial_model as partial_model
    from typedflow.models._persistence import dump as dump
    from typedflow.models._persistence import restore as restore
    from typedflow.models._plan import plan_of as plan_of
    from typedflow.models._problems import model_problems as model_problems
    from typedflow.models._read_layers import read_layers as read_layers
    from typedflow.models._run_tables import RunColumn as RunColumn
    from typedflow.models._run_tables import RunEngine as RunEngine
    from typedflow.models._run_tables import RunTable as RunTable
    from typedflow.models._run_tables import RunTables as RunTables
    from typedflow.models._shared_findings import invalid_value as invalid_value
    from typedflow.models._shared_findings import missing_key as missing_key
    from typedflow.models._shared_findings import model_not_found as model_not_found
    from typedflow.models._shared_findings import reserved_field as reserved_field
    from typedflow.models._shared_findings import system_field as system_field
    from typedflow.models._stored_config import StoredConfig as StoredConfig
    from typedflow.models._system import SystemSettings as SystemSettings
    from typedflow.models._system_fields import is_system as is_system
    from typedflow.models._system_fields import system_fields as system_fields
    from typedflow.models._system_fields import without_system as without_system
    from typedflow.models._template import Template as Template
    from typedflow.models._types import annotation_of as annotation_of
    from typedflow.models._types import child_types as child_types
    from typedflow.models._types import choices_of as choices_of
    from typedflow.models._types import config_of as config_of
    from typedflow.models._types import extra_of as extra_of
    from typedflow.models._types import field_of as field_of
    from typedflow.models._types import fields_of as fields_of
    from typedflow.models._types import inner_members as inner_members
    from typedflow.models._types import keeps_others as keeps_others
    from typedflow.models._types import keys_in as keys_in
    from typedflow.models._types import keys_of as keys_of
    from typedflow.models._types import models_at as models_at
    from typedflow.models._types import models_in as models_in
    from typedflow.models._types import path_in_tree as path_in_tree
    from typedflow.models._types import tag_values as tag_values
    from typedflow.models._types import types_within as types_within
    from typedflow.models._unknown_keys import OtherModels as OtherModels
    from typedflow.models._unpickle import load_config as load_config
    from typedflow.models._validate import validate as validate
else:
    from typedflow.values import lazy_names

    __getattr__, __dir__, __all__ = lazy_names(__name__)

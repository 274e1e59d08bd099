"""Projects: the manifest, settings files, bindings and environments; the only room that reads and writes files.

From a variant to its resolved config (``resolve``) and on to the bytes that a run gets (``compile_config``).
"""

from typing import TYPE_CHECKING

from typedflow.project._apart import ask_apart
from typedflow.project._binding import BINDING_VARIABLE, named_binding, named_binding_of
from typedflow.project._certain import is_certain
from typedflow.project._compile import (
    Compiled,
    compile_config,
    compiled_source,
    has_digest,
    identity,
    is_compiled,
)
from typedflow.project._digests import digest, environment_digest, file_digest, installed_digest
from typedflow.project._english import is_plain
from typedflow.project._environment import (
    ChosenEnvironment,
    check_named,
    choose_environment,
    environment_in_name,
    named_environment,
)
from typedflow.project._files import (
    display_name,
    drafts,
    files_in,
    first_existing,
    from_here,
    ignored_directory,
    is_there,
    read_source,
    write_all,
    write_atomically,
)
from typedflow.project._ignored import refuse_ignored
from typedflow.project._load import import_file
from typedflow.project._manifest import MANIFEST, Check, Environments, Manifest, ManifestError, Unit
from typedflow.project._misnamed import misnamed_for, misnamed_variables, unread_variables
from typedflow.project._origins import Setting, path_in, settings_of, tree_of
from typedflow.project._paths import is_file, is_folder, is_text, real_path
from typedflow.project._process import listen_to_variables, set_variable, terminal, variable, working_directory
from typedflow.project._project import DEFAULT_BINDING, Project, open_project
from typedflow.project._reading import read_bytes
from typedflow.project._resolve import Resolved, Variant, overrides, resolve
from typedflow.project._revision import Revision, revision
from typedflow.project._shipped import stubs_folder
from typedflow.project._sidecar import digest_of, record_beside, schema_digest, sidecar
from typedflow.project._targets import Target, Targets, targets
from typedflow.project._temporary import remove_leftovers
from typedflow.project._trees import read_tree, write_tree
from typedflow.project._unread_files import UnreadFile, unread_files
from typedflow.values import canonical, lazily

if TYPE_CHECKING:
    from typedflow.project._deployments import Deployment as Deployment
    from typedflow.project._deployments import DeploymentFiles as DeploymentFiles
    from typedflow.project._deployments import alone as alone
    from typedflow.project._deployments import code_digest as code_digest
    from typedflow.project._deployments import deployment_files as deployment_files
    from typedflow.project._deployments import deployments as deployments
    from typedflow.project._deployments import file_text as file_text
    from typedflow.project._deployments import keep as keep
    from typedflow.project._deployments import kept as kept
    from typedflow.project._deployments import now as now
    from typedflow.project._deployments import open_log as open_log
    from typedflow.project._deployments import remove_file as remove_file
    from typedflow.project._edits import Edit as Edit
    from typedflow.project._edits import apply_edits as apply_edits
    from typedflow.project._edits import exact_text as exact_text
    from typedflow.project._explanations import explanations as explanations
    from typedflow.project._explanations import explanations_introduction as explanations_introduction
    from typedflow.project._lock import LOCK as LOCK
    from typedflow.project._lock import Lock as Lock
    from typedflow.project._lock import lock_text as lock_text
    from typedflow.project._lock import variant_name as variant_name
    from typedflow.project._lock import write_lock as write_lock
    from typedflow.project._modules import make_module as make_module
    from typedflow.project._secrecy import masked_settings as masked_settings
    from typedflow.project._secrecy import refusals as refusals
    from typedflow.project._sides import Side as Side
    from typedflow.project._sides import changed as changed
    from typedflow.project._sides import side_of_config as side_of_config
    from typedflow.project._sides import side_of_file as side_of_file
    from typedflow.project._sides import side_of_variant as side_of_variant
    from typedflow.project._wiring import SchemaFiles as SchemaFiles
    from typedflow.project._wiring import editor_edits as editor_edits
    from typedflow.project._wiring import schema_before as schema_before
    from typedflow.project._wiring import schema_edits as schema_edits

__all__ = [
    "BINDING_VARIABLE",
    "DEFAULT_BINDING",
    "LOCK",
    "MANIFEST",
    "Check",
    "ChosenEnvironment",
    "Compiled",
    "Deployment",
    "DeploymentFiles",
    "Edit",
    "Environments",
    "Lock",
    "Manifest",
    "ManifestError",
    "Project",
    "Resolved",
    "Revision",
    "SchemaFiles",
    "Setting",
    "Side",
    "Target",
    "Targets",
    "Unit",
    "UnreadFile",
    "Variant",
    "alone",
    "apply_edits",
    "ask_apart",
    "canonical",
    "changed",
    "check_named",
    "choose_environment",
    "code_digest",
    "compile_config",
    "compiled_source",
    "deployment_files",
    "deployments",
    "digest",
    "digest_of",
    "display_name",
    "drafts",
    "editor_edits",
    "environment_digest",
    "environment_in_name",
    "exact_text",
    "explanations",
    "explanations_introduction",
    "file_digest",
    "file_text",
    "files_in",
    "first_existing",
    "from_here",
    "has_digest",
    "identity",
    "ignored_directory",
    "import_file",
    "installed_digest",
    "is_certain",
    "is_compiled",
    "is_file",
    "is_folder",
    "is_plain",
    "is_text",
    "is_there",
    "keep",
    "kept",
    "listen_to_variables",
    "lock_text",
    "make_module",
    "masked_settings",
    "misnamed_for",
    "misnamed_variables",
    "named_binding",
    "named_binding_of",
    "named_environment",
    "now",
    "open_log",
    "open_project",
    "overrides",
    "path_in",
    "read_bytes",
    "read_source",
    "read_tree",
    "real_path",
    "record_beside",
    "refusals",
    "refuse_ignored",
    "remove_file",
    "remove_leftovers",
    "resolve",
    "revision",
    "schema_before",
    "schema_digest",
    "schema_edits",
    "set_variable",
    "settings_of",
    "side_of_config",
    "side_of_file",
    "side_of_variant",
    "sidecar",
    "stubs_folder",
    "targets",
    "terminal",
    "tree_of",
    "unread_files",
    "unread_variables",
    "variable",
    "variant_name",
    "working_directory",
    "write_all",
    "write_atomically",
    "write_lock",
    "write_tree",
]

# Only what writes for editors, or compares, needs them.
__getattr__ = lazily(
    __name__,
    {
        "Deployment": "_deployments",
        "DeploymentFiles": "_deployments",
        "Edit": "_edits",
        "LOCK": "_lock",
        "Lock": "_lock",
        "SchemaFiles": "_wiring",
        "Side": "_sides",
        "alone": "_deployments",
        "apply_edits": "_edits",
        "changed": "_sides",
        "code_digest": "_deployments",
        "deployment_files": "_deployments",
        "deployments": "_deployments",
        "editor_edits": "_wiring",
        "exact_text": "_edits",
        "explanations": "_explanations",
        "explanations_introduction": "_explanations",
        "file_text": "_deployments",
        "keep": "_deployments",
        "kept": "_deployments",
        "lock_text": "_lock",
        "masked_settings": "_secrecy",
        "make_module": "_modules",
        "now": "_deployments",
        "open_log": "_deployments",
        "refusals": "_secrecy",
        "remove_file": "_deployments",
        "schema_before": "_wiring",
        "schema_edits": "_wiring",
        "side_of_config": "_sides",
        "side_of_file": "_sides",
        "side_of_variant": "_sides",
        "variant_name": "_lock",
        "write_lock": "_lock",
    },
)

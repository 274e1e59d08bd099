"""Projects: the manifest, settings files, bindings and environments.

From a variant to its resolved config (``resolve``) and on to the bytes that a run gets (``compile_config``).
"""

from typing import TYPE_CHECKING

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
from typedflow.project._english import is_plain
from typedflow.project._environment import (
    ChosenEnvironment,
    check_named,
    choose_environment,
    environment_in_name,
    named_environment,
)
from typedflow.project._ignored import refuse_ignored
from typedflow.project._load import import_file
from typedflow.project._manifest import MANIFEST, Check, Environments, Manifest, ManifestError, Unit
from typedflow.project._misnamed import misnamed_for, misnamed_variables, unread_variables
from typedflow.project._project import DEFAULT_BINDING, Project, open_project
from typedflow.project._provenance import path_in, provenance_of, tree_of
from typedflow.project._resolve import Resolved, Variant, overrides, resolve
from typedflow.project._revision import Revision, revision
from typedflow.project._sidecar import digest_of, record_beside, schema_digest, sidecar
from typedflow.project._targets import Target, Targets, targets
from typedflow.project._unread_files import UnreadFile, unread_files
from typedflow.values import canonical, lazily

if TYPE_CHECKING:
    from typedflow.project._deployments import Deployment as Deployment
    from typedflow.project._deployments import DeploymentFiles as DeploymentFiles
    from typedflow.project._deployments import deployment_files as deployment_files
    from typedflow.project._deployments import deployments as deployments
    from typedflow.project._deployments import keep as keep
    from typedflow.project._deployments import kept as kept
    from typedflow.project._lock import LOCK as LOCK
    from typedflow.project._lock import Lock as Lock
    from typedflow.project._lock import lock_text as lock_text
    from typedflow.project._lock import variant_name as variant_name
    from typedflow.project._lock import write_lock as write_lock
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
    "Environments",
    "Lock",
    "Manifest",
    "ManifestError",
    "Project",
    "Resolved",
    "Revision",
    "SchemaFiles",
    "Side",
    "Target",
    "Targets",
    "Unit",
    "UnreadFile",
    "Variant",
    "canonical",
    "changed",
    "check_named",
    "choose_environment",
    "compile_config",
    "compiled_source",
    "deployment_files",
    "deployments",
    "digest_of",
    "editor_edits",
    "environment_in_name",
    "has_digest",
    "identity",
    "import_file",
    "is_certain",
    "is_compiled",
    "is_plain",
    "keep",
    "kept",
    "lock_text",
    "masked_settings",
    "misnamed_for",
    "misnamed_variables",
    "named_binding",
    "named_binding_of",
    "named_environment",
    "open_project",
    "overrides",
    "path_in",
    "provenance_of",
    "record_beside",
    "refusals",
    "refuse_ignored",
    "resolve",
    "revision",
    "schema_before",
    "schema_digest",
    "schema_edits",
    "side_of_config",
    "side_of_file",
    "side_of_variant",
    "sidecar",
    "targets",
    "tree_of",
    "unread_files",
    "unread_variables",
    "variant_name",
    "write_lock",
]

# Only what writes for editors, or compares, needs them.
__getattr__ = lazily(
    __name__,
    {
        "Deployment": "_deployments",
        "DeploymentFiles": "_deployments",
        "LOCK": "_lock",
        "Lock": "_lock",
        "SchemaFiles": "_wiring",
        "Side": "_sides",
        "changed": "_sides",
        "deployment_files": "_deployments",
        "deployments": "_deployments",
        "editor_edits": "_wiring",
        "keep": "_deployments",
        "kept": "_deployments",
        "lock_text": "_lock",
        "masked_settings": "_secrecy",
        "refusals": "_secrecy",
        "schema_before": "_wiring",
        "schema_edits": "_wiring",
        "side_of_config": "_sides",
        "side_of_file": "_sides",
        "side_of_variant": "_sides",
        "variant_name": "_lock",
        "write_lock": "_lock",
    },
)

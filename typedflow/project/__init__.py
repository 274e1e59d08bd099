"""Projects: the manifest, settings files, bindings and environments; the only room that reads and writes files.

From a variant to its resolved config (``resolve``) and on to the bytes that a run gets (``compile_config``).
"""

from typing import TYPE_CHECKING

from typedflow.project._apart import ask_apart
from typedflow.project._compile import (
    Compiled,
    compile_config,
    compiled_source,
    identity,
    is_compiled,
)
from typedflow.project._digests import digest, environment_digest, file_digest, installed_digest
from typedflow.project._files import (
    display_name,
    files_in,
    first_existing,
    ignored_directory,
    is_there,
    read_source,
    write_all,
    write_atomically,
)
from typedflow.project._load import import_file
from typedflow.project._manifest import MANIFEST, Check, Environments, Manifest, Unit
from typedflow.project._options import option_layer
from typedflow.project._origins import Setting, settings_of, tree_of
from typedflow.project._process import terminal, variable, working_directory
from typedflow.project._project import DEFAULT_BINDING, Project, open_project
from typedflow.project._resolve import Resolved, Variant, overrides, resolve
from typedflow.project._revision import Revision, revision
from typedflow.project._shipped import stubs_folder
from typedflow.project._sidecar import digest_of, record_beside, schema_digest, sidecar
from typedflow.project._targets import Target, targets
from typedflow.project._trees import read_tree, write_tree
from typedflow.values import canonical, lazily

if TYPE_CHECKING:
    from typedflow.project._edits import Edit as Edit
    from typedflow.project._edits import apply_edits as apply_edits
    from typedflow.project._edits import exact_text as exact_text
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
    "DEFAULT_BINDING",
    "MANIFEST",
    "Check",
    "Compiled",
    "Edit",
    "Environments",
    "Manifest",
    "Project",
    "Resolved",
    "Revision",
    "SchemaFiles",
    "Setting",
    "Side",
    "Target",
    "Unit",
    "Variant",
    "apply_edits",
    "ask_apart",
    "canonical",
    "changed",
    "compile_config",
    "compiled_source",
    "digest",
    "digest_of",
    "display_name",
    "editor_edits",
    "environment_digest",
    "exact_text",
    "file_digest",
    "files_in",
    "first_existing",
    "identity",
    "ignored_directory",
    "import_file",
    "installed_digest",
    "is_compiled",
    "is_there",
    "open_project",
    "option_layer",
    "overrides",
    "read_source",
    "read_tree",
    "record_beside",
    "resolve",
    "revision",
    "schema_before",
    "schema_digest",
    "schema_edits",
    "settings_of",
    "side_of_config",
    "side_of_file",
    "side_of_variant",
    "sidecar",
    "stubs_folder",
    "targets",
    "terminal",
    "tree_of",
    "variable",
    "working_directory",
    "write_all",
    "write_atomically",
    "write_tree",
]

# Only what writes for editors, or compares, needs them.
__getattr__ = lazily(
    __name__,
    {
        "Edit": "_edits",
        "SchemaFiles": "_wiring",
        "Side": "_sides",
        "apply_edits": "_edits",
        "changed": "_sides",
        "editor_edits": "_wiring",
        "exact_text": "_edits",
        "schema_before": "_wiring",
        "schema_edits": "_wiring",
        "side_of_config": "_sides",
        "side_of_file": "_sides",
        "side_of_variant": "_sides",
    },
)

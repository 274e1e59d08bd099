"""The process's surroundings: files, environment variables, git, the clock, temporary files, locks, child processes.

Effects are here: no other package reads or writes a file, or looks at a variable, on its own.
"""

from typing import TYPE_CHECKING

from typedflow.values import lazily

if TYPE_CHECKING:
    from typedflow.workspace._checked_out import CheckedOut as CheckedOut
    from typedflow.workspace._checked_out import checked_out as checked_out
    from typedflow.workspace._child_process import ChildEndedError as ChildEndedError
    from typedflow.workspace._child_process import ChildProcess as ChildProcess
    from typedflow.workspace._child_process import ChildTimeoutError as ChildTimeoutError
    from typedflow.workspace._child_process import ask_child as ask_child
    from typedflow.workspace._child_side import tell_parent as tell_parent
    from typedflow.workspace._clock import monotonic as monotonic
    from typedflow.workspace._clock import utc_now as utc_now
    from typedflow.workspace._commands import run_command as run_command
    from typedflow.workspace._digests import code_digest as code_digest
    from typedflow.workspace._digests import digest as digest
    from typedflow.workspace._digests import environment_digest as environment_digest
    from typedflow.workspace._digests import file_digest as file_digest
    from typedflow.workspace._digests import installed_digest as installed_digest
    from typedflow.workspace._edits import Edit as Edit
    from typedflow.workspace._edits import apply_edits as apply_edits
    from typedflow.workspace._edits import exact_text as exact_text
    from typedflow.workspace._environment_variables import command_line as command_line
    from typedflow.workspace._environment_variables import environment_variables as environment_variables
    from typedflow.workspace._environment_variables import listen_to_variables as listen_to_variables
    from typedflow.workspace._environment_variables import set_command_line as set_command_line
    from typedflow.workspace._environment_variables import set_variable as set_variable
    from typedflow.workspace._environment_variables import terminal as terminal
    from typedflow.workspace._environment_variables import variable as variable
    from typedflow.workspace._environment_variables import working_directory as working_directory
    from typedflow.workspace._file_trees import read_tree as read_tree
    from typedflow.workspace._file_trees import write_tree as write_tree
    from typedflow.workspace._files import display_name as display_name
    from typedflow.workspace._files import drafts as drafts
    from typedflow.workspace._files import entries_in as entries_in
    from typedflow.workspace._files import file_text as file_text
    from typedflow.workspace._files import files_in as files_in
    from typedflow.workspace._files import first_existing as first_existing
    from typedflow.workspace._files import from_here as from_here
    from typedflow.workspace._files import ignored_directory as ignored_directory
    from typedflow.workspace._files import is_there as is_there
    from typedflow.workspace._files import open_log as open_log
    from typedflow.workspace._files import read_source as read_source
    from typedflow.workspace._files import remove_file as remove_file
    from typedflow.workspace._files import set_drafts as set_drafts
    from typedflow.workspace._files import write_all as write_all
    from typedflow.workspace._files import write_atomically as write_atomically
    from typedflow.workspace._git_revision import revision_files as revision_files
    from typedflow.workspace._locks import exclusive_lock as exclusive_lock
    from typedflow.workspace._modules import make_module as make_module
    from typedflow.workspace._packaged_files import stubs_folder as stubs_folder
    from typedflow.workspace._paths import as_text as as_text
    from typedflow.workspace._paths import is_file as is_file
    from typedflow.workspace._paths import is_folder as is_folder
    from typedflow.workspace._paths import is_text as is_text
    from typedflow.workspace._paths import real_path as real_path
    from typedflow.workspace._reading import read_bytes as read_bytes
    from typedflow.workspace._temporary import remove_leftovers as remove_leftovers
    from typedflow.workspace._temporary import temporary_folder as temporary_folder
    from typedflow.workspace._time_limit import TimeLimitError as TimeLimitError
    from typedflow.workspace._time_limit import restart_time_limit as restart_time_limit
    from typedflow.workspace._time_limit import time_limit as time_limit

__all__ = [
    "CheckedOut",
    "ChildEndedError",
    "ChildProcess",
    "ChildTimeoutError",
    "Edit",
    "TimeLimitError",
    "apply_edits",
    "as_text",
    "ask_child",
    "checked_out",
    "code_digest",
    "command_line",
    "digest",
    "display_name",
    "drafts",
    "entries_in",
    "environment_digest",
    "environment_variables",
    "exact_text",
    "exclusive_lock",
    "file_digest",
    "file_text",
    "files_in",
    "first_existing",
    "from_here",
    "ignored_directory",
    "installed_digest",
    "is_file",
    "is_folder",
    "is_text",
    "is_there",
    "listen_to_variables",
    "make_module",
    "monotonic",
    "open_log",
    "read_bytes",
    "read_source",
    "read_tree",
    "real_path",
    "remove_file",
    "remove_leftovers",
    "restart_time_limit",
    "revision_files",
    "run_command",
    "set_command_line",
    "set_drafts",
    "set_variable",
    "stubs_folder",
    "tell_parent",
    "temporary_folder",
    "terminal",
    "time_limit",
    "utc_now",
    "variable",
    "working_directory",
    "write_all",
    "write_atomically",
    "write_tree",
]

__getattr__ = lazily(
    __name__,
    {
        "CheckedOut": "_checked_out",
        "ChildEndedError": "_child_process",
        "ChildProcess": "_child_process",
        "ChildTimeoutError": "_child_process",
        "Edit": "_edits",
        "TimeLimitError": "_time_limit",
        "apply_edits": "_edits",
        "as_text": "_paths",
        "ask_child": "_child_process",
        "checked_out": "_checked_out",
        "code_digest": "_digests",
        "command_line": "_environment_variables",
        "digest": "_digests",
        "display_name": "_files",
        "drafts": "_files",
        "entries_in": "_files",
        "environment_digest": "_digests",
        "environment_variables": "_environment_variables",
        "exact_text": "_edits",
        "exclusive_lock": "_locks",
        "file_digest": "_digests",
        "file_text": "_files",
        "files_in": "_files",
        "first_existing": "_files",
        "from_here": "_files",
        "ignored_directory": "_files",
        "installed_digest": "_digests",
        "is_file": "_paths",
        "is_folder": "_paths",
        "is_text": "_paths",
        "is_there": "_files",
        "listen_to_variables": "_environment_variables",
        "make_module": "_modules",
        "monotonic": "_clock",
        "open_log": "_files",
        "read_bytes": "_reading",
        "read_source": "_files",
        "read_tree": "_file_trees",
        "real_path": "_paths",
        "remove_file": "_files",
        "remove_leftovers": "_temporary",
        "restart_time_limit": "_time_limit",
        "revision_files": "_git_revision",
        "run_command": "_commands",
        "set_command_line": "_environment_variables",
        "set_drafts": "_files",
        "set_variable": "_environment_variables",
        "stubs_folder": "_packaged_files",
        "tell_parent": "_child_side",
        "temporary_folder": "_temporary",
        "terminal": "_environment_variables",
        "time_limit": "_time_limit",
        "utc_now": "_clock",
        "variable": "_environment_variables",
        "working_directory": "_environment_variables",
        "write_all": "_files",
        "write_atomically": "_files",
        "write_tree": "_file_trees",
    },
)

"""The process's surroundings: files, environment variables, git, the clock, temporary files, locks, child processes.

Other packages read and write files and environment variables only through this one.
"""

TYPE_CHECKING = False
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
    from typedflow.workspace._files import modules_in as modules_in
    from typedflow.workspace._files import read_source as read_source
    from typedflow.workspace._files import set_drafts as set_drafts
    from typedflow.workspace._folder_search import search_folders as search_folders
    from typedflow.workspace._git_facts import GitFacts as GitFacts
    from typedflow.workspace._git_facts import git_facts as git_facts
    from typedflow.workspace._git_revision import revision_files as revision_files
    from typedflow.workspace._globs import glob_folder as glob_folder
    from typedflow.workspace._globs import is_glob as is_glob
    from typedflow.workspace._globs import matching_files as matching_files
    from typedflow.workspace._locks import exclusive_lock as exclusive_lock
    from typedflow.workspace._log_lines import LogLines as LogLines
    from typedflow.workspace._logged_process import LoggedProcess as LoggedProcess
    from typedflow.workspace._modules import make_module as make_module
    from typedflow.workspace._packaged_files import explanations as explanations
    from typedflow.workspace._packaged_files import explanations_introduction as explanations_introduction
    from typedflow.workspace._packaged_files import stubs_folder as stubs_folder
    from typedflow.workspace._paths import as_text as as_text
    from typedflow.workspace._paths import is_file as is_file
    from typedflow.workspace._paths import is_folder as is_folder
    from typedflow.workspace._paths import is_text as is_text
    from typedflow.workspace._paths import is_there as is_there
    from typedflow.workspace._paths import real_path as real_path
    from typedflow.workspace._reading import read_bytes as read_bytes
    from typedflow.workspace._shared_findings import bad_option as bad_option
    from typedflow.workspace._shared_findings import import_failed as import_failed
    from typedflow.workspace._shared_findings import import_timeout as import_timeout
    from typedflow.workspace._shared_findings import missing_file as missing_file
    from typedflow.workspace._shared_findings import unwritable_file as unwritable_file
    from typedflow.workspace._signals import StopRequests as StopRequests
    from typedflow.workspace._signals import handling as handling
    from typedflow.workspace._signals import stop_requests as stop_requests
    from typedflow.workspace._temporary import remove_leftovers as remove_leftovers
    from typedflow.workspace._temporary import temporary_folder as temporary_folder
    from typedflow.workspace._time_limit import TimeLimitError as TimeLimitError
    from typedflow.workspace._time_limit import restart_time_limit as restart_time_limit
    from typedflow.workspace._time_limit import time_limit as time_limit
    from typedflow.workspace._writing import ignored_directory as ignored_directory
    from typedflow.workspace._writing import new_folder as new_folder
    from typedflow.workspace._writing import open_log as open_log
    from typedflow.workspace._writing import remove_file as remove_file
    from typedflow.workspace._writing import write_all as write_all
    from typedflow.workspace._writing import write_atomically as write_atomically
else:
    from typedflow.values import lazy_names

    __getattr__, __dir__, __all__ = lazy_names(__name__)

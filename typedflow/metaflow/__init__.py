"""The integration with Metaflow: Config, expressions, the settings mixin, launching.

Every task process loads this package, so what only the launcher needs (parsing, layers, projects) is imported on use.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typedflow.metaflow._any_namespace import any_namespace as any_namespace
    from typedflow.metaflow._artifacts import StoredPart as StoredPart
    from typedflow.metaflow._artifacts import stored_parts as stored_parts
    from typedflow.metaflow._check_flow import FlowChecker as FlowChecker
    from typedflow.metaflow._check_flow import check_flow as check_flow
    from typedflow.metaflow._config import Config as Config
    from typedflow.metaflow._config_source import given_config as given_config
    from typedflow.metaflow._config_table import config_table as config_table
    from typedflow.metaflow._config_value import config_value as config_value
    from typedflow.metaflow._create_deployment import create_deployment as create_deployment
    from typedflow.metaflow._create_deployment import deployment_template as deployment_template
    from typedflow.metaflow._create_deployment import last_words as last_words
    from typedflow.metaflow._deploy import TARGETS as TARGETS
    from typedflow.metaflow._deploy import DeploymentName as DeploymentName
    from typedflow.metaflow._deploy import deploy_command as deploy_command
    from typedflow.metaflow._deploy import deployment_name as deployment_name
    from typedflow.metaflow._expressions import config_expr as config_expr
    from typedflow.metaflow._expressions import ref as ref
    from typedflow.metaflow._flow_inspector import AskedFlow as AskedFlow
    from typedflow.metaflow._flow_inspector import asked_flow as asked_flow
    from typedflow.metaflow._flows import DeclaredFacts as DeclaredFacts
    from typedflow.metaflow._flows import configs_of as configs_of
    from typedflow.metaflow._flows import file_of_flow as file_of_flow
    from typedflow.metaflow._flows import flows_in as flows_in
    from typedflow.metaflow._flows import has_project as has_project
    from typedflow.metaflow._flows import import_flow as import_flow
    from typedflow.metaflow._flows import is_flow as is_flow
    from typedflow.metaflow._flows import outermost_flows as outermost_flows
    from typedflow.metaflow._history import PastRun as PastRun
    from typedflow.metaflow._history import UnreadableError as UnreadableError
    from typedflow.metaflow._history import datastore_above as datastore_above
    from typedflow.metaflow._history import history as history
    from typedflow.metaflow._launch import command as command
    from typedflow.metaflow._launch import environ_of as environ_of
    from typedflow.metaflow._launch import launch as launch
    from typedflow.metaflow._launch_state import defaults_read as defaults_read
    from typedflow.metaflow._load import load as load
    from typedflow.metaflow._made_config import MadeConfig as MadeConfig
    from typedflow.metaflow._made_config import MadeText as MadeText
    from typedflow.metaflow._mixin import SettingsMixin as SettingsMixin
    from typedflow.metaflow._read_origins import known_origins as known_origins
    from typedflow.metaflow._read_origins import origins as origins
    from typedflow.metaflow._read_tables import tables as tables
    from typedflow.metaflow._run_output import RunOutput as RunOutput
    from typedflow.metaflow._run_output import attribute_option as attribute_option
    from typedflow.metaflow._run_output import read_pathspec as read_pathspec
    from typedflow.metaflow._run_output import tags_in as tags_in
    from typedflow.metaflow._run_output import why_alone as why_alone
    from typedflow.metaflow._shared_findings import deployment_failed as deployment_failed
    from typedflow.metaflow._shared_findings import expression_failed as expression_failed
    from typedflow.metaflow._shared_findings import other_model as other_model
    from typedflow.metaflow._shared_findings import unknown_config as unknown_config
    from typedflow.metaflow._shared_findings import unknown_name as unknown_name
else:
    from typedflow.values import lazy_names

    __getattr__, __dir__, __all__ = lazy_names(__name__)

# Made by typedflow's stubs/generate.py from metaflow-stubs (Apache-2.0) and patches: do not edit.
import typing

from . import pypi as pypi
from . import aws as aws
from . import datatools as datatools
from . import argo as argo
from . import cards as cards
from . import events_decorator as events_decorator
from . import package_sources as package_sources
from . import parsers as parsers
from . import namespaced_events as namespaced_events
from .cards.card_modules.basic import BlankCard as BlankCard
from .cards.card_modules.basic import DefaultCard as DefaultCard
from .cards.card_modules.basic import DefaultCardJSON as DefaultCardJSON
from .cards.card_modules.basic import ErrorCard as ErrorCard
from .cards.card_modules.basic import TaskSpecCard as TaskSpecCard

CLIS_DESC: list[typing.Any]
TRAMPOLINE_CLIS_DESC: list[typing.Any]
RUNNER_CLIS_DESC: list[typing.Any]
STEP_DECORATORS_DESC: list[typing.Any]
FLOW_DECORATORS_DESC: list[typing.Any]
ENVIRONMENTS_DESC: list[typing.Any]
METADATA_PROVIDERS_DESC: list[typing.Any]
DATASTORES_DESC: list[typing.Any]
DATACLIENTS_DESC: list[typing.Any]
SIDECARS_DESC: list[typing.Any]
LOGGING_SIDECARS_DESC: list[typing.Any]
MONITOR_SIDECARS_DESC: list[typing.Any]
AWS_CLIENT_PROVIDERS_DESC: list[typing.Any]
SENSOR_FLOW_DECORATORS: list[typing.Any]
SECRETS_PROVIDERS_DESC: list[typing.Any]
GCP_CLIENT_PROVIDERS_DESC: list[typing.Any]
AZURE_CLIENT_PROVIDERS_DESC: list[typing.Any]
DEPLOYER_IMPL_PROVIDERS_DESC: list[typing.Any]
TL_PLUGINS_DESC: list[typing.Any]
ARTIFACT_SERIALIZERS_DESC: list[typing.Any]

def get_plugin_cli() -> typing.Any: ...
def get_plugin_cli_path() -> typing.Any: ...
def get_runner_cli() -> typing.Any: ...
def get_runner_cli_path() -> typing.Any: ...

STEP_DECORATORS: list[typing.Any]
FLOW_DECORATORS: list[typing.Any]
ENVIRONMENTS: list[typing.Any]
METADATA_PROVIDERS: list[typing.Any]
DATASTORES: list[typing.Any]
DATACLIENTS: list[typing.Any]
SIDECARS: dict[typing.Any, typing.Any]
LOGGING_SIDECARS: dict[typing.Any, typing.Any]
MONITOR_SIDECARS: dict[typing.Any, typing.Any]
AWS_CLIENT_PROVIDERS: list[typing.Any]
SECRETS_PROVIDERS: list[typing.Any]
AZURE_CLIENT_PROVIDERS: list[typing.Any]
GCP_CLIENT_PROVIDERS: list[typing.Any]
DEPLOYER_IMPL_PROVIDERS: list[typing.Any]
TL_PLUGINS: dict[typing.Any, typing.Any]
MF_EXTERNAL_CARDS: list[typing.Any]
CARDS: list[typing.Any]

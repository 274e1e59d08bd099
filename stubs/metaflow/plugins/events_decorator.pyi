# Made by typedflow's stubs/generate.py from metaflow-stubs (Apache-2.0) and patches: do not edit.
import metaflow.decorators
import typing

from ..metaflow_current import current as current
from ..exception import MetaflowException as MetaflowException
from ..parameters import DeployTimeField as DeployTimeField
from ..parameters import deploy_time_eval as deploy_time_eval
from ..parameters import ParameterContext as ParameterContext

class TriggerDecorator(metaflow.decorators.FlowDecorator):
    def process_event(self, event: typing.Any) -> typing.Any: ...
    def process_parameters(self, parameters: typing.Any, event_name: typing.Any) -> typing.Any: ...
    def flow_init(
        self,
        flow_name: typing.Any,
        graph: typing.Any,
        environment: typing.Any,
        flow_datastore: typing.Any,
        metadata: typing.Any,
        logger: typing.Any,
        echo: typing.Any,
        options: typing.Any,
    ) -> typing.Any: ...
    def format_deploytime_value(self) -> typing.Any: ...

class TriggerOnFinishDecorator(metaflow.decorators.FlowDecorator):
    def flow_init(
        self,
        flow_name: typing.Any,
        graph: typing.Any,
        environment: typing.Any,
        flow_datastore: typing.Any,
        metadata: typing.Any,
        logger: typing.Any,
        echo: typing.Any,
        options: typing.Any,
    ) -> typing.Any: ...
    def format_deploytime_value(self) -> typing.Any: ...
    def get_top_level_options(self) -> typing.Any: ...

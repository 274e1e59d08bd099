# Made by typedflow's stubs/generate.py from metaflow-stubs (Apache-2.0) and patches: do not edit.
import typing

NAMESPACED_EVENTS_PREFIX: str

class ParsedEvent(typing.NamedTuple):
    full_name: typing.Any
    project: typing.Any
    branch: typing.Any
    logical_name: typing.Any
    is_namespaced: typing.Any

def namespaced_event_name(event_name: typing.Any) -> typing.Any: ...

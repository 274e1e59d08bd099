# Made by typedflow's stubs/generate.py from metaflow-stubs (Apache-2.0) and patches: do not edit.
import typing

def namedtuple_with_defaults(
    typename: typing.Any, field_descr: typing.Any, defaults: typing.Any = ()
) -> typing.Any: ...

foreach_frame_field_list: list[typing.Any]

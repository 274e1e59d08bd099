# Made by typedflow's stubs/generate.py from metaflow-stubs (Apache-2.0) and patches: do not edit.
import typing

class Decorator:
    name: str
    attributes: dict[str, typing.Any]

class StepDecorator(Decorator): ...
class FlowDecorator(Decorator): ...

# Made by typedflow's stubs/generate.py from metaflow-stubs (Apache-2.0) and patches: do not edit.
import typing

from . import mutable_flow as mutable_flow
from . import user_step_decorator as user_step_decorator
from . import mutable_step as mutable_step
from . import user_flow_decorator as user_flow_decorator

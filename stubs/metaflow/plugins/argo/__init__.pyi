# Made by typedflow's stubs/generate.py from metaflow-stubs (Apache-2.0) and patches: do not edit.
import typing

from . import argo_events as argo_events
from . import argo_workflows_deployer as argo_workflows_deployer

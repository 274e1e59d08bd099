# Made by typedflow's stubs/generate.py from metaflow-stubs (Apache-2.0) and patches: do not edit.
import typing

from . import subprocess_manager as subprocess_manager
from . import deployer_impl as deployer_impl
from . import metaflow_runner as metaflow_runner
from . import nbrun as nbrun
from . import deployer as deployer
from . import nbdeploy as nbdeploy

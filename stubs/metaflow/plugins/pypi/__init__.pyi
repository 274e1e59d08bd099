# Made by typedflow's stubs/generate.py from metaflow-stubs (Apache-2.0) and patches: do not edit.
import typing

from ... import metaflow_config as metaflow_config
from ...exception import MetaflowException as MetaflowException
from . import parsers as parsers

MAGIC_FILE: str

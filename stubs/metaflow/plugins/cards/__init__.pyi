# Made by typedflow's stubs/generate.py from metaflow-stubs (Apache-2.0) and patches: do not edit.
import typing

from . import card_modules as card_modules
from . import exception as exception
from . import component_serializer as component_serializer
from . import card_client as card_client

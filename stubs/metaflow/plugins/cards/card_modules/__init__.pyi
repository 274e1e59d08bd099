# Made by typedflow's stubs/generate.py from metaflow-stubs (Apache-2.0) and patches: do not edit.
import typing

from . import card as card
from .card import MetaflowCard as MetaflowCard
from .card import MetaflowCardComponent as MetaflowCardComponent
from . import basic as basic
from . import json_viewer as json_viewer
from . import components as components

EXT_PKG: str

def iter_namespace(ns_pkg: typing.Any) -> typing.Any: ...

MF_EXTERNAL_CARDS: list[typing.Any]

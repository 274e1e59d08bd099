"""Imports the module that imports it."""

from __future__ import annotations

from reach import flows
from typedflow import ConfigModel, config_expr


class Cyclic(ConfigModel):
    """The model of a flow in the other module."""

    size: int = flows.DEFAULT_SIZE


class Later(flows.InCycle):
    """Its config comes from a module that needs this one."""

    right: int = config_expr("cyclic.size")
    wrong = config_expr("cyclic.sise")

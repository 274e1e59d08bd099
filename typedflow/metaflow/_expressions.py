"""``config_expr`` and ``ref``: configs by name, where the attribute is not in scope."""

from __future__ import annotations

from typing import Any, TypeVar, cast

from pydantic import BaseModel

from typedflow.metaflow._delayed import Delayed, caller, site
from typedflow.metaflow._nodes import Name, Text

M = TypeVar("M", bound=BaseModel)


def config_expr(expr: str) -> Any:
    """Return a delayed value: any Python expression of config names and the globals of the calling module.

    ``@schedule(cron=config_expr("config.schedule.cron"))`` reads the Config named ``config`` before it is defined.
    """
    return Delayed(Text(expr, site(1), caller(1).f_globals))


def ref(model: type[M], name: str) -> M:
    """Return a delayed value with the model's type for type checkers: ``ref(Train, "config").schedule.cron``."""
    return cast("M", Delayed(Name(name, site(1), model)))

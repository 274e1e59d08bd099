"""A flow, and a global whose type comes around."""

from cycle import Base
from helpers import option
from models import Schedule
from typing_extensions import assert_type

from typedflow import config_expr


class Cyclic(Base):
    @option(cpu=config_expr("config.cpu"))
    def start(self) -> None:
        assert_type(config_expr("config.owner if known.config.cpu else config.schedule"), str | Schedule)


known = Cyclic().flow()

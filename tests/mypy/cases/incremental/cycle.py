"""A base of the flow in the other module, which this one imports."""

from __future__ import annotations

from models import Other, Settings
from typedflow import Config

import around


class Base:
    config = Config("config", model=Settings, default="settings.toml")

    def flow(self) -> around.Cyclic:
        raise NotImplementedError

"""Classes that flows of other modules inherit from."""

from helpers import EXTRA
from models import Other, Settings

from typedflow import Config


class Configured:
    config = Config("config", model=Settings, default="settings.toml")


class Plain:
    extra = Config(EXTRA, model=Other, default="other.toml")


class Middle(Configured): ...

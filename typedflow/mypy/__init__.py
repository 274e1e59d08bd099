"""The mypy plugin: ``plugins = ["typedflow.mypy"]`` checks config expressions against the models of their configs."""

from typedflow.mypy._plugin import plugin

__all__ = ["plugin"]

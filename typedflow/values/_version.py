"""The version of typedflow, from the metadata that was installed with it."""

from importlib.metadata import version

__version__ = version("typedflow")

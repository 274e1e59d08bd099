"""Typed configs for Netflix Metaflow: Pydantic models, layered, checked, with exact source positions."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typedflow.layers import Merge as Merge
    from typedflow.metaflow import Config as Config
    from typedflow.metaflow import SettingsMixin as SettingsMixin
    from typedflow.metaflow import config_expr as config_expr
    from typedflow.metaflow import config_table as config_table
    from typedflow.metaflow import config_value as config_value
    from typedflow.metaflow import load as load
    from typedflow.metaflow import origins as origins
    from typedflow.metaflow import ref as ref
    from typedflow.metaflow import tables as tables
    from typedflow.models import ConfigModel as ConfigModel
    from typedflow.models import SystemSettings as SystemSettings
    from typedflow.models import Template as Template
    from typedflow.models import migration as migration
    from typedflow.operations import Project as Project
    from typedflow.units import ExternalTable as ExternalTable
    from typedflow.units import TableError as TableError
    from typedflow.units import TablesMixin as TablesMixin
    from typedflow.units import WritableTable as WritableTable
    from typedflow.values import Diagnostic as Diagnostic
    from typedflow.values import TypedflowError as TypedflowError
    from typedflow.values import __version__ as __version__
else:
    from typedflow.values import lazy_names

    __getattr__, __dir__, __all__ = lazy_names(__name__)

METAFLOW_PACKAGE_POLICY = "include"
"""Metaflow (2.16.7 and later, ``metaflow/package/__init__.py``) ships a package with this value with every flow."""

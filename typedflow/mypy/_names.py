"""Every full name that the plugin looks for, and the error codes that it adds."""

from mypy.errorcodes import ErrorCode

CONFIG = "typedflow.metaflow._config.Config"
METAFLOW_CONFIGS = frozenset({"metaflow.Config", "metaflow.user_configs.config_parameters.Config"})
CONFIG_EXPR = "typedflow.metaflow._expressions.config_expr"
REF = "typedflow.metaflow._expressions.ref"
CONFIG_MODEL = "typedflow.models._model.ConfigModel"
FLOW = "metaflow.flowspec.FlowSpec"
BASE_MODEL = "pydantic.main.BaseModel"
MAPPING = "typing.Mapping"

RECORD = "__typedflow_config__"
"""A class attribute of this prefix and a config's attribute records the config's name and model, as a tuple type.

Types survive in mypy's cache and reach its daemon; ``TypeInfo.metadata`` is not compared by the daemon.
``SettingsMixin`` declares its own.
"""
REF_RECORD = "__typedflow_ref__"
"""The same prefix for variables that hold a ``ref``; what is recorded is the type of the name that it is given."""
FROZEN_RECORD = "__typedflow_frozen__"
"""A class attribute of this name and of a literal type records whether a class says that it is frozen."""

EXPRESSION = ErrorCode("config-expr", "Check the text of config_expr() against the models of the configs", "typedflow")
UNCHECKED = ErrorCode("config-expr-unchecked", "Check that the text of config_expr() can be checked", "typedflow")
DECORATOR = ErrorCode("config-decorator", "Check the configs that decorators are given", "typedflow")
KEY = ErrorCode("config-key", "Check the keys of configs that are read as mappings", "typedflow")
INTERNAL = ErrorCode("config-internal", "Report what the plugin of typedflow does not foresee", "typedflow")

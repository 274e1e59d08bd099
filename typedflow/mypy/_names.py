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
"""The attribute with this prefix and a config's attribute name records the config's name and model, as a tuple type.

Types are kept in mypy's cache and its daemon; the daemon does not compare ``TypeInfo.metadata``.
``SettingsMixin`` declares its own.
"""
REF_RECORD = "__typedflow_ref__"
"""The same for variables that hold a ``ref``: records the type of the config's name."""
FROZEN_RECORD = "__typedflow_frozen__"
"""The class attribute that records, as a literal type, whether a class is declared frozen."""

EXPRESSION = ErrorCode("config-expr", "Check the text of config_expr() against the models of the configs", "typedflow")
UNCHECKED = ErrorCode("config-expr-unchecked", "Report a text of config_expr() that cannot be checked", "typedflow")
DECORATOR = ErrorCode("config-decorator", "Check the configs that are passed to decorators", "typedflow")
KEY = ErrorCode("config-key", "Check the keys of configs that are used as mappings", "typedflow")
INTERNAL = ErrorCode("config-internal", "Report internal errors of typedflow's plugin", "typedflow")

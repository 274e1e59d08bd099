"""The mypy plugin: ``plugins = ["typedflow.mypy"]`` checks config expressions against the models of their configs."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typedflow.mypy._plugin import plugin as plugin
else:
    from typedflow.values import lazy_names

    __getattr__, __dir__, __all__ = lazy_names(__name__)

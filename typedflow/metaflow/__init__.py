"""Everything that touches Metaflow: Config, expressions, the settings mixin, launching.

Tasks load this room in every process, so what only the launcher needs (parsing, layers, projects) is imported there.
"""

from typing import TYPE_CHECKING

from typedflow.values import lazily

if TYPE_CHECKING:
    from typedflow.metaflow._config import Config as Config
    from typedflow.metaflow._expressions import config_expr as config_expr
    from typedflow.metaflow._expressions import ref as ref
    from typedflow.metaflow._launch import command as command
    from typedflow.metaflow._launch import launch as launch
    from typedflow.metaflow._mixin import SettingsMixin as SettingsMixin

__all__ = ["Config", "SettingsMixin", "command", "config_expr", "launch", "ref"]

__getattr__ = lazily(
    __name__,
    {
        "Config": "_config",
        "SettingsMixin": "_mixin",
        "command": "_launch",
        "config_expr": "_expressions",
        "launch": "_launch",
        "ref": "_expressions",
    },
)

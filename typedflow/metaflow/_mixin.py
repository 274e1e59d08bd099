"""SettingsMixin: a project's settings as a typed Config of a flow."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import BaseModel

from typedflow.metaflow import _compat
from typedflow.metaflow._config import Config
from typedflow.values import Source, format_path

M = TypeVar("M", bound=BaseModel)

SETTINGS = "settings"


class SettingsMixin(Generic[M]):
    """Gives a flow the settings of its project: ``class Training(SettingsMixin[Settings], FlowSpec)``.

    ``typedflow run`` passes the compiled config of a binding; a flow that is started by ``python flow.py`` resolves
    its own, for the binding and environment named by ``TYPEDFLOW_BINDING`` and ``TYPEDFLOW_ENV``. In decorators of the
    flow, ``ref(Settings, "settings").conda`` gives the value at deploy time.
    """

    if TYPE_CHECKING:
        settings: M
    else:

        def __class_getitem__(cls, model: Any) -> Any:
            """Give the mixin for a model: it carries the Config."""
            if not (isinstance(model, type) and issubclass(model, BaseModel)):
                return super().__class_getitem__(model)
            settings = Config(SETTINGS, model=model, default_value=_project_settings(model))
            return type(f"SettingsMixin[{model.__name__}]", (cls,), {"settings": settings, "__module__": __name__})

    def show_settings(self, exclude_patterns: Iterable[str] = ()) -> None:
        """Print the settings as YAML in a step's log, without the key paths that a glob matches (``conda.*``)."""
        from typedflow.render import Document, settings

        patterns = tuple(exclude_patterns)
        tree = _without(self.settings.model_dump(mode="json", by_alias=True, round_trip=True), patterns, ())
        sys.stdout.write(settings(Document(tree), format="yaml"))
        sys.stdout.flush()


def _without(value: Any, patterns: tuple[str, ...], path: tuple[str | int, ...]) -> Any:
    if not isinstance(value, dict):
        return value
    kept = {}
    for key, item in value.items():
        here = (*path, key)
        if not any(fnmatchcase(format_path(here), pattern) for pattern in patterns):
            kept[key] = _without(item, patterns, here)
    return kept


def _project_settings(model: type[BaseModel]) -> Callable[[Any], Source]:
    def resolved(_: Any) -> Source:
        from typedflow.project import compiled_source, open_project, resolve, variable

        file = Path(inspect.getfile(_compat.current_flow_class())).resolve()
        project = open_project(file.parent)
        flow = project.flow_of(file)
        binding = project.chosen_binding(flow, variable("TYPEDFLOW_BINDING"))
        found = resolve(project, flow, binding, variable("TYPEDFLOW_ENV"), model=model)
        return compiled_source(found, project.root)

    return resolved

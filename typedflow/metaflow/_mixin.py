"""SettingsMixin: a project's settings as a typed Config of a flow."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from pydantic import BaseModel

from typedflow.metaflow import _compat
from typedflow.metaflow._config import Config
from typedflow.values import Source, masked_tree

M = TypeVar("M", bound=BaseModel)

SETTINGS = "settings"


class SettingsMixin(Generic[M]):
    """Adds the project's settings to a flow: ``class Training(SettingsMixin[Settings], FlowSpec)``.

    ``typedflow run`` passes the compiled config of a binding. A flow started by ``python flow.py`` resolves its own,
    for the binding in ``TYPEDFLOW_BINDING`` and the environment in ``TYPEDFLOW_ENV``, or the one that the branch
    chooses. In the flow's decorators, ``ref(Settings, "settings").conda`` is the value at deploy time.
    """

    if TYPE_CHECKING:
        settings: M
        __typedflow_config__settings: tuple[Literal["settings"], M]  # what the mypy plugin records of a Config
    else:

        def __class_getitem__(cls, model: Any) -> Any:
            """Return the mixin for a model, which has the Config."""
            if not (isinstance(model, type) and issubclass(model, BaseModel)):
                return super().__class_getitem__(model)
            settings = Config(SETTINGS, model=model, default_value=_project_settings(model))
            return type(f"SettingsMixin[{model.__name__}]", (cls,), {"settings": settings, "__module__": __name__})

    def show_settings(self, exclude_patterns: Iterable[str] = ()) -> None:
        """Print the settings to a step's log, except key paths that match a glob (``conda``, ``schedule.*``).

        Possible secrets are masked. A pattern that matches nothing is reported.
        A line for each key path, not YAML: Metaflow strips the indentation of what it streams (``runtime.py``, 2.19).
        """
        from typedflow.metaflow._shown_settings import shown_lines
        from typedflow.models import file_values, masked_paths

        patterns = (exclude_patterns,) if isinstance(exclude_patterns, str) else tuple(exclude_patterns)
        tree = file_values(self.settings, {})
        tree = masked_tree(tree, masked_paths(type(self.settings), tree))
        for line in shown_lines(SETTINGS, tree, patterns):
            sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


def _project_settings(model: type[BaseModel]) -> Callable[[Any], Source]:
    def resolved(_: Any) -> Source:
        from typedflow.metaflow._launch_state import launch_state
        from typedflow.project import (
            Identities,
            choose_environment,
            compiled_source,
            digest_of,
            named_binding_of,
            open_project,
            resolve,
            sidecar,
        )

        file = _compat.flow_file(_compat.current_flow_class())
        project = open_project(file.parent)
        unit = project.unit_of(file)
        binding = project.chosen_binding(unit, named_binding_of(project, unit))
        chosen = choose_environment(project, option="")
        found = Identities(project).label(resolve(project, unit, binding, chosen, model=model))
        source = compiled_source(found, project.root)
        launch_state().sidecars[source] = lambda: sidecar(found, digest_of(source.text), project.root)
        return source

    return resolved

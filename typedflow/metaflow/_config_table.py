"""A flow's config in Metaflow's cards, with the origin of each value."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from metaflow import FlowSpec
from pydantic import BaseModel

from typedflow.metaflow import _compat
from typedflow.metaflow._origins import origins_name
from typedflow.values import KeyPath

if TYPE_CHECKING:
    from metaflow.cards import Markdown

    from typedflow.values import Origins

_HINT = 'name one: `config_table(self, "settings")`'


def config_table(flow: FlowSpec, config: str | None = None) -> Markdown:
    """Return a component for Metaflow's cards: a table of a config's values, with their origins and what they shadow.

    ``current.card.append(typedflow.config_table(self))`` in a step with ``@card``, default or blank.
    ``config`` is the attribute of the flow that holds the config; it is optional if the flow has only one. The binding,
    the environment, the model and the digest of the compiled config are above the table. Origins are those that the run
    stores (``typedflow.origins``); without them, and for plain Metaflow's configs, only the values are shown.

    Raises:
        TypedflowError: ``unknown-config``.
    """
    from metaflow.cards import Markdown

    from typedflow.metaflow._load import choose_config, config_names
    from typedflow.render import Document, html
    from typedflow.values import read_sidecar

    name = choose_config(type(flow).__name__, config_names(_compat.graph_of(flow), config), config, _HINT)
    value = getattr(flow, name)
    value = getattr(value, "__typedflow_content__", value)  # what a Config that typedflow makes has stored
    origins = read_sidecar(_plain(getattr(flow, origins_name(name), None)))
    if origins is None:
        return Markdown(html(Document(_masked(value, ())), name=name, facts=_model_of(value)))
    leaves = origins.by_path()
    document = Document(_masked(value, leaves), leaves=leaves, removed=origins.removed)
    return Markdown(html(document, name=name, facts=_facts(origins)))


def _facts(origins: Origins) -> dict[str, str]:
    environment = {} if origins.environment is None else {"environment": origins.environment}
    return {"binding": origins.binding, **environment, "model": origins.model, "digest": origins.digest}


def _model_of(value: Any) -> dict[str, str]:
    kind = type(value)
    return {"model": f"{kind.__module__}:{kind.__qualname__}"} if isinstance(value, BaseModel) else {}


def _masked(value: Any, paths: Iterable[KeyPath]) -> Any:
    """Return the plain values of a config, with possible secrets masked."""
    from typedflow.models import masked_paths
    from typedflow.values import masked_tree

    tree = _tree(value, paths)
    return masked_tree(tree, masked_paths(type(value) if isinstance(value, BaseModel) else None, tree))


def _tree(value: Any, paths: Iterable[KeyPath]) -> Any:
    """Return the plain values of a config, with the keys of its files, as in the paths of its origins."""
    if isinstance(value, BaseModel):
        from typedflow.models import file_values

        return file_values(value, _outline(paths))
    return _plain(value)


def _outline(paths: Iterable[KeyPath]) -> Any:
    """Return nested empty mappings and lists that have all the paths."""
    below: dict[str | int, list[KeyPath]] = {}
    for first, *rest in filter(None, paths):
        below.setdefault(first, []).append(tuple(rest))
    outline = {key: _outline(each) for key, each in below.items()}
    return list(outline.values()) if 0 in outline else outline


def _plain(value: Any) -> Any:
    return value.to_dict() if hasattr(value, "to_dict") else value

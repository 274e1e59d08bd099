"""``stacks``: the settings of one variant in layers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st
from pydantic import BaseModel

from typedflow.hypothesis._configs import paths_of, valid_trees
from typedflow.hypothesis._documents import FORMATS, Format, by_format, document
from typedflow.hypothesis._includes import with_include
from typedflow.hypothesis._options import options_of
from typedflow.hypothesis._paths import value_at
from typedflow.hypothesis._scalars import Values
from typedflow.hypothesis._style import STYLES
from typedflow.hypothesis._trees import TreeOptions, trees
from typedflow.layers import Layer, Merged, Rank, layer, merge
from typedflow.models import plan_of, validate
from typedflow.parsing import parse
from typedflow.project import overrides
from typedflow.values import KeyPath, Location, Source, TypedflowError, format_path

#: The names of the layers' files, without suffixes.
NAMES = {
    Rank.GLOBAL: "settings",
    Rank.ENVIRONMENT: "settings.environment.dev",
    Rank.BINDING: "settings.configuration.EXP_01",
}
_DIRECTIVES = ("delete", "replace", "append", "union")


@dataclass(frozen=True)
class Stack:
    """Settings in layers: the files by name, the lowest first, and ``--set`` options on top of them.

    ``included`` are files that these include, by name.
    """

    files: dict[str, str]
    options: tuple[str, ...] = ()
    included: dict[str, str] = field(default_factory=dict)

    def layers(self, model: type[BaseModel]) -> list[Layer]:
        """Return the parsed layers.

        Raises:
            TypedflowError: a text is invalid.
        """
        ranks = {name: rank for rank, name in NAMES.items()}
        sources = [Source(name, text, name.rpartition(".")[2]) for name, text in self.files.items()]
        files = _Included(self.included)
        named = [(each, ranks.get(each.name.rpartition(".")[0], Rank.FILE)) for each in sources]
        found = [layer(each, parse(each), rank, files=files) for each, rank in named]
        return [*found, *overrides("settings", model, {}, self.options, found)]

    def merged(self, model: type[BaseModel]) -> Merged:
        """Return the merged layers.

        Raises:
            TypedflowError: a text is invalid, or the layers cannot be merged.
        """
        return merge(self.layers(model), plan_of(model))


@dataclass(frozen=True)
class _Included:
    """Files that others include, as texts by name."""

    texts: dict[str, str]

    def read(self, name: str, place: Location) -> tuple[Source, Any]:  # noqa: ARG002 # there is no missing file
        """Return a file, parsed."""
        source = Source(name, self.texts[name], name.rpartition(".")[2])
        return source, parse(source)


def stacks(model: type[BaseModel], /, **overrides: st.SearchStrategy[Any]) -> st.SearchStrategy[Stack]:
    """Return a strategy for layers that merge to a valid config: global, environment, binding, and options.

    Files have any format and style, may have ``$merge`` directives, and may include files. Overrides are as in
    ``configs``.

    Raises:
        InvalidArgument: as ``configs`` does.
    """
    return stacks_of(model, paths_of(model, overrides))


def stacks_of(model: type[BaseModel], paths: dict[KeyPath, Values]) -> st.SearchStrategy[Stack]:
    """Return a strategy for stacks, with overrides by key path."""
    whole = by_format(lambda null: valid_trees(model, TreeOptions(null=null, overrides=paths)))
    sparse = by_format(lambda null: trees(model, TreeOptions(null=null, sparse=True, overrides=paths)))
    return _stacks(model, whole, sparse)


@st.composite
def _stacks(
    draw: st.DrawFn, model: type[BaseModel], whole: dict[Format, Values], sparse: dict[Format, Values]
) -> Stack:
    files: dict[str, str] = {}
    included: dict[str, str] = {}
    kind = draw(_FORMAT)
    base = draw(whole[kind])
    files[f"{NAMES[Rank.GLOBAL]}.{kind}"] = document(base, kind, draw(STYLES))
    tree: Any = base
    for rank in (Rank.ENVIRONMENT, Rank.BINDING):
        kind = draw(_FORMAT)
        overlay, parts = _with_directives(draw, draw(sparse[kind]), tree), dict(included)
        overlay = with_include(draw, overlay, kind, model, parts)
        more = {**files, f"{NAMES[rank]}.{kind}": document(overlay, kind, draw(STYLES))}
        fitting = valid_merge(Stack(more, included=parts), model)
        if fitting is not None and overlay:
            files, included, tree = more, parts, fitting.tree
    options: tuple[str, ...] = ()
    for option in options_of(model, draw(sparse["json"]))[:2]:
        if valid_merge(Stack(files, (*options, option), included), model) is not None:
            options = (*options, option)
    return Stack(files, options, included)


_FORMAT = st.sampled_from(FORMATS)


def valid_merge(stack: Stack, model: type[BaseModel]) -> Merged | None:
    """Return the merged layers, or None if they do not give a valid config."""
    try:
        merged = stack.merged(model)
        validate(merged, model)
    except TypedflowError:
        return None
    return merged


def _with_directives(draw: st.DrawFn, overlay: dict[str, Any], below: Any) -> dict[str, Any]:
    """Return a layer with directives: deletions of lower settings, and merge rules for its own."""
    found: dict[str, list[str]] = {}
    for name in draw(st.lists(st.sampled_from(_DIRECTIVES), max_size=2, unique=True)):
        paths = _deletable_paths(below) if name == "delete" else _rule_paths(overlay, lists=name != "replace")
        if paths:
            found[name] = [format_path(draw(st.sampled_from(paths)))]
    return {"$merge": found, **overlay} if found else overlay


def _deletable_paths(tree: Any, path: KeyPath = ()) -> list[KeyPath]:
    """Return the key paths that can be deleted."""
    if not isinstance(tree, dict):
        return [path]
    below = [found for key, value in tree.items() for found in _deletable_paths(value, (*path, key))]
    return [path, *below] if path else below


def _rule_paths(tree: Any, *, lists: bool) -> list[KeyPath]:
    """Return the key paths that a merge rule can apply to: those of lists, or all."""
    found = _deletable_paths(tree)
    return [path for path in found if isinstance(value_at(tree, path), list)] if lists else found

"""Merging: a stack of layers becomes one tree.

Mappings merge key by key; everything else replaces, unless the plan or a directive names another rule. One walk serves
both speeds: with a log it also records where every leaf comes from; without one it moves plain values only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from typedflow.layers._directives import NO_DIRECTIVES
from typedflow.layers._fast_merge import merge_fast
from typedflow.layers._history import Defaults, FactoryValues, History
from typedflow.layers._layer import Layer
from typedflow.layers._plan import Plan
from typedflow.layers._walk import LayerWalk
from typedflow.values import Diagnostic, KeyPath, Origin, TypedflowError

if TYPE_CHECKING:
    from typedflow.layers._log import Log
    from typedflow.layers._record import Record
    from typedflow.layers._references import Copies


class Merged(NamedTuple):
    """A merged tree, with what it was merged from; ``copies`` says what is there in place of references."""

    tree: Any
    stack: tuple[Layer, ...]
    plan: Plan
    defaults: Defaults | None = None
    copies: Copies | None = None

    def parts(self) -> Iterator[Layer]:
        """Yield the layers, each before those of the files that it includes."""
        for layer in self.stack:
            yield layer
            yield from layer.inner

    def layer_of(self, origin: Origin | None) -> Layer | None:
        """Return the layer that an origin is in; None for a default."""
        return next((layer for layer in self.stack if origin and layer.source == origin.source), None)


def merge(
    stack: Sequence[Layer],
    plan: Plan,
    *,
    defaults: bool = True,
    made: FactoryValues | None = None,
    partial: bool = False,
) -> Merged:
    """Merge a stack, lowest precedence first, and the model's defaults below it; then replace references by values.

    Without the defaults, the tree is that of a group of layers; other layers may still be merged below it, so that
    references stay. ``made`` holds the values that factories of defaults have made for the same config. ``partial``:
    layers above are still missing, so that a reference may lead nowhere, and stays.

    Raises:
        TypedflowError: with every kind conflict, and every directive and reference that does not apply.
    """
    known = Defaults(made or FactoryValues()) if defaults and plan.defaulted else None
    tree, layers = fold(stack, plan, None, known)
    if not defaults or not any(layer.references for layer in layers):
        return Merged(tree, layers, plan, known)
    from typedflow.layers._references import References

    references = References(tree, plan)
    tree, copies = references.resolve()
    if references.broken and not partial:
        from typedflow.layers._record import Record
        from typedflow.layers._reference_problems import reference_problems

        record = Record()
        tree, _ = fold(layers, plan, record, known)
        raise TypedflowError(reference_problems(references.broken.values(), record.leaves, tree))
    return Merged(tree, layers, plan, known, copies)


def fold(
    stack: Sequence[Layer], plan: Plan, log: Log | None, defaults: Defaults | None = None
) -> tuple[Any, tuple[Layer, ...]]:
    """Merge a stack and log it; the tree shares unchanged values with the layers' trees.

    The layers are returned with the keys of the merged tree.
    """
    problems: list[Diagnostic] = []
    tree, layers = _folded_over_defaults(stack, plan, log, problems, defaults)
    if problems:
        raise TypedflowError(problems)
    return tree, tuple(layers)


def layers_of(stack: Sequence[Layer], plan: Plan) -> tuple[Layer, ...]:
    """Return the layers of a stack with the keys of the merged tree, whether they can be merged or not."""
    known = Defaults(FactoryValues()) if plan.defaulted else None
    return tuple(_folded_over_defaults(stack, plan, None, [], known)[1])


def with_directives(layer: Layer, plan: Plan, problems: list[Diagnostic] | None = None) -> Layer:
    """Return a layer whose directives are read, whatever is below it; report problems with them."""
    if not layer.raw:
        return layer
    from typedflow.layers._inline import read_inline

    return read_inline(layer, {}, plan, [] if problems is None else problems, {}, _merged_over)


def _folded_over_defaults(
    stack: Sequence[Layer], plan: Plan, log: Log | None, problems: list[Diagnostic], defaults: Defaults | None
) -> tuple[Any, list[Layer]]:
    if defaults is None:
        return _folded(stack, plan, log, problems, None)
    from typedflow.layers._defaults import DefaultMerge

    history = History(plan, defaults)
    found = problems.copy()
    tree, layers = _folded(stack, plan, log, problems, history)
    merging = DefaultMerge(history, layers, log, problems)
    tree = merging.apply(tree)
    if merging.has_new_tags:
        problems[:] = found
        return _folded_over_defaults(stack, plan, log, problems, defaults)
    return tree, layers


def _merged_over(lower: Layer, upper: Layer, plan: Plan, problems: list[Diagnostic]) -> tuple[Any, Record]:
    """Merge two parts of one layer; the log knows where each value of the merged part is from."""
    from typedflow.layers._record import Record

    record = Record()
    return _folded([lower, upper], plan, record, problems, None)[0], record


def _folded(
    stack: Sequence[Layer], plan: Plan, log: Log | None, problems: list[Diagnostic], history: History | None
) -> tuple[Any, list[Layer]]:
    tree: Any = {}
    keyed: set[KeyPath] = set()
    layers: list[Layer] = []
    for given in stack:
        tags = history.defaults.tags if history is not None else {}
        layer = given
        if layer.raw:
            from typedflow.layers._inline import read_inline

            layer = read_inline(layer, tree, plan, problems, tags, _merged_over)
        if plan.has_aliases:
            from typedflow.layers._aliases import normalize_keys

            layer = normalize_keys(layer, tree, plan, layers, problems, tags)
        layers.append(layer)
        if layer.complete and history is not None:
            history.complete(layer.tree)
        if (
            log is None
            and layer.directives is NO_DIRECTIVES
            and (history is None or not history)
            and isinstance(tree, dict)
            and isinstance(layer.tree, dict)
        ):
            merged = merge_fast(tree, layer.tree, plan)
            if merged is not None:
                tree = merged
                continue
        walk = LayerWalk(layer, layers[:-1], log, problems, keyed, history)
        if isinstance(tree, dict) and isinstance(layer.tree, dict):
            tree = walk.mapping(walk.deleted(tree), layer.tree, plan, layer.base, layer.base)
            walk.check_directives()
        else:
            tree = walk.whole(layer.tree)
    return tree, layers

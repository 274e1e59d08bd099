"""Show the merged settings of a unit, with the origin of each value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from typedflow.operations._choose_variants import (
    choose_binding,
    choose_bound_unit,
    choose_environment,
    choose_unit,
)
from typedflow.operations._key_paths import choose_key_path
from typedflow.operations._shared_findings import unknown_path
from typedflow.project import (
    LoadedProject,
    Resolved,
    exposed_secrets,
    masked_settings,
    path_in,
    provenance_of,
    tree_of,
)
from typedflow.render import Document
from typedflow.units import resolve_variants
from typedflow.values import (
    Diagnostic,
    KeyPath,
    Location,
    did_you_mean,
    format_path,
    has_item,
    listed,
    masked_tree,
    merge_findings,
)

if TYPE_CHECKING:
    from typedflow.operations._list import ListedVariant
    from typedflow.project import Override, Unit
    from typedflow.units import Resolution


class ShownSettings(NamedTuple):
    """The settings of each binding that resolves, and the findings of the others.

    ``variants`` are those that are shown as a whole, each with its identity and digest, if the project has a name.
    """

    documents: dict[str, Document]
    findings: tuple[Diagnostic, ...]
    variants: tuple[ListedVariant, ...] = ()


def show(  # noqa: PLR0913 # a keyword argument for each option
    project: LoadedProject,
    *,
    unit: str | None = None,
    binding: str | None = None,
    all_bindings: bool = False,
    environment: str | None = None,
    overrides: Sequence[str | Override] = (),
    path: str | None = None,
    with_origins: bool = False,
    with_masks: bool = True,
) -> ShownSettings:
    """Return the settings of one binding, or of all, or what is at a key path in them.

    With ``all_bindings``, a unit need not be named if it is the only one that has bindings.

    ``with_masks``: values that may be secrets are masked; otherwise, settings with such values are a finding.

    Raises:
        ArgumentError: a unit, a binding or an environment does not exist, or must be named.
    """
    where = choose_key_path(path)
    found = choose_bound_unit(project, unit) if all_bindings else choose_unit(project, unit)
    bindings = project.bindings(found) if all_bindings else [choose_binding(project, found, binding)]
    chosen = choose_environment(project, environment)
    documents: dict[str, Document] = {}
    findings: list[Diagnostic] = []
    shown: list[Resolution] = []
    for each in resolve_variants(project, found, bindings, chosen, overrides):
        findings += each.diagnostics
        if each.resolved is None:
            continue
        here = path_in(each.resolved, where)
        document = _document(project, each.resolved, here, origins=with_origins)
        if document is None:
            findings.append(_unknown_path(each.resolved, here))
        elif document.masked and not with_masks:
            findings += _refusals(project, each.resolved, here)
        else:
            documents[each.binding] = document
            shown.append(each)
    is_named = project.manifest.project is not None and not where
    variants = _listed(project, found, shown, findings) if is_named else ()
    return ShownSettings(documents, tuple(merge_findings(findings)), variants)


def _listed(
    project: LoadedProject, unit: Unit, shown: Sequence[Resolution], findings: list[Diagnostic]
) -> tuple[ListedVariant, ...]:
    """Return the variants with their identities and digests, and add what is wrong with these to ``findings``."""
    from typedflow.operations._list import listed_variant
    from typedflow.project import Identities

    identities = Identities(project)
    return tuple(listed_variant(each, unit, identities, findings) for each in shown)


def _refusals(project: LoadedProject, resolved: Resolved[Any], path: KeyPath) -> list[Diagnostic]:
    """Return why the settings at a key path cannot be data: a mask looks like a value."""
    found = exposed_secrets(resolved, project.root, project.manifest.public, "`--format json`")
    return [item for item in found if (item.path or ())[: len(path)] == path]


def _document(project: LoadedProject, resolved: Resolved[Any], path: KeyPath, *, origins: bool) -> Document | None:
    """Return what is at a key path of a resolved config, or None if there is nothing."""
    tree: Any = tree_of(resolved)
    for key in path:
        if not has_item(tree, key):
            return None
        tree = tree[key]
    found = masked_settings(resolved, project.manifest.public)
    masked = frozenset(each for each in found if each[: len(path)] == path)
    tree = masked_tree(tree, masked, path)
    if not origins:
        return Document(tree, path, masked=masked)
    provenance = provenance_of(resolved, project.root, with_lines=False)
    removed = tuple(item for item in provenance.removed if item.path[: len(path)] == path)
    return Document(tree, path, provenance.leaves, removed, project.root, masked)


def _unknown_path(resolved: Resolved[Any], path: KeyPath) -> Diagnostic:
    tree: Any = tree_of(resolved)
    depth = 0
    while has_item(tree, path[depth]):
        tree = tree[path[depth]]
        depth += 1
    keys: Sequence[str] = [str(key) for key in tree] if isinstance(tree, dict) else []
    label = did_you_mean(str(path[depth]), keys)
    return unknown_path(
        f"`{format_path(path)}` is not in the settings; {_content(path[:depth], tree)}",
        Location(f"--path {format_path(path)}"),
        label=label,
        cases=(resolved.variant.case,),
        path=path,
    )


def _content(path: KeyPath, tree: Any) -> str:
    where = f"`{format_path(path)}`" if path else "there"
    if isinstance(tree, dict) and tree:
        return f"{where} {'has' if path else 'is'} {listed(tree)}"
    if isinstance(tree, list):
        return f"{where} is a list of {len(tree)}"
    return f"{where} has no keys"

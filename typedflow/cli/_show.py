"""``typedflow show``: the merged settings of a flow."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from typedflow.cli import _parser

if TYPE_CHECKING:
    from typedflow.project import Project, Resolved
    from typedflow.render import Document
    from typedflow.values import Diagnostic, KeyPath

_EXAMPLES = """\
examples:
  typedflow show training --binding EXP_01
  typedflow show training --all-bindings --path model --format json
  typedflow show training --binding EXP_01 --origins
  typedflow show --env production --set model.alpha=0.5
"""


def add(commands: _parser.Commands) -> None:
    """Add the command."""
    parser = _parser.add_command(commands, "show", run, "print the merged settings of a flow", _EXAMPLES)
    _parser.flow_argument(parser, nargs="?", help="the flow (may be left out where the project has one)")
    bindings = parser.add_mutually_exclusive_group()
    _parser.binding_option(bindings)
    bindings.add_argument("--all-bindings", action="store_true", help="show every binding of the flow")
    _parser.settings_options(parser)
    parser.add_argument("--path", metavar="PATH", help="show only what is at this key path, as in model.conda")
    parser.add_argument("--origins", action="store_true", help="say where each value is from and what it shadows")
    parser.add_argument("--format", choices=("yaml", "json", "toml"), default="yaml", help="default: yaml")


def run(arguments: argparse.Namespace) -> int:
    """Print the settings of the bindings that resolve, and report those that do not."""
    from typedflow.cli._attempts import attempts
    from typedflow.cli._chosen import chosen_bindings, chosen_flow, chosen_path, opened
    from typedflow.cli._console import report
    from typedflow.cli._environment import chosen_environment
    from typedflow.cli._findings import exit_code
    from typedflow.project import path_in
    from typedflow.values import merge_findings

    path = chosen_path(arguments.path)
    project = opened(arguments)
    flow = chosen_flow(project, arguments.flow)
    bindings = chosen_bindings(project, flow, arguments.binding, every=arguments.all_bindings)
    environment = chosen_environment(project, arguments.env)
    documents: dict[str, Document] = {}
    findings: list[Diagnostic] = []
    for attempt in attempts(project, flow, bindings, environment, arguments.options):
        findings += attempt.diagnostics
        if attempt.resolved is not None:
            here = path_in(attempt.resolved, path)
            document = _document(project, attempt.resolved, here, origins=arguments.origins)
            if document is None:
                findings.append(_unknown_path(attempt.resolved, here))
            elif arguments.format == "json" and document.masked:
                findings += _refusals(project, attempt.resolved, here)
            else:
                documents[attempt.binding] = document
    _print(documents, arguments)
    report(merge_findings(findings), project.root)
    return exit_code(findings)


def _print(documents: dict[str, Document], arguments: argparse.Namespace) -> None:
    from typedflow.cli._console import put
    from typedflow.render import settings, settings_by_binding

    if arguments.all_bindings:
        put(settings_by_binding(documents, format=arguments.format))
    else:
        for document in documents.values():
            put(settings(document, format=arguments.format))


def _refusals(project: Project, resolved: Resolved[Any], path: KeyPath) -> list[Diagnostic]:
    """Return why the settings at a key path are no data: what is masked cannot be told from a value there."""
    from typedflow.project import refusals

    found = refusals(resolved, project.root, project.manifest.public, "`--format json`")
    return [item for item in found if (item.path or ())[: len(path)] == path]


def _document(project: Project, resolved: Resolved[Any], path: KeyPath, *, origins: bool) -> Document | None:
    """Give what is at a key path of a resolved config, or None where nothing is."""
    from typedflow.project import masked_settings, provenance_of, tree_of
    from typedflow.render import Document
    from typedflow.values import has_item, masked_tree

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
    provenance = provenance_of(resolved, project.root)
    removed = tuple(item for item in provenance.removed if item.path[: len(path)] == path)
    return Document(tree, path, provenance.leaves, removed, project.root, masked)


def _unknown_path(resolved: Resolved[Any], path: KeyPath) -> Diagnostic:
    from typedflow.cli._shared_findings import unknown_path
    from typedflow.project import tree_of
    from typedflow.values import Location, did_you_mean, format_path, has_item

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
    from typedflow.values import format_path, listed

    where = f"`{format_path(path)}`" if path else "there"
    if isinstance(tree, dict) and tree:
        return f"{where} {'has' if path else 'is'} {listed(tree)}"
    if isinstance(tree, list):
        return f"{where} is a list of {len(tree)}"
    return f"{where} has no keys"

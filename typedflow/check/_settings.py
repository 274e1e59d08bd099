"""Check a project's settings: its manifest, its model, and each file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress

from typedflow.check._exported import exported
from typedflow.check._facts import Facts
from typedflow.check._worker_messages import Outcome
from typedflow.check.rules import of_files, of_layer, of_model, of_settings
from typedflow.layers import Layer, Rank, layer, with_directives
from typedflow.models import keys_in, plan_of
from typedflow.parsing import parse
from typedflow.project import (
    LoadedProject,
    SettingsFile,
    SettingsSchemas,
    find_table_types_drift,
    misnamed_variables,
    project_section_problems,
)
from typedflow.schema import find_drift
from typedflow.values import Diagnostic, TypedflowError, is_declared_public, merge_findings

Alive = Callable[[], None]
"""Reports that the worker makes progress."""


def judge_settings(project: LoadedProject, alive: Alive) -> Outcome:
    """Check the shared settings of a project's flows, except the files of bindings; each finding is reported once."""
    findings: list[Diagnostic] = []
    layers = _judged(project, _shared(project, findings), findings, alive)
    findings += _environments(project)
    findings += _of_model(project, layers)
    findings += find_table_types_drift(project)
    return Outcome(merge_findings(findings), keys=_keys(project))


def judge_bindings(project: LoadedProject, names: Sequence[str], alive: Alive) -> Outcome:
    """Check the files of some bindings, alone and against the layers below; each finding is reported once."""
    findings: list[Diagnostic] = []
    below = list(_shared(project, []))  # ``judge_settings`` reports their errors
    files = [file for name in names for file in project.files.bindings[name]]
    layers = _judged(project, _read(project, Rank.BINDING, files, findings), findings, alive)
    try:
        findings += of_files(Facts(project, (*below, *layers)))
    except TypedflowError as error:
        findings += error.diagnostics
    return Outcome(merge_findings(findings))


def _judged(project: LoadedProject, layers: Iterable[Layer], findings: list[Diagnostic], alive: Alive) -> list[Layer]:
    """Check each file alone, and the files that it includes, and return the files."""
    judged = []
    included: dict[str, Layer] = {}
    for each in layers:
        judged.append(each)
        included |= {file.source.name: file for file in _included(project, each)}
        findings += (item for item in of_layer(each) if not _is_public(item, project.manifest.public))
        alive()
    for each in included.values():
        findings += (item for item in of_layer(each) if not _is_public(item, project.manifest.public))
    return judged


def _included(project: LoadedProject, found: Layer) -> Iterator[Layer]:
    """Yield the files that a file includes, as layers of their own."""
    with suppress(TypedflowError):  # reported where the models are checked
        for model in project.models.all() if found.raw else ():
            for each in with_directives(found, plan_of(model)).inner:
                yield layer(each.source, parse(each.source))


def _is_public(item: Diagnostic, public: Sequence[str]) -> bool:
    return item.rule.name == "secret-value" and is_declared_public(item.path or (), public)


def _keys(project: LoadedProject) -> tuple[str, ...]:
    with suppress(TypedflowError):  # reported where the model is checked
        return tuple(sorted({key for model in project.models.all() for key in keys_in(model)}))
    return ()


def _shared(project: LoadedProject, findings: list[Diagnostic]) -> Iterator[Layer]:
    """Yield the readable files of global settings and environments."""
    try:
        files = project.files
    except TypedflowError as error:
        findings += error.diagnostics
        return
    yield from _read(project, Rank.GLOBAL, files.base, findings)
    try:
        environments = project.environments
    except TypedflowError as error:
        findings += error.diagnostics
        environments = files.environment_files
    yield from _read(project, Rank.ENVIRONMENT, environments.values(), findings)


def _read(
    project: LoadedProject, rank: Rank, files: Iterable[SettingsFile], findings: list[Diagnostic]
) -> Iterator[Layer]:
    """Yield every readable file, and add the errors of the others to ``findings``."""
    for file in files:
        try:
            yield project.settings.read(file, rank)
        except TypedflowError as error:
            findings += error.diagnostics


def _environments(project: LoadedProject) -> list[Diagnostic]:
    """Return a finding for each environment that the manifest names and that has no file."""
    declared = project.manifest.environments
    named: dict[tuple[str, ...], str | None] = {
        **{("branches", glob): name for glob, name in declared.branches.items()},
        **{("tags", glob): name for glob, name in declared.tags.items()},
        ("default",): declared.default,
        ("unknown",): declared.unknown,
        ("production",): declared.production,
    }
    return [item for path, name in named.items() if name is not None for item in _unknown(project, name, path)]


def _unknown(project: LoadedProject, environment: str, path: tuple[str, ...]) -> Iterable[Diagnostic]:
    """Return the errors of an environment, at the manifest's line that names it if it does not exist."""
    try:
        project.environment_layer(environment, ("environments", *path))
    except TypedflowError as error:
        return error.diagnostics
    return ()


def _of_model(project: LoadedProject, layers: Sequence[Layer]) -> list[Diagnostic]:
    try:
        facts = Facts(project, tuple(layers))
        models = project.models.all()
        found = [*(item for model in models for item in of_model(model)), *of_files(facts), *of_settings(facts)]
        found += [*project_section_problems(project), *misnamed_variables(project)]
        return [*found, *find_drift(SettingsSchemas(project).files(), exported(project))]
    except TypedflowError as error:
        return list(error.diagnostics)

"""The judgement of a project's settings: its manifest, its model, each file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from typedflow.check._exported import exported
from typedflow.check._facts import Facts
from typedflow.check._gather import Findings
from typedflow.check._outcomes import Outcome
from typedflow.check.rules import of_layer, of_model, of_settings
from typedflow.layers import Layer, Rank
from typedflow.models import keys_in
from typedflow.project import Project, misnamed_variables
from typedflow.schema import drifted
from typedflow.values import Diagnostic, TypedflowError, is_declared_public

Alive = Callable[[], None]
"""Says that the work goes on."""


def judge_settings(project: Project, alive: Alive) -> Outcome:
    """Judge what the flows of a project share, before it is resolved; each finding once."""
    findings = Findings()
    layers = []
    for layer in _layers(project, findings):
        layers.append(layer)
        findings.add(item for item in of_layer(layer) if not _is_public(item, project.manifest.public))
        alive()
    findings.add(_environments(project))
    findings.add(_of_model(project, layers))
    return Outcome(tuple(findings.all()), keys=_keys(project))


def _is_public(item: Diagnostic, public: Sequence[str]) -> bool:
    return item.rule.name == "secret-value" and is_declared_public(item.path or (), public)


def _keys(project: Project) -> tuple[str, ...]:
    with suppress(TypedflowError):  # reported where the model is judged
        return tuple(sorted(keys_in(project.model)))
    return ()


def _layers(project: Project, findings: Findings) -> Iterator[Layer]:
    """Give every settings file that can be read; what is wrong with the others is a finding."""
    try:
        files = project.files
    except TypedflowError as error:
        findings.add(error.diagnostics)
        return
    ranked = ((Rank.GLOBAL, files.base), (Rank.ENVIRONMENT, files.environments.values()))
    for rank, group in (*ranked, (Rank.BINDING, files.bindings.values())):
        for file in group:
            try:
                yield project.read(file, rank)
            except TypedflowError as error:
                findings.add(error.diagnostics)


def _environments(project: Project) -> list[Diagnostic]:
    """Give a finding for each environment that the manifest names and no file is of."""
    declared = project.manifest.environments
    named: dict[tuple[str, ...], str | None] = {
        **{("branches", glob): name for glob, name in declared.branches.items()},
        **{("tags", glob): name for glob, name in declared.tags.items()},
        ("default",): declared.default,
        ("unknown",): declared.unknown,
        ("production",): declared.production,
    }
    return [item for path, name in named.items() if name is not None for item in _unknown(project, name, path)]


def _unknown(project: Project, environment: str, path: tuple[str, ...]) -> Iterator[Diagnostic]:
    """Give what is wrong with an environment, at the manifest's line that names it where there is no such."""
    try:
        project.environment_layer(environment)
    except TypedflowError as error:
        place = project.place("environments", *path)
        for item in error.diagnostics:
            yield replace(item, location=place) if item.rule.name == "unknown-environment" else item


def _of_model(project: Project, layers: Sequence[Layer]) -> list[Diagnostic]:
    try:
        found = [*of_model(project.model), *of_settings(Facts(project, tuple(layers)))]
        found += misnamed_variables(project, project.model)
        return [*found, *drifted({"settings": project.model}, exported(project))]
    except TypedflowError as error:
        return list(error.diagnostics)

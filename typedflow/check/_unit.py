"""Checks a unit: what its kind finds in its file, and under the settings of every variant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic_core import to_json

from typedflow.check._cases import Attempt, Cases
from typedflow.check._exported import exported
from typedflow.check._settings import Alive
from typedflow.check._settled import Settled
from typedflow.check._worker_messages import Outcome, Task
from typedflow.check.rules import of_layer, of_model, of_subject, of_typed_layer
from typedflow.layers import layer, with_directives
from typedflow.metaflow import defaults_read
from typedflow.models import keys_in, plan_of
from typedflow.parsing import parse_any
from typedflow.project import IncludedFiles, Unit
from typedflow.schema import find_drift, schema_files
from typedflow.units import Subject, kind_named
from typedflow.values import Case, Diagnostic, Source, SourceKind, TypedflowError, merge_findings

Variant = tuple[Case, Attempt]
Given = tuple[Case, Mapping[str, Any], bytes]
"""A variant, the stored forms of the configs that it sets, by name, and their digest."""


def judge_unit(task: Task, cases: Cases | None, alive: Alive) -> Outcome:
    """Judge a unit of a project, or the file of one that belongs to none, under every variant."""
    findings: list[Diagnostic] = []
    before, keys = set(defaults_read()), set[str]()
    configs: tuple[str, ...] | None = None
    has_project = False
    models: dict[str, dict[type[BaseModel], None]] = {}
    unit = cases.project.unit(task.name, (task.kind,)) if cases else None
    variants = _variants(task, unit, cases, findings, alive)
    try:
        for subject in kind_named(task.kind).judge(Path(task.file), unit, cases.project if cases else None):
            declared, settled = subject.configs, Settled(unit.config if unit else "", cases)
            has_project = has_project or subject.has_project
            configs = (*(configs or ()), *(name for name, facts in declared.items() if facts.model is not None))
            findings += _of_subject(subject, task, cases)
            for name, facts in declared.items():
                models.setdefault(name, {}).update({facts.model: None} if facts.model else {})
            keys.update(key for facts in declared.values() if facts.model for key in keys_in(facts.model))
            known: dict[bytes, list[Diagnostic]] = {}  # variants with equal settings are judged once
            for case, given, digest in _given(unit, variants):
                try:
                    made = {} if subject.problems else subject.made_configs(case)
                except TypedflowError as error:
                    findings += _of_case(error.diagnostics, case)
                    continue
                key = digest + to_json(made)
                if key not in known:
                    known[key] = list(settled.of(subject.evaluate({**given, **made}), case))
                findings += _of_case(known[key], case)
                alive()
    except TypedflowError as error:
        findings += error.diagnostics
    for name, source in set(defaults_read()) - before:
        findings += _of_file(source, models.get(name, ()))
    return Outcome(
        merge_findings(findings),
        len(variants),
        keys=tuple(sorted(keys)),
        configs=configs,
        has_project=has_project,
    )


def _of_file(source: Source, models: Iterable[type[BaseModel]]) -> Iterator[Diagnostic]:
    """Judge a file that a config of the unit has as its default; what it does not fit has been found."""
    if source.kind is SourceKind.FILE and source.format is not None:
        with suppress(TypedflowError):
            files = IncludedFiles(source.file.parent) if source.file else None
            found = layer(source, parse_any(source), files=files)
            yield from of_layer(found)
            for model in models:
                whole = with_directives(found, plan_of(model))
                for each in whole.inner:
                    yield from of_layer(layer(each.source, parse_any(each.source)))
                yield from of_typed_layer(whole, model)


def _variants(
    task: Task, unit: Unit | None, cases: Cases | None, findings: list[Diagnostic], alive: Alive
) -> list[Variant]:
    """Return the variants; what is wrong with them is found whether the unit can be imported or not."""
    if cases is None or unit is None:
        return [(Case(task.name, kind=task.kind), Attempt())]
    variants = []
    try:
        for case, attempt in cases.of(unit, task.bindings):
            variants.append((case, attempt))
            findings += _of_case(attempt.diagnostics, case)
            alive()
    except TypedflowError as error:
        findings += error.diagnostics
    return variants


def _of_case(found: Iterable[Diagnostic], case: Case) -> Iterator[Diagnostic]:
    return (replace(item, cases=(case,)) for item in found)


def _of_subject(subject: Subject, task: Task, cases: Cases | None) -> Iterator[Diagnostic]:
    """Judge what a subject declares, whatever the settings are."""
    models = {facts.model: None for facts in subject.configs.values() if facts.model is not None}
    for model in models:
        if cases is None or model not in cases.project.models.loaded:
            yield from of_model(model)
    yield from of_subject(subject)
    yield from subject.problems
    if cases is not None:
        named = {f"{task.name}.{name}": [facts.model] for name, facts in subject.configs.items() if facts.model}
        yield from find_drift(schema_files(named), exported(cases.project))


def _given(unit: Unit | None, variants: Sequence[Variant]) -> Iterator[Given]:
    """Yield each variant that resolves with what its settings are."""
    for case, attempt in variants:
        if unit is None:
            yield case, {}, b""
        elif attempt.digest:
            yield case, {unit.config: attempt.stored}, attempt.digest

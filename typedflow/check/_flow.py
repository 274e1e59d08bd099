"""The judgement of a flow: it is imported, and what its class says is evaluated for every variant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

from pydantic import BaseModel

from typedflow.check._cases import Attempt, Cases
from typedflow.check._exported import exported
from typedflow.check._settings import Alive
from typedflow.check._settled import Settled
from typedflow.check._worker_messages import Outcome, Task
from typedflow.check.rules import of_flow, of_layer, of_model, of_typed_layer
from typedflow.layers import layer
from typedflow.metaflow import (
    DeclaredFacts,
    FlowChecker,
    configs_of,
    defaults_read,
    has_project,
    import_flow,
    outermost_flows,
    unknown_config,
)
from typedflow.models import keys_in
from typedflow.parsing import parse_any
from typedflow.project import LoadedProject
from typedflow.schema import find_drift
from typedflow.values import (
    RULES,
    Case,
    Diagnostic,
    Location,
    Source,
    SourceKind,
    TypedflowError,
    did_you_mean,
    listed,
    merge_findings,
)
from typedflow.workspace import read_source

Variant = tuple[Case, Attempt]
Given = tuple[Case, Mapping[str, Any], bytes]
"""A variant, the stored forms of the configs that it sets, by name, and their digest."""


def judge_flow(task: Task, cases: Cases | None, alive: Alive) -> Outcome:
    """Check a flow of a project, or a standalone one, under every variant."""
    findings: list[Diagnostic] = []
    before, keys = set(defaults_read()), set[str]()
    configs: tuple[str, ...] | None = None
    with_project = False
    models: dict[str, dict[type[BaseModel], None]] = {}
    variants = _variants(task, cases, findings, alive)
    try:
        module = _imported(task, cases)
        with_project = has_project(module)
        for flow in _flows(module, task, cases):
            declared, judge, settled = configs_of(flow), FlowChecker(flow), Settled(task.name, cases)
            configs = (*(configs or ()), *(name for name, facts in declared.items() if facts.model is not None))
            findings += _of_configs(flow, declared, task, cases)
            for name, facts in declared.items():
                models.setdefault(name, {}).update({facts.model: None} if facts.model else {})
            keys.update(key for facts in declared.values() if facts.model for key in keys_in(facts.model))
            known: dict[bytes, list[Diagnostic]] = {}  # variants with equal settings are judged once
            for case, given, digest in _given(declared, task, cases, variants):
                if digest not in known:
                    known[digest] = list(settled.of(judge.check(given), case))
                findings += _of_case(known[digest], case)
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
        has_project=with_project,
    )


def _of_file(source: Source, models: Iterable[type[BaseModel]]) -> Iterator[Diagnostic]:
    """Check a file that is the default of a config of the flow; whether it fits has been checked."""
    if source.kind is SourceKind.FILE and source.format is not None:
        with suppress(TypedflowError):
            found = layer(source, parse_any(source))
            yield from of_layer(found)
            for model in models:
                yield from of_typed_layer(found, model)


def _variants(task: Task, cases: Cases | None, findings: list[Diagnostic], alive: Alive) -> list[Variant]:
    """Return the variants; what is wrong with them is found whether the flow can be imported or not."""
    if cases is None:
        return [(Case(task.name), Attempt())]
    variants = []
    try:
        for case, attempt in cases.of(task.name, task.bindings):
            variants.append((case, attempt))
            findings += _of_case(attempt.diagnostics, case)
            alive()
    except TypedflowError as error:
        findings += error.diagnostics
    return variants


def _of_case(found: Iterable[Diagnostic], case: Case) -> Iterator[Diagnostic]:
    return (replace(item, cases=(case,)) for item in found)


def _imported(task: Task, cases: Cases | None) -> ModuleType:
    file = Path(task.file)
    try:
        read_source(file, cases.project.root if cases else None)
    except TypedflowError as error:
        place = cases.project.place("flows", task.name, "file") if cases else None
        raise TypedflowError(replace(item, location=place or item.location) for item in error.diagnostics) from None
    return import_flow(file)


def _flows(module: ModuleType, task: Task, cases: Cases | None) -> list[type]:
    """Give the flows of a module that no other of its flows inherits from.

    Raises:
        TypedflowError: ``no-flow``.
    """
    place = cases.project.place("flows", task.name, "file") if cases else None
    return outermost_flows(module, place or Location(task.file))


def _of_configs(
    flow: type, declared: Mapping[str, DeclaredFacts], task: Task, cases: Cases | None
) -> Iterator[Diagnostic]:
    """Check what a flow declares: its models, and whether it accepts the project's settings."""
    models = {facts.model: None for facts in declared.values() if facts.model is not None}
    for model in models:
        if cases is None or model is not cases.project.model:
            yield from of_model(model)
    yield from of_flow(flow, declared.values())
    if cases is not None:
        yield from _of_settings_config(flow, declared, task.name, cases.project)
        named = {f"{task.name}.{name}": facts.model for name, facts in declared.items() if facts.model}
        yield from find_drift(named, exported(cases.project))


def _of_settings_config(
    flow: type, declared: Mapping[str, DeclaredFacts], name: str, project: LoadedProject
) -> Iterator[Diagnostic]:
    wanted, model = project.unit(name).config, project.model
    facts = declared.get(wanted)
    if facts is None:
        place = project.place("flows", name, "config") or project.place("flows", name)
        message = f"the flow {flow.__name__} has no config `{wanted}`, which takes the project's settings"
        known = f"it has {listed(declared)}" if declared else "it has none"
        label = did_you_mean(wanted, declared)
        yield unknown_config(f"{message}; {known}", place, label=label, hint="" if label else _HINT)
    elif facts.model is None or not _is_same(facts.model, model):
        found = f"is read by {facts.model.__name__}" if facts.model else "has no model"
        message = f"the config `{wanted}` of {flow.__name__} {found}; the project's settings are {model.__name__}"
        hint = f"declare it with `model={model.__name__}`, or name another model in {project.source.name}"
        yield Diagnostic(RULES["other-model"], message, facts.location, hint=hint)


_HINT = "inherit from SettingsMixin[...], or name the flow's Config with `config` in the manifest"


def _is_same(one: type, other: type) -> bool:
    """Tell whether two classes are one: a file that is imported under two names makes two."""
    return one is other or (one.__qualname__ == other.__qualname__ and _schema(one) == _schema(other))


def _schema(model: Any) -> Any:
    return model.model_json_schema()


def _given(
    declared: Mapping[str, DeclaredFacts], task: Task, cases: Cases | None, variants: Sequence[Variant]
) -> Iterator[Given]:
    """Yield each variant that resolves with what its settings are."""
    config = cases.project.unit(task.name).config if cases else ""
    for case, attempt in variants:
        if cases is None:
            yield case, {}, b""
        elif config in declared and attempt.digest:
            yield case, {config: attempt.stored}, attempt.digest

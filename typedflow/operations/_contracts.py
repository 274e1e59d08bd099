"""The contracts of a project's models, collected in a child process: user code is imported there."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, TypeAdapter

from typedflow.models import declared_at, field_location, field_of
from typedflow.operations._past_project import import_as_it_was, refuse_current_modules
from typedflow.operations._table_contracts import TableContracts, table_contracts
from typedflow.project import ChosenEnvironment, LoadedProject, Unit, open_project, resolve
from typedflow.schema import Contract, contract_of, paths_of
from typedflow.units import kind_named
from typedflow.values import Diagnostic, Location, TypedflowError, format_path, merge_findings
from typedflow.workspace import display_name

PROGRAM = f"{__name__}:answer"


@dataclass(frozen=True, slots=True)
class ContractsRequest:
    """The project to read; of a past one, ``today`` and ``tree`` are its repository as it is and as it was.

    ``with_settings``: the settings files are resolved, too.
    """

    root: str
    today: str = ""
    tree: str = ""
    with_settings: bool = False


@dataclass(frozen=True, slots=True)
class ModelContract:
    """A model's contract; the file and line of each field by the text of its key path, the model's own under ``""``."""

    contract: Contract
    places: dict[str, tuple[str, int]]


@dataclass(frozen=True, slots=True)
class ContractsResponse:
    """The contracts by config; what is wrong with the settings, or (``failed``) why there are no contracts.

    ``settings`` are the contracts of the settings' models by their names, and ``units`` has the name of each unit's.
    ``skipped``: the units that cannot be imported, so that their own configs are not known, each with the reason.
    ``tables``: what their files declare.
    """

    contracts: dict[str, ModelContract] = field(default_factory=dict)
    settings: dict[str, ModelContract] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
    failed: bool = False
    skipped: dict[str, str] = field(default_factory=dict)
    tables: TableContracts = field(default_factory=TableContracts)


request_adapter = TypeAdapter(ContractsRequest)
response_adapter = TypeAdapter(ContractsResponse)


def answer(line: str) -> str:
    """Return the response to a request, as JSON."""
    request = request_adapter.validate_json(line)
    before = set(sys.modules)
    import_as_it_was(request.today, request.tree)
    try:
        found = _contracts(request)
        refuse_current_modules(request.today, request.tree, before)
    except TypedflowError as error:
        found = ContractsResponse(diagnostics=error.diagnostics, failed=True)
    return response_adapter.dump_json(found).decode()


def _contracts(request: ContractsRequest) -> ContractsResponse:
    project = open_project(Path(request.root), {})  # from files only: environment variables differ between users
    labels = {reference: label for label, reference in project.models.labels().items()}
    settings = {label: _contract(project.models.named(reference), project.root) for reference, label in labels.items()}
    units = {unit.key: labels[unit.model] for unit in project.units}
    contracts: dict[str, ModelContract] = {}
    skipped: dict[str, str] = {}
    for unit in project.units:
        try:
            models = kind_named(unit.kind).models(project, unit)
        except (Exception, SystemExit) as error:  # noqa: BLE001 # the user's file decides what is raised
            skipped[unit.name] = f"{type(error).__name__}: {error}"
        else:
            contracts |= {f"{unit.name}.{name}": _contract(model, project.root) for name, model in models.items()}
    found = merge_findings(_problems(project)) if request.with_settings else ()
    return ContractsResponse(contracts, settings, units, found, skipped=skipped, tables=table_contracts(project))


def _contract(model: type[BaseModel], root: Path) -> ModelContract:
    contract = contract_of(model)
    places = {"": declared_at(model)}
    for path in paths_of(contract):
        owner = field_of(model, path)
        places[format_path(path)] = field_location(*owner) if owner else None
    return ModelContract(
        contract, {path: _place(found, root) for path, found in places.items() if found and found.span}
    )


def _place(found: Location, root: Path) -> tuple[str, int]:
    return display_name(Path(found.name), root), found.span.line if found.span else 1


def _problems(project: LoadedProject) -> Iterator[Diagnostic]:
    """Yield what is wrong with the settings files: each binding of each unit in each environment."""
    for unit in project.units:
        try:
            for binding in project.bindings(unit):
                for environment in project.possible_environments():
                    yield from _of_variant(project, unit, binding, environment)
        except TypedflowError as error:
            yield from error.diagnostics


def _of_variant(project: LoadedProject, unit: Unit, binding: str, environment: str | None) -> tuple[Diagnostic, ...]:
    try:
        resolve(project, unit, binding, ChosenEnvironment(environment))
    except TypedflowError as error:
        return error.diagnostics
    return ()

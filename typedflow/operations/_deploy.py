"""Deploy the variants of a flow, after checking all of them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from typedflow.metaflow import TARGETS, deployment_template
from typedflow.operations._check_variants import check_variants
from typedflow.operations._choose_variants import choose_environment, choose_unit, match_bindings
from typedflow.operations._errors import argument_error
from typedflow.operations._events import CheckFinished, EnvironmentChosen, OnEvent, ignore_event
from typedflow.project import ChosenEnvironment, Identities, LoadedProject, Override
from typedflow.units import (
    DeployableKind,
    DeploymentOptions,
    FinishedDeployment,
    PlannedDeployment,
    deploy_planned,
    deployable,
    kind_named,
)
from typedflow.values import Diagnostic, Severity, TypedflowError, did_you_mean, listed


@dataclass(frozen=True, slots=True)
class Deployed:
    """What was deployed, or would be.

    ``findings``: what the check found; where one is an error, nothing is ``planned``. ``finished`` is empty after a dry
    run.
    """

    unit: str
    target: str
    environment: ChosenEnvironment
    findings: tuple[Diagnostic, ...] = ()
    planned: tuple[PlannedDeployment, ...] = ()
    finished: tuple[FinishedDeployment, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether the check found an error."""
        return any(item.severity is Severity.ERROR for item in self.findings)

    @property
    def failures(self) -> list[Diagnostic]:
        """The finding of each deployment that failed."""
        return [found for each in self.finished if (found := each.failure()) is not None]


@dataclass(frozen=True, slots=True)
class Templates:
    """What deployments would create, as JSON values by binding, and why others have none."""

    by_binding: dict[str, Any]
    findings: tuple[Diagnostic, ...]


def deploy(  # noqa: PLR0913 # a keyword argument for each option
    project: LoadedProject,
    *,
    unit: str | None = None,
    target: str,
    bindings: Sequence[str] = (),
    environment: str | None = None,
    overrides: Sequence[str | Override] = (),
    branch: str | None = None,
    production: bool = False,
    locked: bool = False,
    again: bool = False,
    dags: str | os.PathLike[str] | None = None,
    arguments: Sequence[str] = (),
    dry_run: bool = False,
    jobs: int = 4,
    on_event: OnEvent = ignore_event,
) -> Deployed:
    """Check the variants of a flow, and deploy those that have changed, ``jobs`` at a time.

    ``bindings`` are globs, ``overrides`` texts such as ``model.alpha=0.5``. ``branch`` is the one in the names;
    ``production``: names without a branch. ``locked``: stop if anything differs from the lock file. ``again``: also
    deploy what has not changed. ``arguments`` are Metaflow's.

    Raises:
        TypedflowError: what is wrong with the arguments, the names or the lock file; nothing is deployed then.
    """
    options = DeploymentOptions(target, branch, production, again, Path(dags) if dags else None, tuple(arguments))
    _require_valid(options, jobs)
    found = choose_unit(project, unit, deployable)
    names = match_bindings(project, found, bindings)
    chosen = choose_environment(project, environment, branch)
    on_event(EnvironmentChosen(chosen))
    checked = check_variants(project, {found: names}, chosen, overrides, locked=locked, on_event=on_event)
    on_event(CheckFinished(checked.findings))
    done = Deployed(found.name, target, chosen, checked.findings)
    if done.has_errors:
        return done
    kind = cast("DeployableKind", kind_named(found.kind))
    identities = Identities(project, branch)
    resolved = [identities.label(each) for each in checked.resolved]
    planned = kind.plan(project, resolved, options, has_project=found.key in checked.with_project)
    finished = () if dry_run else deploy_planned(planned, jobs=jobs, on_progress=on_event)
    return replace(done, planned=planned, finished=finished)


def finish_deploy(planned: Deployed, *, dry_run: bool, jobs: int) -> Deployed:
    """Deploy what is planned, unless this is a dry run.

    Raises:
        TypedflowError: what is wrong with a variant; nothing is deployed then.
    """
    if planned.has_errors:
        raise TypedflowError(planned.findings)
    if dry_run:
        return planned
    return replace(planned, finished=deploy_planned(planned.planned, jobs=jobs, on_progress=ignore_event))


def deployment_templates(planned: Sequence[PlannedDeployment]) -> Templates:
    """Return what planned deployments would create; nothing is created."""
    templates: dict[str, Any] = {}
    findings: list[Diagnostic] = []
    for each in planned:
        try:
            templates[each.binding] = deployment_template(
                each.job.command, each.environ, name=each.name, case=each.job.record.case
            )
        except TypedflowError as error:
            findings += error.diagnostics
    return Templates(templates, tuple(findings))


def _require_valid(options: DeploymentOptions, jobs: int) -> None:
    if options.target not in TARGETS:
        hint = did_you_mean(options.target, TARGETS) or f"the targets: {listed(TARGETS)}"
        raise argument_error(f"there is no target `{options.target}`", option="--to", hint=hint)
    if options.branch == "":
        raise argument_error("the branch has no name", option="--branch", hint="name one, or omit the option")
    if options.branch is not None and options.production:
        raise argument_error("not valid with `--production`", option="--branch")
    if options.dags is not None and options.target != "airflow":
        raise argument_error("only valid with `--to airflow`", option="--dags")
    if jobs < 1:
        raise argument_error(f"must be an integer greater than or equal to 1, not {jobs}", option="--jobs")

"""Names of deployments: two deployments never share one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from typedflow.metaflow import DeploymentName, deployment_name
from typedflow.project import LoadedProject, Resolved, Variant, environment_in_name, variant_name
from typedflow.units._deployment_records import DeploymentRecord, load_record
from typedflow.units._deployment_worker import DeploymentJob
from typedflow.values import DEFAULT_BINDING, RULES, Case, Diagnostic, TypedflowError
from typedflow.workspace import display_name

_bad_name = partial(Diagnostic, RULES["deployment-name"])


def deployment_names(
    project: LoadedProject,
    variants: Sequence[Resolved[Any]],
    branch: str | None,
    *,
    target: str,
    production: bool,
    has_project: bool,
) -> list[DeploymentName]:
    """Return the name of each variant of a flow, with the branch, if there is one and it is not production.

    Raises:
        TypedflowError: ``deployment-name``.
    """
    found: dict[str, str] = {}
    problems, names = [], []
    for each in variants:
        binding = each.variant.binding
        name = deployment_name(
            each.variant.unit,
            None if binding == DEFAULT_BINDING else binding,
            branch,
            target,
            is_project=has_project,
            production=production,
            environment=environment_in_name(project, each.variant.environment, branch, production=production),
        )
        names.append(name)
        other = found.setdefault(name.shown, binding)
        if other != binding:
            message = f"the bindings `{other}` and `{binding}` have the same name"
            problems.append(_bad_name_of(message, name, each.variant.case))
        elif name.is_too_long:
            problems.append(_bad_name_of(f"the name is too long for {target}", name, each.variant.case))
    if problems:
        raise TypedflowError(problems)
    return names


def refuse_shared_names(jobs: Iterable[DeploymentJob], names: Sequence[DeploymentName], root: Path) -> None:
    """Reject names under which another variant, or another branch, was deployed.

    A branch whose environment has changed keeps its name.

    Raises:
        TypedflowError: ``deployment-name``.
    """
    problems = [item for job, name in zip(jobs, names, strict=True) for item in _shared(job, name, root)]
    if problems:
        raise TypedflowError(problems)


def _shared(job: DeploymentJob, name: DeploymentName, root: Path) -> Iterator[Diagnostic]:
    new, known = job.record, load_record(job.files.record)
    if known is None:
        return
    is_other = _variant_of(known) != _variant_of(new) or known.branch not in {None, new.branch}
    if is_other or (known.environment != new.environment and name.has_environment):
        what = f"`{known.unit}` {variant_name(Variant(known.unit, known.binding, known.environment))}"
        of_branch = f" of the branch `{known.branch}`" if known.branch else ""
        message = f"{what}{of_branch} was deployed under the same name: `{name.shown}`"
        record = display_name(job.files.record, root)
        hint = f"choose another name with `--branch NAME`; if that deployment no longer exists, remove {record}"
        yield _bad_name(message, hint=hint, cases=(new.case,))


def _variant_of(record: DeploymentRecord) -> tuple[str, str, str]:
    return record.kind, record.unit, record.binding


def _bad_name_of(message: str, name: DeploymentName, case: Case) -> Diagnostic:
    hint = "rename the binding, or shorten the branch with `--branch NAME`"
    return _bad_name(f"{message}: `{name.shown}`", hint=hint, cases=(case,))

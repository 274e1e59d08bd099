"""Plans of deployments: each variant with its name, and whether anything has changed since it was deployed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from typedflow.metaflow import DeploymentName, deploy_command, environ_of
from typedflow.project import LoadedProject, Resolved, Variant, compile_config
from typedflow.units._deployment_names import deployment_names, refuse_shared_names
from typedflow.units._deployment_records import DeploymentRecord, deployment_files, load_record
from typedflow.units._deployment_worker import DeploymentJob
from typedflow.units._launched import Launched, with_launch
from typedflow.workspace import code_digest, digest, environment_digest, from_here, installed_digest, real_path


@dataclass(frozen=True, slots=True)
class DeploymentOptions:
    """How variants are deployed: where to, and under which names.

    ``branch``: the one in the names, instead of the checked-out one; ``production``: names without a branch;
    ``again``: also deploy what has not changed; ``dags``: the directory of Airflow's files; ``arguments``: what
    Metaflow gets.
    """

    target: str
    branch: str | None = None
    production: bool = False
    again: bool = False
    dags: Path | None = None
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedDeployment:
    """A variant, the job that deploys it and its environment; ``state`` is ``new``, ``changed`` or ``unchanged``."""

    state: str
    job: DeploymentJob
    environ: Mapping[str, str] = field(repr=False)

    @property
    def binding(self) -> str:
        """The binding of the variant."""
        return self.job.record.binding

    @property
    def name(self) -> str:
        """The name that it has, or will have."""
        return self.job.record.name


def plan_deployments(
    project: LoadedProject, resolved: Iterable[Resolved[Any]], options: DeploymentOptions, *, has_project: bool
) -> tuple[PlannedDeployment, ...]:
    """Compile variants of one flow, and return how each is deployed. ``has_project``: the flow has ``@project``.

    Raises:
        TypedflowError: ``deployment-name``; ``unwritable-file``.
    """
    variants = list(resolved)
    branch = None if options.production else options.branch or project.checked_out.branch
    names = deployment_names(
        project,
        variants,
        branch,
        target=options.target,
        production=options.production,
        has_project=has_project,
    )
    planner = _Planner(project, variants[0].variant, branch or "", options)
    planned = tuple(planner.plan(each, name) for each, name in zip(variants, names, strict=True))
    refuse_shared_names((each.job for each in planned), names, project.root)
    return planned


class _Planner:
    """Plans variants of one flow; what they share is computed once."""

    def __init__(self, project: LoadedProject, variant: Variant, branch: str, options: DeploymentOptions) -> None:
        self._project, self._branch, self._options = project, branch, options
        unit = project.unit(variant.unit, (variant.kind,))
        self._config = unit.config
        self._file = project.root / unit.file
        self._dags = real_path(options.dags or project.root / "dags")
        left_out = (project.root / project.manifest.settings, self._dags)
        self._code = digest(
            code_digest(self._file.parent, *left_out), installed_digest(), environment_digest(project.environ)
        )

    def plan(self, resolved: Resolved[Any], name: DeploymentName) -> PlannedDeployment:
        project, options, variant = self._project, self._options, resolved.variant
        target, arguments = options.target, options.arguments
        compiled = compile_config(resolved, project.root)
        files = deployment_files(project.root, target, name.shown)
        shown = from_here(compiled.file)
        command = deploy_command(from_here(self._file), self._config, shown, target, name, arguments)
        inputs = digest(compiled.digest, self._code, *self._tables(resolved), *name.options, *arguments)
        known = load_record(files.record)
        state = "new" if known is None else "unchanged" if known.inputs == inputs else "changed"
        record = DeploymentRecord(
            kind=variant.kind,
            unit=variant.unit,
            binding=variant.binding,
            environment=variant.environment,
            target=target,
            name=known.name if known else name.shown,
            config=compiled.digest,
            compiled=compiled.file.relative_to(project.root).as_posix(),
            inputs=inputs,
            at="",
            branch=self._branch,
            identity=variant.identity,
        )
        output = self._dags / f"{name.shown}.py" if target == "airflow" else None
        again = state == "unchanged" and options.again
        job = DeploymentJob(record, files, tuple(command), output, again=again)
        environ = with_launch(environ_of(variant, project.environ), project, resolved, compiled)
        return PlannedDeployment("changed" if again else state, job, environ)

    def _tables(self, resolved: Resolved[Any]) -> tuple[str, ...]:
        if not self._project.tables.units:
            return ()
        from typedflow.units._run_tables import tables_digest

        variant = resolved.variant
        return tables_digest(self._project, Launched(variant.binding, variant.environment, resolved.overrides))

"""What is to be deployed: each variant with its name, and whether anything has changed since it was deployed."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from typedflow.cli._chosen import chosen_bindings, wrong
from typedflow.cli._deployment_names import deployment_names, refuse_shared
from typedflow.metaflow import DeploymentName, Job, Outcome, deploy_command, environ_of
from typedflow.project import (
    BINDING_VARIABLE,
    Deployment,
    Project,
    Resolved,
    compile_config,
    deployment_files,
    kept,
    named_binding,
)
from typedflow.values import did_you_mean, listed
from typedflow.workspace import code_digest, digest, environment_digest, from_here, installed_digest, real_path

_GLOB = "*?["


@dataclass(frozen=True, slots=True)
class Planned:
    """A variant, the job that deploys it and its environment; ``state`` is ``new``, ``changed`` or ``unchanged``."""

    binding: str
    state: str
    job: Job
    environ: Mapping[str, str] = field(repr=False)

    @property
    def name(self) -> str:
        """The name that it has, or gets."""
        return self.job.deployment.name


@dataclass(frozen=True, slots=True)
class Done:
    """What has come of a variant, and in how many seconds."""

    outcome: Outcome
    seconds: float


def chosen(project: Project, flow: str, globs: Sequence[str] | None) -> list[str]:
    """Return the bindings that match some globs, in order; the one that a variable names, or the only one.

    Raises:
        TypedflowError: ``unknown-binding``; ``bad-option`` where nothing matches.
    """
    option = "--binding" if globs else BINDING_VARIABLE
    named = named_binding(project.environ)
    globs = globs or ([named] if named and set(named) & set(_GLOB) else ())
    if not globs:
        return list(chosen_bindings(project, flow, None))
    known = project.bindings(flow)
    found: dict[str, None] = {}
    for glob in globs:
        names = [name for name in known if fnmatchcase(name, glob)]
        if not names and not set(glob) & set(_GLOB):
            names = list(chosen_bindings(project, flow, glob))
        if not names:
            hint = did_you_mean(glob, known) or f"its bindings: {listed(known)}"
            raise wrong(f"no binding of `{flow}` matches `{glob}`", option=option, hint=hint)
        found.update(dict.fromkeys(names))
    return list(found)


def plan(
    project: Project, resolved: Iterable[Resolved[Any]], arguments: argparse.Namespace, *, has_project: bool
) -> list[Planned]:
    """Compile variants, and give how each is deployed. ``has_project``: the flow has ``@project``.

    Raises:
        TypedflowError: ``deployment-name``; ``unwritable-file``.
    """
    variants = list(resolved)
    branch = None if arguments.production else arguments.branch or project.checked_out.branch
    names = deployment_names(
        project,
        variants,
        branch,
        target=arguments.to,
        production=arguments.production,
        has_project=has_project,
    )
    planner = _Planner(project, variants[0].variant.flow, branch or "", arguments)
    planned = [planner.planned(each, name) for each, name in zip(variants, names, strict=True)]
    refuse_shared((each.job for each in planned), names, project.root)
    return planned


class _Planner:
    """Plans variants of one flow; what they share is found out once."""

    def __init__(self, project: Project, flow: str, branch: str, arguments: argparse.Namespace) -> None:
        self._project, self._branch, self._arguments = project, branch, arguments
        self._config = project.unit(flow).config
        self._file = project.root / project.unit(flow).file
        self._dags = real_path(Path(arguments.dags or project.root / "dags"))
        left_out = (project.root / project.manifest.settings, self._dags)
        self._code = digest(
            code_digest(self._file.parent, *left_out), installed_digest(), environment_digest(project.environ)
        )

    def planned(self, resolved: Resolved[Any], name: DeploymentName) -> Planned:
        project, target, variant = self._project, self._arguments.to, resolved.variant
        compiled = compile_config(resolved, project.root)
        files = deployment_files(project.root, target, name.shown)
        is_file = target == "airflow"
        own = (str(files.made),) if is_file else ("--deployer-attribute-file", str(files.attributes))
        shown, rest = from_here(compiled.file), self._arguments.rest
        command = deploy_command(from_here(self._file), self._config, shown, target, name, rest)
        inputs = digest(compiled.digest, self._code, *name.options, *rest)
        known = kept(files.record)
        state = "new" if known is None else "unchanged" if known.inputs == inputs else "changed"
        deployment = Deployment(
            flow=variant.flow,
            binding=variant.binding,
            environment=variant.environment,
            target=target,
            name=known.name if known else name.shown,
            config=compiled.digest,
            compiled=compiled.file.relative_to(project.root).as_posix(),
            inputs=inputs,
            at="",
            branch=self._branch,
        )
        output = self._dags / f"{name.shown}.py" if is_file else None
        again = state == "unchanged" and self._arguments.again
        environ = environ_of(variant, project.environ)
        job = Job(deployment, files, tuple(command), own, output, again=again)
        return Planned(variant.binding, "changed" if again else state, job, environ)

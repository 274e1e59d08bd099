"""What is to be deployed: each variant with its name, and whether anything has changed since it was deployed."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from typedflow.cli._chosen import chosen_bindings, command_line, wrong
from typedflow.metaflow import DeploymentName, Job, Outcome, asked_flow, deploy_command, deployment_name, environ_of
from typedflow.project import (
    BINDING_VARIABLE,
    DEFAULT_BINDING,
    Deployment,
    Project,
    Resolved,
    code_digest,
    compile_config,
    current_branch,
    deployment_files,
    digest,
    environment_digest,
    from_here,
    installed_digest,
    kept,
    named_binding,
    real_path,
)
from typedflow.values import RULES, Diagnostic, TypedflowError, did_you_mean, listed

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


def plan(project: Project, resolved: Iterable[Resolved[Any]], arguments: argparse.Namespace) -> list[Planned]:
    """Compile variants, and give how each is deployed.

    Raises:
        TypedflowError: ``deployment-name``; the flow cannot be imported; ``unwritable-file``.
    """
    variants = list(resolved)
    names = _names(project, variants, arguments)
    planner = _Planner(project, variants[0].variant.flow, arguments)
    return [planner.planned(each, name) for each, name in zip(variants, names, strict=True)]


def _names(project: Project, variants: list[Resolved[Any]], arguments: argparse.Namespace) -> list[DeploymentName]:
    unit = project.unit(variants[0].variant.flow)
    asked = command_line(lambda: asked_flow(project.root / unit.file, project.manifest.check.timeout))
    branch = arguments.branch or current_branch(project.root)
    found: dict[str, str] = {}
    problems, names = [], []
    for each in variants:
        flow, binding = each.variant.flow, each.variant.binding
        known = None if binding == DEFAULT_BINDING else binding
        name = deployment_name(
            flow, known, branch, arguments.to, is_project=asked.is_of_project, production=arguments.production
        )
        names.append(name)
        other = found.setdefault(name.shown, binding)
        if other != binding:
            problems.append(_refused(f"the bindings `{other}` and `{binding}` have the same name", name, binding))
        elif name.is_too_long:
            problems.append(_refused(f"the name is too long for {arguments.to}", name, binding))
    if problems:
        raise TypedflowError(problems)
    return names


def _refused(message: str, name: DeploymentName, binding: str) -> Diagnostic:
    hint = "rename the binding, or shorten the branch with `--branch NAME`"
    return Diagnostic(RULES["deployment-name"], f"{message}: `{name.shown}`", hint=hint, binding=binding)


class _Planner:
    """Plans variants of one flow; what they share is found out once."""

    def __init__(self, project: Project, flow: str, arguments: argparse.Namespace) -> None:
        self._project, self._arguments = project, arguments
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
        )
        output = self._dags / f"{name.shown}.py" if is_file else None
        again = state == "unchanged" and self._arguments.again
        environ = environ_of(variant, project.environ)
        job = Job(deployment, files, tuple(command), own, output, again=again)
        return Planned(variant.binding, "changed" if again else state, job, environ)

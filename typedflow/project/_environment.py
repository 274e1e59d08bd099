"""Choose the environment of a project, by name, by git branch or by tag, and say why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase

from typedflow.project._manifest import Environments
from typedflow.project._project import LoadedProject
from typedflow.values import RULES, Diagnostic, KeyPath, Location, TypedflowError, listed
from typedflow.workspace import CheckedOut

VARIABLE = "TYPEDFLOW_ENV"
_DEFAULT, _UNKNOWN = "[environments] default", "[environments] unknown"
#: Stands for "no environment" in a name that would otherwise imply one.
_NO_ENVIRONMENT = "no-env"


@dataclass(frozen=True, slots=True)
class ChosenEnvironment:
    """An environment, None if none applies, and what chose it; the reason is empty if there is nothing to choose.

    Shape: ``path`` is the key path of its name in the manifest, if the manifest names it.
    """

    name: str | None
    reason: str = ""
    path: KeyPath = field(default=(), compare=False)


def choose_environment(
    project: LoadedProject, named: str | None = None, branch: str | None = None, *, option: str = "--env"
) -> ChosenEnvironment:
    """Return the environment that applies: the one named here or by TYPEDFLOW_ENV, else that of what is checked out.

    ``branch`` replaces the one that is checked out. If the manifest maps no branches, git does not run.
    ``option`` is the option that names an environment here, for the hint; empty if there is none.

    Raises:
        TypedflowError: ``unknown-branch``; ``unknown-environment``, at the variable that names one.
    """
    found = named_environment(project, named)
    if found is not None and found.reason == VARIABLE:
        check_named(project, found)
    environments = project.manifest.environments
    if found is None and not environments.by_checkout:
        found = ChosenEnvironment(environments.default, path=("environments", "default"))
    if found is None and branch is not None:
        found = _of_branch(environments, branch, f"--branch {branch}")
    if found is None:
        found = _of_checkout(project, option)
    return found


def named_environment(project: LoadedProject, option: str | None = None) -> ChosenEnvironment | None:
    """Return the environment that ``--env`` or TYPEDFLOW_ENV names, or None."""
    if option is not None:
        return ChosenEnvironment(option, "--env")
    variable = project.environ.get(VARIABLE)
    return ChosenEnvironment(variable, VARIABLE) if variable else None


def check_named(project: LoadedProject, chosen: ChosenEnvironment) -> None:
    """Raise if an environment does not exist.

    Raises:
        TypedflowError: ``unknown-environment``, at the variable where that names it.
    """
    if chosen.name is None or chosen.name in project.environments:
        return
    try:
        project.environment_layer(chosen.name)
    except TypedflowError as error:
        if chosen.reason != VARIABLE:
            raise
        place = Location(VARIABLE)
        raise TypedflowError(replace(item, location=place) for item in error.diagnostics) from None


def environment_in_name(
    project: LoadedProject, environment: str | None, branch: str | None, *, production: bool
) -> str | None:
    """Return the environment in a deployment's name: None if the branch or production implies it.

    ``branch`` is the one in the name. A name with neither a branch nor an environment stands for one environment only.
    """
    return None if environment in _implied(project, branch, production) else environment or _NO_ENVIRONMENT


def _implied(project: LoadedProject, branch: str | None, production: bool) -> tuple[str | None, ...]:  # noqa: FBT001
    """Return the environment that a name without one stands for; an empty tuple if there is none."""
    environments = project.manifest.environments
    if branch is not None and not production:
        return (_of_branch(environments, branch, "").name,)
    if environments.production is not None:
        return (environments.production,) if production else ()
    return () if environments.by_checkout else (environments.default,)


def _of_branch(environments: Environments, branch: str, reason: str) -> ChosenEnvironment:
    """Return the environment of a known branch: that of the first matching glob, else the default."""
    glob = _matching(environments.branches, branch)
    if glob is not None:
        return ChosenEnvironment(environments.branches[glob], reason, ("environments", "branches", glob))
    by = f" ({_DEFAULT})" if environments.default else ""
    return ChosenEnvironment(environments.default, f"{reason} matches no glob{by}", ("environments", "default"))


def _of_checkout(project: LoadedProject, option: str) -> ChosenEnvironment:
    environments, found = project.manifest.environments, project.checked_out
    by = f" ({found.by})" if found.by else ""
    if found.branch is not None and not found.is_source:
        return _of_branch(environments, found.branch, f"branch {found.branch}{by}")
    globs = {tag: glob for tag in found.tags if (glob := _matching(environments.tags, tag)) is not None}
    tags = {tag: environments.tags[glob] for tag, glob in globs.items()}
    if len(set(tags.values())) == 1:
        tag, name = next(iter(tags.items()))
        return ChosenEnvironment(name, f"tag {tag}{by}", ("environments", "tags", globs[tag]))
    problem = f"no branch is known here: {_problem(environments, found, tags)}"
    if environments.unknown is not None:
        return ChosenEnvironment(environments.unknown, f"{problem} ({_UNKNOWN})", ("environments", "unknown"))
    raise TypedflowError([_unknown(project, problem, option)])


def _problem(environments: Environments, found: CheckedOut, tags: Mapping[str, str]) -> str:
    if tags:
        chosen = " and ".join(f"`{tag}` chooses `{name}`" for tag, name in tags.items())
        return f"{found.problem}, and of its tags {chosen}"
    if found.tags and environments.tags:
        return f"{found.problem}, and no glob of `environments.tags` matches {listed(found.tags)}"
    return found.problem


def _matching(globs: Mapping[str, str], name: str) -> str | None:
    """Return the first glob that a name matches."""
    return next((glob for glob in globs if fnmatchcase(name, glob)), None)


def _unknown(project: LoadedProject, problem: str, option: str) -> Diagnostic:
    environments = project.manifest.environments
    usual = environments.default or next(iter({**environments.branches, **environments.tags}.values()))
    place = project.place("environments", "branches" if environments.branches else "tags")
    ways = f"`{option}`, `{VARIABLE}`," if option else f"`{VARIABLE}`"
    hint = f'name the environment: {ways} or `{_UNKNOWN} = "{usual}"`'
    message = f"{problem}; the manifest chooses the environment by branch"
    return Diagnostic(RULES["unknown-branch"], message, place or Location(project.source.name), hint=hint)

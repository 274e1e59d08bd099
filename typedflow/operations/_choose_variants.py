"""Choose variants by their names: a unit, its bindings, an environment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase

from typedflow.operations._errors import argument_error, look_up_argument
from typedflow.project import (
    BINDING_VARIABLE,
    KINDS,
    ChosenEnvironment,
    LoadedProject,
    Unit,
    check_named,
    how_to_declare,
    named_binding,
    named_binding_of,
    named_environment,
    nouns,
)
from typedflow.project import choose_environment as choose_existing
from typedflow.values import DEFAULT_BINDING, TypedflowError, did_you_mean, listed
from typedflow.workspace import is_text

_WILDCARDS = frozenset("*?[")


def choose_unit(project: LoadedProject, name: str | None, can: Callable[[str], object] = KINDS.get) -> Unit:
    """Return the named unit, or the only one of the project, among those of kinds that can do something.

    Raises:
        TypedflowError: ``unknown-flow``; ``bad-option`` where one of several must be named.
    """
    kinds = list(filter(can, KINDS))
    if name is not None:
        if project.manifest.project is None:
            return project.unit(name, kinds)
        from typedflow.project import find_unit

        return find_unit(project, name, kinds)
    units = [unit for unit in project.units if unit.kind in kinds]
    if len(units) == 1:
        return units[0]
    noun, plural = nouns(units, kinds)
    if not units:
        raise argument_error(
            f"the project has no {noun}", hint=how_to_declare(project.source.name, project.table, kinds)
        )
    names = [unit.name for unit in units]
    raise argument_error(f"the project has several {plural}: {listed(names)}", hint="name one of them")


def choose_bound_unit(project: LoadedProject, name: str | None) -> Unit:
    """Return the named unit, the only one that has bindings, or the only one of the project.

    Raises:
        TypedflowError: as ``choose_unit``.
    """
    bound = [unit for unit in project.units if unit.bindings]
    return bound[0] if name is None and len(bound) == 1 else choose_unit(project, name)


def choose_binding(project: LoadedProject, unit: Unit, binding: str | None, *, may_be_several: bool = False) -> str:
    """Return the named binding, the one that TYPEDFLOW_BINDING names, or the unit's only one.

    ``may_be_several``: the caller would accept a glob, as the error says.

    Raises:
        TypedflowError: ``unknown-binding``; ``bad-option`` where one of several must be named.
    """
    known = project.bindings(unit)
    if binding is None:
        named = look_up_argument(lambda: named_binding_of(project, unit))
        if named is not None or len(known) == 1:
            return named or known[0]
        hint = f"name one with `--binding` or {BINDING_VARIABLE}"
        hint += ", or all with `--binding '*'`" if may_be_several else ""
        raise argument_error(f"`{unit.name}` has several bindings: {listed(known)}", hint=hint)
    if binding not in (*known, DEFAULT_BINDING):
        look_up_argument(lambda: project.binding_layer(unit, binding))
    return binding


def match_bindings(project: LoadedProject, unit: Unit, globs: Sequence[str] = ()) -> list[str]:
    """Return the bindings that match any of the globs, in order.

    Without a glob: those that TYPEDFLOW_BINDING names, or the unit's only one.

    Raises:
        TypedflowError: ``unknown-binding``; ``bad-option`` where nothing matches.
    """
    option = "--binding" if globs else BINDING_VARIABLE
    named = named_binding(project.environ)
    globs = globs or ([named] if named and _is_glob(named) else ())
    if not globs:
        return [choose_binding(project, unit, None, may_be_several=True)]
    known = project.bindings(unit)
    found: dict[str, None] = {}
    for glob in globs:
        names = [glob] if glob in known else [name for name in known if fnmatchcase(name, glob)]
        if not names and not _is_glob(glob):
            names = [choose_binding(project, unit, glob)]
        if not names:
            hint = did_you_mean(glob, known) or f"its bindings: {listed(known)}"
            raise argument_error(f"no binding of `{unit.name}` matches `{glob}`", option=option, hint=hint)
        found.update(dict.fromkeys(names))
    return list(found)


def choose_variants(
    project: LoadedProject,
    names: Sequence[str],
    globs: Sequence[str] = (),
    can: Callable[[str], object] = KINDS.get,
) -> dict[Unit, list[str]]:
    """Return the named units, or the only one, each with the bindings that match any of the globs.

    Raises:
        TypedflowError: as ``choose_unit`` and ``match_bindings``.
    """
    units = dict.fromkeys(choose_unit(project, name, can) for name in names or (None,))
    return {unit: match_bindings(project, unit, globs) for unit in units}


def choose_environment(
    project: LoadedProject, named: str | None, branch: str | None = None, *, option: str = "--env"
) -> ChosenEnvironment:
    """Return the environment: the named one, else that of the branch, else that of what is checked out.

    ``option`` is how the command selects an environment.

    Raises:
        TypedflowError: ``unknown-environment`` where a named one does not exist; ``unknown-branch``.
    """
    require_environment(project, named_environment(project, named))
    return choose_existing(project, named, branch, option=option)


def require_environment(project: LoadedProject, chosen: ChosenEnvironment | None) -> None:
    """Raise an error for an environment that is named and does not exist.

    Raises:
        TypedflowError: ``unknown-environment``.
    """
    if chosen is not None and chosen.name not in project.environments:
        look_up_argument(lambda: check_named(project, chosen))


def require_bindings(projects: Sequence[LoadedProject], globs: Sequence[str], option: str = "--binding") -> None:
    """Raise an error for a glob that matches no binding of any unit.

    ``option`` is the option, or the variable, that names the globs.

    Raises:
        TypedflowError: ``bad-option``.
    """
    noun, _ = nouns(unit for project in projects for unit in project.units)
    known: dict[str, None] = {}
    is_complete = True
    for project in projects:
        for unit in project.units:
            try:
                known.update(dict.fromkeys(project.bindings(unit)))
            except TypedflowError:
                is_complete = False  # a unit declares a binding that does not exist: that is a finding
    for glob in globs:
        if (is_complete or not is_text(glob)) and not any(fnmatchcase(name, glob) for name in known):
            hint = did_you_mean(glob, known) or (f"the bindings: {listed(known)}" if known else "")
            raise argument_error(f"no {noun} has a binding that matches `{glob}`", option=option, hint=hint)


def _is_glob(text: str) -> bool:
    return not _WILDCARDS.isdisjoint(text)

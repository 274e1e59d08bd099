"""Find the unit that a person means."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from typedflow.project._kinds import KINDS, Unit, nouns
from typedflow.project._project import LoadedProject
from typedflow.project._shared_findings import unknown_flow
from typedflow.values import Location, TypedflowError, redact_line


def find_unit(project: LoadedProject, text: str, kinds: Collection[str] = KINDS) -> Unit:
    """Return the unit of some kinds that a text names: ``training``, ``demo.training`` in the project ``demo``.

    Before either, ``flow:`` names the kind.

    Raises:
        TypedflowError: ``unknown-flow``, also where the text names several units.
    """
    found = _named(project, text, kinds)
    if not found:
        _refuse_identity(project, text)
        return project.unit(text, kinds)
    if len(found) == 1:
        return found[0]
    _, plural = nouns(unit for unit in project.units if unit.kind in kinds)
    place = project.place(*found[0].path) or Location(project.source.name)
    forms = [_form(project, unit, kinds) for unit in found]
    hint = f"write {' or '.join(f'`{form}`' for form in forms if form)}" if all(forms) else "rename one of them"
    raise TypedflowError([unknown_flow(f"`{redact_line(text)}` names several {plural}", place, hint=hint)])


def _refuse_identity(project: LoadedProject, text: str) -> None:
    """Raise for the identity of a variant, as `typedflow list` shows it: that names more than a unit."""
    start = f"{project.manifest.project}."
    label = text.removeprefix(start) if project.manifest.project is not None and text.startswith(start) else ""
    first, _, rest = label.partition(".")
    label = rest if first.startswith("branch_") else label
    for unit in project.units if label else ():
        names = [*(f" with `--binding {name}`" for name in _bindings(project, unit) if label == f"{name}.{unit.name}")]
        names += [""] if label == unit.name and not unit.bindings else []
        if names:
            message = f"`{redact_line(text)}` is the identity of a variant, not the name of a {unit.kind}"
            place = project.place(*unit.path) or Location(project.source.name)
            raise TypedflowError([unknown_flow(message, place, hint=f"write `{unit.name}`{names[0]}")])


def _bindings(project: LoadedProject, unit: Unit) -> Sequence[str]:
    return [name for glob in unit.bindings for name in project.matching(glob)]


def _named(project: LoadedProject, text: str, kinds: Collection[str]) -> Sequence[Unit]:
    kind, colon, rest = text.partition(":")
    wanted, name = ({kind}, rest) if colon and kind in kinds else (kinds, text)
    own = project.manifest.project
    names = {name} if own is None else {name, name.removeprefix(f"{own}.")}
    return [unit for unit in project.units if unit.name in names and unit.kind in wanted]


def _form(project: LoadedProject, unit: Unit, kinds: Collection[str]) -> str:
    """Return how a unit can be named so that no other is meant; an empty text if there is no way."""
    own = project.manifest.project
    whole = unit.name if own is None else f"{own}.{unit.name}"
    forms = (unit.name, whole, f"{unit.kind}:{unit.name}", f"{unit.kind}:{whole}")
    return next((form for form in forms if _named(project, form, kinds) == [unit]), "")

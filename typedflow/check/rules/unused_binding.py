"""TF515 unused-binding: settings files of bindings that no unit uses, and no binding in use extends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

from typedflow.check._facts import Facts
from typedflow.project import nouns
from typedflow.values import (
    DEFAULT_BINDING,
    RULES,
    Diagnostic,
    Location,
    Related,
    Severity,
    TypedflowError,
    closest,
    format_path,
)
from typedflow.workspace import display_name


def find(facts: Facts) -> Iterator[Diagnostic]:
    """Return the files of bindings that no unit's `bindings` match; none for a project without units."""
    project = facts.project
    units = project.units
    globs = {glob: unit for unit in units for glob in unit.bindings}
    try:
        found = project.files.bindings
    except TypedflowError:
        return
    noun, _ = nouns(units)
    bound = {DEFAULT_BINDING, *(name for glob in globs for name in project.matching(glob))}
    unbound = {name: files for name, files in found.items() if name not in bound} if units else {}
    for name, file in ((name, file) for name, files in unbound.items() for file in files):
        if name in project.bound.in_section(file.section).named_by(bound):
            continue
        place = project.place(*next(iter(globs.values())).path, "bindings") if globs else None
        entry = format_path(units[0].path)
        yield Diagnostic(
            RULES["unused-binding"],
            f"no {noun} is instantiated under the binding `{name}`, so its settings have no effect",
            Location(display_name(file.path, project.root)),
            label=_meant(name, globs),
            hint=f'add "{name}" to `bindings` of `{entry}` in {project.source.name}, or remove the file',
            related=(Related("bindings are declared at", place),) if place else (),
            severity=Severity.WARNING,
        )


def _meant(name: str, globs: Iterable[str]) -> str:
    """Return a suggestion: a binding that resembles the name, or whose glob has a similar prefix."""
    for glob in globs:
        stem, star, _ = glob.partition("*")
        start = name[: len(stem)]
        own = f"{stem}{name[len(stem) :]}"
        if star and stem and sorted(start.lower()) == sorted(stem.lower()) and fnmatchcase(own, glob):
            return f"did you mean `{own}`?"
        if closest(start if star else name, [stem]):
            return f"did you mean a name that matches `{glob}`?" if star else f"did you mean `{glob}`?"
    return ""

"""TF515 unused-binding: settings files of bindings that no flow uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

from typedflow.check._facts import Facts
from typedflow.values import DEFAULT_BINDING, RULES, Diagnostic, Location, Related, Severity, TypedflowError, closest
from typedflow.workspace import display_name


def find(facts: Facts) -> Iterator[Diagnostic]:
    """Give the files of bindings that no flow's `bindings` match; a project without flows has none."""
    project = facts.project
    flows = project.manifest.flows
    globs = {glob: name for name, unit in flows.items() for glob in unit.bindings}
    try:
        files = project.files.bindings
    except TypedflowError:
        return
    bound = {DEFAULT_BINDING, *(name for glob in globs for name in project.matching(glob))}
    for name, file in files.items() if flows else ():
        if name in bound:
            continue
        flow = next(iter(flows))
        place = project.place("flows", globs.get(next(iter(globs), ""), flow), "bindings") if globs else None
        yield Diagnostic(
            RULES["unused-binding"],
            f"no flow is instantiated under the binding `{name}`, so its settings have no effect",
            Location(display_name(file, project.root)),
            label=_meant(name, globs),
            hint=f'add "{name}" to `bindings` of `flows.{flow}` in {project.source.name}, or remove the file',
            related=(Related("bindings are declared at", place),) if place else (),
            severity=Severity.WARNING,
        )


def _meant(name: str, globs: Iterable[str]) -> str:
    """Return did-you-mean for a binding that is almost the name, or that begins with what a glob begins with."""
    for glob in globs:
        stem, star, _ = glob.partition("*")
        start = name[: len(stem)]
        own = f"{stem}{name[len(stem) :]}"
        if star and stem and sorted(start.lower()) == sorted(stem.lower()) and fnmatchcase(own, glob):
            return f"did you mean `{own}`?"
        if closest(start if star else name, [stem]):
            return f"did you mean a name that matches `{glob}`?" if star else f"did you mean `{glob}`?"
    return ""

"""TF518 unread-file: files in the settings directory that no layer reads."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from typedflow.check._facts import Facts
from typedflow.project import LoadedProject, UnreadFile, layer_names, listing, section_problems, unread_files
from typedflow.values import RULES, Diagnostic, Location, Severity, TypedflowError
from typedflow.workspace import display_name


def find(facts: Facts) -> Iterator[Diagnostic]:
    """Yield a warning for each file beside the settings that resembles a settings file.

    A file that a flow's text names is the flow's own, unless its name is that of a section.
    """
    project = facts.project
    try:
        files = unread_files(project.files, project.manifest, project.root)
    except TypedflowError:
        return
    sections = {each.section for each in files if each.section and _can_be_section(project, each.section)}
    for each in files:
        is_section = each.section in sections
        if each.is_named and not is_section:
            continue
        yield Diagnostic(
            RULES["unread-file"],
            "no layer reads this file",
            Location(display_name(each.file, project.root)),
            label=f"did you mean `{each.meant}`?" if each.meant and not (each.is_spare or is_section) else "",
            hint=_section_hint(project, each, sections) if is_section else _hint(project, each),
            severity=Severity.WARNING,
        )


def _can_be_section(project: LoadedProject, name: str) -> bool:
    try:
        return not any(section_problems([name], project.models.all(), lambda _: None))
    except TypedflowError:  # reported where the model is checked
        return False


def _section_hint(project: LoadedProject, file: UnreadFile, sections: Collection[str]) -> str:
    line = listing(project.manifest, sorted(sections))
    return f"`{file.section}` is a field of the model: to set it in this file, write {line} in {project.source.name}"


def _hint(project: LoadedProject, file: UnreadFile) -> str:
    if file.is_spare:
        return f"the layer of `{file.meant}` already has a file; move this one out of the settings directory"
    if file.meant:
        return "rename it, or move it out of the settings directory"
    names = layer_names(project.manifest.sections)
    return f"layers are {', '.join(names[:-1])} and {names[-1]}"

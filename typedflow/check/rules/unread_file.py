"""TF518 unread-file: files in the settings directory that no layer reads."""

from __future__ import annotations

from collections.abc import Iterator

from typedflow.check._facts import Facts
from typedflow.project import UnreadFile, unread_files
from typedflow.values import RULES, Diagnostic, Location, Severity, TypedflowError
from typedflow.workspace import display_name


def find(facts: Facts) -> Iterator[Diagnostic]:
    """Yield a warning for each file beside the settings that resembles a settings file."""
    project = facts.project
    try:
        files = unread_files(project.files, project.manifest, project.root)
    except TypedflowError:
        return
    for each in files:
        yield Diagnostic(
            RULES["unread-file"],
            "no layer reads this file",
            Location(display_name(each.file, project.root)),
            label=f"did you mean `{each.meant}`?" if each.meant and not each.is_spare else "",
            hint=_hint(each),
            severity=Severity.WARNING,
        )


def _hint(file: UnreadFile) -> str:
    if file.is_spare:
        return f"the layer of `{file.meant}` already has a file; move this one out of the settings directory"
    if file.meant:
        return "rename it, or move it out of the settings directory"
    return "layers are `settings.yaml`, `settings.environment.NAME.yaml` and `settings.configuration.NAME.yaml`"

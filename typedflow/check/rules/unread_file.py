"""A file in the settings directory looks like settings, and no layer reads it.

What it sets has no effect: its name is misspelt, or has another suffix than `.yaml`, `.yml`, `.toml` or `.json`. Global
settings are in `settings.yaml`, those of an environment in `settings.environment.NAME.yaml`, and those of a binding in
`settings.configuration.NAME.yaml`.

```yaml
# settings/settings.enviroment.dev.yaml
labels: [dev]
```

Instead, rename the file as the finding says, or move it out of the settings directory. A file that a flow of the
project names is no finding.
"""

from __future__ import annotations

from collections.abc import Iterator

from typedflow.check._facts import Facts
from typedflow.project import UnreadFile, unread_files
from typedflow.values import RULES, Diagnostic, Location, Severity, TypedflowError
from typedflow.workspace import display_name


def find(facts: Facts) -> Iterator[Diagnostic]:
    """Return a warning for each file beside the settings that is almost one of them."""
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
        return f"the layer of `{file.meant}` has a file; move this one out of the settings directory"
    if file.meant:
        return "rename it, or move it out of the settings directory"
    return "layers are `settings.yaml`, `settings.environment.NAME.yaml` and `settings.configuration.NAME.yaml`"

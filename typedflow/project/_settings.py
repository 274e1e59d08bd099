"""Find the settings files of a project by their names in the settings directory.

``settings.yaml`` is global, ``settings.environment.NAME.yaml`` an environment's, ``settings.configuration.NAME.yaml``
a binding's; ``.toml`` and ``.json`` are read as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from typedflow.parsing import format_of
from typedflow.project._allowed_directories import leads_outside, outside, places_within
from typedflow.project._shared_findings import not_text
from typedflow.values import RULES, Diagnostic, Location, Related, TypedflowError
from typedflow.workspace import as_text, display_name, entries_in, is_folder, is_text, missing_file

BINDING = "configuration"
ENVIRONMENT = "environment"
STEM = "settings"


@dataclass(frozen=True)
class SettingsFiles:
    """The settings files of a project by kind, and the ``others`` beside them, which no layer reads."""

    base: tuple[Path, ...] = ()
    environments: dict[str, Path] = field(default_factory=dict)
    bindings: dict[str, Path] = field(default_factory=dict)
    others: tuple[Path, ...] = ()


def find_settings(directory: Path, root: Path, allowed: Sequence[str] = ()) -> SettingsFiles:
    """List the settings files of a directory, sorted by name.

    Raises:
        TypedflowError: ``missing-file`` without the directory; ``ambiguous-layer`` if two files are the same layer;
            ``outside-project`` for links that lead out of the project, and not to an allowed directory.
    """
    if not is_folder(directory):
        name = display_name(directory, root)
        message = f"the settings directory `{name}` does not exist"
        hint = "create it, or set `settings` in the manifest to another directory"
        raise TypedflowError([missing_file(message, Location(name), hint=hint)])
    found: dict[tuple[str, str], list[Path]] = {}
    links, others = [], []
    for file, is_link, is_file in entries_in(directory):
        kind = kind_of(file)
        if kind is not None:
            found.setdefault(kind, []).append(file)
            links += [file] if is_link else []
        elif is_file and is_text(file.name):
            others.append(file)
    places = places_within(root, allowed) if links else []
    problems = [_not_text(file, root) for files in found.values() for file in files if not is_text(file.name)]
    problems += [_link(file, real, root) for file in links if (real := outside(file, places))]
    problems += [_ambiguous(files, root) for files in found.values() if len(files) > 1]
    if problems:
        raise TypedflowError(problems)
    return SettingsFiles(
        tuple(files[0] for (kind, _), files in found.items() if not kind),
        {name: files[0] for (kind, name), files in found.items() if kind == ENVIRONMENT},
        {name: files[0] for (kind, name), files in found.items() if kind == BINDING},
        tuple(others),
    )


def _link(file: Path, real: str, root: Path) -> Diagnostic:
    name = display_name(file.parent, root)
    return leads_outside(f"the link `{file.name}`", real, root, Location(f"{name}/{file.name}"))


def _not_text(file: Path, root: Path) -> Diagnostic:
    name = f"{display_name(file.parent, root)}/{as_text(file.name)}"
    hint = "rename the file: its name appears in reports, lock files and runs"
    return not_text("the file's name is not UTF-8", Location(name), hint=hint)


def kind_of(file: Path) -> tuple[str, str] | None:
    """Return the layer that a file is, by its name: its kind, empty for global settings, and its own name."""
    if format_of(file.name) is None:
        return None
    stem, _, rest = file.stem.partition(".")
    kind, _, name = rest.partition(".")
    if stem != STEM or (rest and (kind not in {BINDING, ENVIRONMENT} or not name)):
        return None
    return kind, name


def _ambiguous(files: list[Path], root: Path) -> Diagnostic:
    first, second, *_ = (Location(display_name(file, root)) for file in files)
    return Diagnostic(
        RULES["ambiguous-layer"],
        f"two files are the same layer: {first} and {second}",
        second,
        hint="keep one of them",
        related=(Related("conflicts with", first),),
    )

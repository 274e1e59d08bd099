"""Find the settings files of a project by their names in the settings directory.

``settings.yaml`` is global, ``settings.environment.NAME.yaml`` an environment's, ``settings.configuration.NAME.yaml``
a binding's; ``.toml`` and ``.json`` are read as well. If the manifest lists a section, ``settings.SECTION.yaml`` is
global and ``settings.SECTION.NAME.yaml`` a binding's, and their content is the value of the section. The section
``environment`` has ``settings.environment.yaml`` instead, with a block for each environment.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from typedflow.parsing import format_of
from typedflow.project._allowed_directories import leads_outside, outside, places_within
from typedflow.project._shared_findings import not_text
from typedflow.values import RULES, Diagnostic, Location, Related, TypedflowError
from typedflow.workspace import as_text, display_name, entries_in, is_folder, is_text, missing_file

BINDING = "configuration"
ENVIRONMENT = "environment"
STEM = "settings"


class LayerName(NamedTuple):
    """What the name of a file says: a kind, empty for global settings, a name of that kind, and a section, if any."""

    kind: str = ""
    name: str = ""
    section: str = ""


class SettingsFile(NamedTuple):
    """A file, or a ``block`` of one: settings as a whole, or the value of a ``section``."""

    path: Path
    section: str = ""
    block: str = ""


@dataclass(frozen=True)
class SettingsFiles:
    """The settings files of a project by kind, and the ``others`` beside them, which no layer reads.

    ``blocks`` is the file that has a block for each environment; others have ``environment_files``.
    """

    base: tuple[SettingsFile, ...] = ()
    environment_files: dict[str, SettingsFile] = field(default_factory=dict)
    blocks: SettingsFile | None = None
    bindings: dict[str, tuple[SettingsFile, ...]] = field(default_factory=dict)
    others: tuple[Path, ...] = ()

    def overlays(self) -> list[SettingsFile]:
        """Return the files of environments and of bindings."""
        bound = (file for files in self.bindings.values() for file in files)
        return [*([self.blocks] if self.blocks else []), *self.environment_files.values(), *bound]

    def all(self) -> list[SettingsFile]:
        """Return the files that layers read, each once."""
        return [*self.base, *self.overlays()]


def find_settings(
    directory: Path, root: Path, allowed: Sequence[str] = (), sections: Sequence[str] = ()
) -> SettingsFiles:
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
    found: dict[LayerName, list[Path]] = {}
    links, others = [], []
    for file, is_link, is_file in entries_in(directory):
        name_of = layer_name(file, sections)
        if name_of is not None:
            found.setdefault(name_of, []).append(file)
            links += [file] if is_link else []
        elif is_file and is_text(file.name):
            others.append(file)
    places = places_within(root, allowed) if links else []
    problems = [_not_text(file, root) for files in found.values() for file in files if not is_text(file.name)]
    problems += [_link(file, real, root) for file in links if (real := outside(file, places))]
    problems += [
        ambiguous_layer("two files are", *(Location(display_name(file, root)) for file in files[:2]))
        for files in found.values()
        if len(files) > 1
    ]
    if problems:
        raise TypedflowError(problems)
    return _by_kind({name: SettingsFile(files[0], name.section) for name, files in found.items()}, sections, others)


def _by_kind(found: dict[LayerName, SettingsFile], sections: Sequence[str], others: Iterable[Path]) -> SettingsFiles:
    order = ("", *sections)  # what a section's file sets overrides a file of whole settings
    names = sorted(found, key=lambda name: order.index(name.section))
    bindings: dict[str, tuple[SettingsFile, ...]] = dict.fromkeys((x.name for x in found if x.kind == BINDING), ())
    for name in names:
        if name.kind == BINDING:
            bindings[name.name] += (found[name],)
    return SettingsFiles(
        tuple(found[name] for name in names if not name.kind),
        {name.name: file for name, file in found.items() if name.kind == ENVIRONMENT and name.name},
        found.get(LayerName(ENVIRONMENT, "", ENVIRONMENT)),
        bindings,
        tuple(others),
    )


def _link(file: Path, real: str, root: Path) -> Diagnostic:
    name = display_name(file.parent, root)
    return leads_outside(f"the link `{file.name}`", real, root, Location(f"{name}/{file.name}"))


def _not_text(file: Path, root: Path) -> Diagnostic:
    name = f"{display_name(file.parent, root)}/{as_text(file.name)}"
    hint = "rename the file: its name appears in reports, lock files and runs"
    return not_text("the file's name is not UTF-8", Location(name), hint=hint)


def layer_name(file: Path, sections: Sequence[str] = ()) -> LayerName | None:
    """Return the layer that a file is, by its name; None for a file that no layer reads."""
    if format_of(file.name) is None:
        return None
    stem, _, rest = file.stem.partition(".")
    first, dot, name = rest.partition(".")
    if stem != STEM:
        return None
    if first in sections:
        if "." in name or (dot and not name):
            return None
        kind = ENVIRONMENT if first == ENVIRONMENT else BINDING if name else ""
        return LayerName(kind, name, first)
    if rest and (first not in {BINDING, ENVIRONMENT} or not name):
        return None
    return LayerName(first, name)


def file_stem(kind: str, name: str, sections: Sequence[str] = ()) -> str:
    """Return the name, without a suffix, of a file of an environment or of a binding."""
    bound = [section for section in sections if section != ENVIRONMENT]
    first = kind if kind == ENVIRONMENT or BINDING in bound or not bound else bound[0]
    return f"{STEM}.{first}.{name}"


def binding_files(name: str, sections: Sequence[str] = ()) -> dict[str, str]:
    """Return the names of the files that a binding can have, by section; that of whole settings has none."""
    bound = [section for section in sections if section != ENVIRONMENT]
    files = {section: f"{STEM}.{section}.{name}.yaml" for section in bound}
    return files if BINDING in bound else {**files, "": f"{STEM}.{BINDING}.{name}.yaml"}


def layer_names(sections: Sequence[str] = ()) -> list[str]:
    """Return the names that the files of layers have, as people read them."""
    names = ["settings.yaml"]
    for section in sections:
        names += [f"settings.{section}.yaml", *([] if section == ENVIRONMENT else [f"settings.{section}.NAME.yaml"])]
    names += [f"settings.{kind}.NAME.yaml" for kind in (ENVIRONMENT, BINDING) if kind not in sections]
    return [f"`{name}`" for name in names]


def ambiguous_layer(subject: str, first: Location, second: Location) -> Diagnostic:
    """Return the finding of two places that are the same layer."""
    return Diagnostic(
        RULES["ambiguous-layer"],
        f"{subject} the same layer: {first} and {second}",
        second,
        hint="keep one of them",
        related=(Related("conflicts with", first),),
    )

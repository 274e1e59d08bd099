"""Create the files of a new binding: what can be set, as comments, or what another binding sets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import BaseModel

from typedflow.layers import Layer, Rank, merge
from typedflow.models import masked_paths, plan_of
from typedflow.operations._choose_variants import choose_unit
from typedflow.operations._errors import ArgumentError, argument_error
from typedflow.operations._events import OnEvent, ignore_event
from typedflow.operations._list import known_environment
from typedflow.operations._new_binding_text import extended_text, new_text
from typedflow.parsing import location, parse
from typedflow.project import (
    KINDS,
    LoadedProject,
    Unit,
    binding_files,
    how_to_declare,
    is_name,
    nested,
    secret_value,
    unknown_binding,
)
from typedflow.render import Document, settings
from typedflow.schema import outline
from typedflow.values import (
    DEFAULT_BINDING,
    MISSING,
    KeyPath,
    Location,
    SettableField,
    Source,
    TypedflowError,
    did_you_mean,
    format_path,
    listed,
    redact_location,
    settable_tree,
)
from typedflow.workspace import display_name, is_there, unwritable_file, write_all

if TYPE_CHECKING:
    from typedflow.project import SettingsFile


class NewBinding(NamedTuple):
    """A new binding: its name, its files, and the units that are instantiated under it.

    ``required`` are the key paths of the settings that it must set, because nothing else does.
    """

    name: str
    files: tuple[Path, ...]
    units: tuple[Unit, ...]
    required: tuple[str, ...] = ()


def new_binding(
    project: LoadedProject,
    name: str,
    *,
    copy: str | None = None,
    unit: str | None = None,
    environment: str | None = None,
    on_event: OnEvent = ignore_event,
) -> NewBinding:
    """Write the files of a new binding, one for each section, and return them; all or none are written.

    Every setting of the models of its units is a comment, with the value that it has without the binding. ``copy`` is
    the binding whose settings it begins with, ``unit`` the only unit whose settings it has.

    Raises:
        ArgumentError: the name is invalid, or taken; no unit has it; an argument names what does not exist.
        TypedflowError: what is wrong with the manifest, the model or the settings files; ``unwritable-file``;
            ``secret-value``: a value to copy may be a secret.
    """
    files = _files(project, name)
    units = _units(project, name, None if unit is None else choose_unit(project, unit))
    copied = {} if copy is None else _copied(project, copy)
    models = list(dict.fromkeys(map(project.model_of, units)))
    chosen = known_environment(project, environment, on_event)
    stack = [*project.global_layer, *(project.environment_layer(chosen.name, chosen.path) if chosen else ())]
    stack += _layers(project, copy, copied)
    fields = outline([merge(stack, plan_of(model)) for model in models])
    masked = {path for tree in _trees(fields) for path in _masked(project, models, tree)}
    fields = _shown(fields, masked, project.root, ())
    texts = {}
    for section, file in files.items():
        own = _of_section(fields, section, project.manifest.sections)
        source = _source_of(project, models, copied.get(section), section)
        if source is not None:
            texts[file] = extended_text(source, own, copy or "")
        elif own:
            texts[file] = new_text(name, own)
    write_all(texts)
    return NewBinding(name, tuple(texts), tuple(units), tuple(map(format_path, _required(fields))))


def _files(project: LoadedProject, name: str) -> dict[str, Path]:
    """Return the files that a new binding can have, by section; none of them exists."""
    if not is_name(name):
        hint = "use letters, digits, `_`, `-` and `.`, as in `EXP_01`"
        raise argument_error(f"`{name}` cannot be the name of a binding", hint=hint)
    if project.manifest.sections and "." in name:
        message = f"`{name}` cannot be the name of a binding: its files would not be those of a section"
        raise argument_error(message, hint="use a name without dots, as the manifest lists sections")
    folder = project.root / project.manifest.settings
    files = {section: folder / file for section, file in binding_files(name, project.manifest.sections).items()}
    taken = [file.path for file in project.files.bindings.get(name, ())] or list(filter(is_there, files.values()))
    if taken:
        places = [Location(display_name(file, project.root)) for file in taken]
        message, hint = f"the binding `{name}` already exists", "choose another name, or edit the file"
        raise ArgumentError(unwritable_file(message, place, hint=hint) for place in places)
    return files


def _units(project: LoadedProject, name: str, only: Unit | None) -> list[Unit]:
    """Return the units that are instantiated under a binding."""
    asked = project.units if only is None else (only,)
    found = [unit for unit in asked if _is_bound(unit, name)]
    if found:
        return found
    if not asked:
        raise argument_error("the project has no flow", hint=how_to_declare(project.source.name, project.table, KINDS))
    unit = next((unit for unit in asked if unit.bindings), asked[0])
    what = f"`{only.name}` is not" if only else f"no {unit.kind} is"
    message = f"{what} instantiated under the binding `{name}`, so its settings would have no effect"
    place = project.place(*unit.path, *(["bindings"] if unit.bindings else []))
    raise ArgumentError([unknown_binding(message, place, hint=_how_to_bind(unit, name))])


def _how_to_bind(unit: Unit, name: str) -> str:
    entry = format_path(unit.path)
    if unit.bindings:
        return f'add "{name}" to `bindings` of `{entry}`, or choose a name that matches {listed(unit.bindings)}'
    return f'add `bindings = ["{name}"]` to `{entry}`'


def _is_bound(unit: Unit, name: str) -> bool:
    return unit.has_glob_for(name) if unit.bindings else name == DEFAULT_BINDING


def _copied(project: LoadedProject, name: str) -> dict[str, SettingsFile]:
    """Return the files of a binding by section."""
    known = project.files.bindings
    if name not in known:
        hint = did_you_mean(name, known) or (f"the bindings: {listed(known)}" if known else "")
        raise argument_error(f"there is no binding `{name}`", option="--from", hint=hint)
    return {file.section: file for file in known[name]}


def _layers(project: LoadedProject, name: str | None, files: Mapping[str, SettingsFile]) -> list[Layer]:
    """Return the layers of a binding, and of those that it extends."""
    if name is None:
        return []
    return [layer for section in files for layer in project.bound.in_section(section).layers(name)]


def _masked(project: LoadedProject, models: Sequence[type[BaseModel]], tree: Any) -> set[KeyPath]:
    return {path for model in models for path in masked_paths(model, tree, project.manifest.public)}


def _trees(fields: Sequence[SettableField], path: KeyPath = ()) -> Iterator[dict[str, Any]]:
    """Yield the values of fields, as trees of a whole config: those that count, and those of other classes."""
    yield nested(path, settable_tree(fields))
    for each in fields:
        for some in (each.fields, *each.others.values()):
            yield from _trees(some, (*path, each.key)) if some else ()


def _required(fields: Sequence[SettableField], path: KeyPath = ()) -> Iterator[KeyPath]:
    """Yield the key paths of the settings that have no value, and must have one."""
    for each in fields:
        here = (*path, each.key)
        if each.fields and (each.value is not MISSING or each.is_required):
            yield from _required(each.fields, here)
        elif each.is_required:
            yield here


def _shown(
    fields: Sequence[SettableField], masked: set[KeyPath], root: Path, path: KeyPath
) -> tuple[SettableField, ...]:
    """Return fields with names of files from the root, and without values that may be secrets."""
    found = []
    for each in fields:
        here = (*path, each.key)
        place = each.place
        if place is not None and Path(place.name).is_absolute():
            place = place._replace(name=display_name(Path(place.name), root))
        is_secret = not each.fields and any(other[: len(here)] == here for other in masked)
        inner = _shown(each.fields, masked, root, here)
        others = {name: _shown(some, masked, root, here) for name, some in each.others.items()}
        found.append(replace(each, place=place, is_secret=is_secret, fields=inner, others=others))
    return tuple(found)


def _of_section(fields: Sequence[SettableField], section: str, sections: Sequence[str]) -> tuple[SettableField, ...]:
    """Return the fields that the file of a section can set; without one, those that have no file of a section."""
    if not section:
        return tuple(each for each in fields if not set(each.keys) & {*sections})
    found = next((each for each in fields if section in each.keys), None)
    if found is None or found.fields:
        return found.fields if found else ()
    value = found.value if isinstance(found.value, dict) and not found.is_secret else {}
    own = SettableField(("",), place=found.place, is_default=found.is_default)
    return tuple(replace(own, keys=(key,), value=item) for key, item in value.items())


def _source_of(
    project: LoadedProject, models: Sequence[type[BaseModel]], file: SettingsFile | None, section: str
) -> Source | None:
    """Return the text of a file to copy, as YAML; None if there is no file.

    Raises:
        TypedflowError: ``secret-value``.
    """
    if file is None:
        return None
    source = project.settings.read(file, Rank.BINDING).source
    tree = parse(source)
    start = (section,) if section else ()
    found = _masked(project, models, {section: tree} if section else tree)
    if found:
        raise TypedflowError(
            secret_value(
                f"`{format_path(path)}` may be a secret, and `--from` would copy it",
                redact_location(location(source, path[len(start) :])),
                hint="keep only its name in settings, and read the secret in the step that needs it",
                path=path,
            )
            for path in sorted(found)
        )
    return source if source.format == "yaml" else Source("", settings(Document(tree), format="yaml"), "yaml")

"""The sections that a manifest lists: fields of the settings' model whose content has files of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Protocol, get_origin

from typedflow.project._shared_findings import bad_section
from typedflow.values import Diagnostic, Related, TypedflowError, did_you_mean, listed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pydantic import BaseModel

    from typedflow.project._manifest import Manifest
    from typedflow.project._models import Models
    from typedflow.values import Location


class Sectioned(Protocol):
    """A project whose manifest may list sections."""

    @property
    def manifest(self) -> Manifest:
        """The project's manifest."""

    @property
    def models(self) -> Models:
        """The models of the project's units."""

    def place(self, *path: str | int) -> Location | None:
        """Return the location of a key path in the manifest."""


#: The names that settings files have for another purpose.
_RESERVED = {"sweep"}
_MOST = 8


def list_problems(sections: Sequence[str], place: Callable[[int], Location | None]) -> Iterator[Diagnostic]:
    """Yield what is wrong with a list of sections, whatever the model is."""
    for index, name in enumerate(sections):
        if name in _RESERVED:
            hint = "remove it here; if it is a field of the model, set it in `settings.yaml`"
            yield bad_section(f"`{name}` is reserved, so it cannot be a section", place(index), hint=hint)
        elif name in sections[:index]:
            first = place(sections.index(name))
            related = (Related("conflicts with", first),) if first else ()
            yield bad_section(f"`{name}` is listed twice", place(index), hint="remove one of the two", related=related)


def require_sections(project: Sectioned, model: type[BaseModel]) -> None:
    """Raise if a section is a field neither of a model, nor of any other of the project's models.

    Raises:
        TypedflowError: ``bad-section``; not while another model, which may have the field, cannot be imported.
    """
    if any(section_problems(project.manifest.sections, [model], lambda _: None)):
        try:
            found = list(project_section_problems(project))
        except TypedflowError:
            return
        if found:
            raise TypedflowError(found)


def project_section_problems(project: Sectioned) -> Iterator[Diagnostic]:
    """Yield a finding for each section that no model of a project has.

    Raises:
        TypedflowError: what is wrong with a model.
    """
    sections = project.manifest.sections
    if sections:
        yield from section_problems(sections, project.models.all(), lambda index: project.place("sections", index))


def is_section(model: type[BaseModel], name: str) -> bool:
    """Return whether a model has a field that can be a section."""
    return not any(section_problems([name], [model], lambda _: None))


def section_problems(
    sections: Sequence[str], models: Sequence[type[BaseModel]], place: Callable[[int], Location | None]
) -> Iterator[Diagnostic]:
    """Yield a finding for each section that is not a field of any model, or whose field cannot be a mapping."""
    from typedflow.models import declared_at, field_location, fields_of, keys_of

    named = [(model, *item) for model in models for item in (fields_of(model) or {}).items()]
    names = " or ".join(model.__name__ for model in models)
    for index, section in enumerate(sections):
        found = [(owner, name, field) for owner, name, field in named if section in keys_of(owner, name, field)]
        if not found:
            keys = [key for each in named for key in keys_of(*each)]
            alias = next((keys_of(*each)[0] for each in named if each[1] == section), None)
            label = "" if alias else did_you_mean(section, keys)
            declared = [(model, declared_at(model)) for model in models]
            yield bad_section(
                f"`{section}` is not a field of {names}, so it cannot be a section",
                place(index),
                label=label,
                hint=f"in files, this field is `{alias}`"
                if alias
                else ""
                if label
                else f"{names} has {listed(keys, most=_MOST)}",
                related=tuple(Related("declared at", at, f"(class {model.__name__})") for model, at in declared if at),
            )
        elif not any(_can_be_mapping(field) for _, _, field in found):
            at = field_location(found[0][0], found[0][1])
            yield bad_section(
                f"`{section}` is not a model or a mapping, so it cannot be a section",
                place(index),
                hint="remove it here, and set it in `settings.yaml`",
                related=(Related("declared at", at),) if at else (),
            )


def _can_be_mapping(field: Any) -> bool:
    from typedflow.models import annotation_of, fields_of, inner_members

    for kind, _ in inner_members(annotation_of(field)):
        origin = get_origin(kind) or kind
        if kind is Any or kind is object or fields_of(kind) is not None:
            return True
        if isinstance(origin, type) and issubclass(origin, Mapping):
            return True
    return False

"""Explain keys in files that no layer reads, or that are not read as their author meant, because of their names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel

from typedflow.layers import Layer, Plan, Rank, layer, merge, section_layer
from typedflow.models import field_of, plan_of
from typedflow.parsing import format_of, location, parse
from typedflow.project._missing_sections import with_section_hint
from typedflow.project._project import LoadedProject
from typedflow.project._settings import BINDING, ENVIRONMENT, layer_name
from typedflow.project._unread_files import UnreadFile, listing, unread_files
from typedflow.values import Diagnostic, KeyPath, TypedflowError
from typedflow.workspace import display_name, read_source

_MISSING, _UNKNOWN = "missing-key", "unknown-key"
_AROUND = (
    "the content of this file is the value of `{0}`: remove the line `{0}:`, and move what is below it to the left"
)


def placed_in_unread(
    found: Iterable[Diagnostic], project: LoadedProject, case: tuple[str, str | None], model: type[BaseModel]
) -> Iterator[Diagnostic]:
    """Yield findings; a missing key that a misnamed file sets is reported there, and not at another file.

    The hint for an unknown key names the section that it is a field of, that for a missing section its file. Shape:
    ``case`` is the binding and the environment being resolved.
    """
    items, unread = list(found), _Unread(project, plan_of(model))
    layers = list(unread.layers(case)) if any(item.rule.name == _MISSING for item in items) else []
    for item in items:
        path = item.path or ()
        here = next(((file, each) for file, each in layers if path and each.sets(path)), None)
        if item.rule.name == _MISSING:
            yield unread.placed(item, *here) if here else with_section_hint(item, project, case[1])
        else:
            yield unread.in_section(item, model) if item.rule.name == _UNKNOWN else item


class _Unread:
    """The files of a project that no layer reads."""

    def __init__(self, project: LoadedProject, plan: Plan) -> None:
        self._project = project
        self._plan = plan

    @cached_property
    def _files(self) -> list[UnreadFile]:
        try:
            return unread_files(self._project.files, self._project.manifest, self._project.root)
        except TypedflowError:
            return []

    def layers(self, case: tuple[str, str | None]) -> Iterator[tuple[UnreadFile, Layer]]:
        """Yield the misnamed files that can be read and that may have been meant for a case."""
        kinds = {("", ""), (BINDING, case[0]), (ENVIRONMENT, case[1])}
        for each in self._files:
            section = each.section if each.section in self._plan.fields else each.layer.section if each.layer else ""
            is_meant = each.layer is None or each.layer[:2] in kinds or section == each.section != ""
            if is_meant and not each.is_spare and not each.is_named:
                form = format_of(each.file.name) or format_of(Path(each.meant).name)
                try:
                    source = replace(read_source(each.file, self._project.root), format=form)
                    tree = parse(source)
                    own = section_layer(source, tree, Rank.FILE, section) if section else layer(source, tree)
                    (own,) = merge([own], self._plan, defaults=False).stack  # its keys are those of findings
                    yield each, own
                except TypedflowError:
                    continue

    def placed(self, item: Diagnostic, file: UnreadFile, found: Layer) -> Diagnostic:
        """Return the finding of a missing key at the place where a misnamed file sets it."""
        name = display_name(file.file, self._project.root)
        origin = found.origin(item.path or ())
        hint = f"rename the file to `{file.meant}`" if file.meant else "rename the file to that of a layer"
        return replace(
            item,
            message=f"{item.message}, and no layer reads `{name}`, which sets it",
            location=location(origin.source, origin.path, key=True),
            hint=self._listing(file.section) if file.section and found.prefix == (file.section,) else hint,
        )

    def in_section(self, item: Diagnostic, model: type[BaseModel]) -> Diagnostic:
        """Return the finding of an unknown key with another hint, if its file's name would make its field a section."""
        name = layer_name(Path(item.location.name), self._project.manifest.sections) if item.location else None
        if name and name.section and item.path == (name.section, name.section):
            return replace(item, label="", hint=_AROUND.format(name.section))
        if name is None or not name.kind or name.section or item.path is None or len(item.path) != 1:
            return item
        if not any(_has(each, name.kind, item.path) for each in (model, *self._project.models.loaded)):
            return item
        return replace(item, label="", hint=f"it is a field of `{name.kind}`: {self._listing(name.kind)}")

    def _listing(self, section: str) -> str:
        others = (each.section for each in self._files if each.section in self._plan.fields)
        return f"write {listing(self._project.manifest, sorted({section, *others}))} in {self._project.source.name}"


def _has(model: type[BaseModel], section: str, path: KeyPath) -> bool:
    """Return whether the section of a model has a field at a key path in it."""
    around = field_of(model, (section,))
    return around is not None and field_of(model, (section, *path)) not in {None, around}

"""Explain missing keys that are set in a file which no layer reads, because of its name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from pydantic import BaseModel

from typedflow.layers import Layer, Plan, Rank, layer, merge
from typedflow.models import plan_of
from typedflow.parsing import format_of, location, parse
from typedflow.project._project import LoadedProject
from typedflow.project._settings import BINDING, ENVIRONMENT
from typedflow.project._unread_files import UnreadFile, unread_files
from typedflow.values import Diagnostic, TypedflowError
from typedflow.workspace import display_name, read_source

_MISSING = "missing-key"


def placed_in_unread(
    found: Iterable[Diagnostic], project: LoadedProject, case: tuple[str, str | None], model: type[BaseModel]
) -> Iterator[Diagnostic]:
    """Yield findings; a missing key that a misnamed file sets is reported there, and not at another file.

    Shape: ``case`` is the binding and the environment being resolved.
    """
    items = list(found)
    layers = list(_layers(project, case, plan_of(model))) if any(item.rule.name == _MISSING for item in items) else []
    for item in items:
        path = item.path or ()
        here = next(((file, each) for file, each in layers if path and each.sets(path)), None)
        yield item if item.rule.name != _MISSING or here is None else _placed(item, *here, project)


def _layers(project: LoadedProject, case: tuple[str, str | None], plan: Plan) -> Iterator[tuple[UnreadFile, Layer]]:
    """Yield the misnamed files that can be read and that may have been meant for a case."""
    kinds = {None, ("", ""), (BINDING, case[0]), (ENVIRONMENT, case[1])}
    try:
        files = unread_files(project.files, project.manifest, project.root)
    except TypedflowError:
        return
    for each in files:
        if each.kind in kinds and not each.is_spare:
            form = format_of(each.file.name) or format_of(Path(each.meant).name)
            try:
                source = replace(read_source(each.file, project.root), format=form)
                alone = merge([layer(source, parse(source), Rank.FILE)], plan, defaults=False)
                (own,) = alone.stack  # its keys are those of findings
                yield each, own
            except TypedflowError:
                continue


def _placed(item: Diagnostic, file: UnreadFile, found: Layer, project: LoadedProject) -> Diagnostic:
    name = display_name(file.file, project.root)
    origin = found.origin(item.path or ())
    hint = f"rename the file to `{file.meant}`" if file.meant else "rename the file to that of a layer"
    return replace(
        item,
        message=f"{item.message}, and no layer reads `{name}`, which sets it",
        location=location(origin.source, origin.path, key=True),
        hint=hint,
    )

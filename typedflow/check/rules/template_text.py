"""TF311 template-text: values that look like templates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from typedflow.check.rules._classes import own_classes
from typedflow.layers import Layer
from typedflow.models import accepted_key, accepted_value, field_location, field_of, fields_of, keys_of, models_at
from typedflow.parsing import location
from typedflow.values import RULES, Diagnostic, KeyPath, KeyPathError, Location, Severity, format_path, parse_path

if TYPE_CHECKING:
    from pydantic import BaseModel

#: `${` and a name with what follows it, or `{{`, perhaps a mark such as `-` or `#`, and a name; each up to its end.
_TEMPLATE = re.compile(
    r"""
      \$\{(?<![$\\]\$\{) \s*[.@]* [^\W\d] [^{}\n]* \}
    | \$?\{\{ [^\w{}\n]* [^\W\d] [^{}\n]* \}\}
    """,
    re.VERBOSE,
)
_STARTS = ("${", "{{")
_MOST_SHOWN = 60
_HINT = "write the value, or compute it in the model (`computed_field`); if you mean the text itself, mark the field"


class _Found(NamedTuple):
    """A text that looks like a template: its key path, whether it is a key, and the template in it.

    ``around`` is the field whose list, dictionary or ``Any`` contains it; empty if it is the value of a field.
    ``meant`` is the field that a template names, if it is the whole text.
    """

    path: KeyPath
    is_key: bool
    template: str
    around: str
    meant: str = ""


def find(layer: Layer, model: type[BaseModel]) -> Iterator[Diagnostic]:
    """Yield the texts of a file that look like templates and are not declared as such; each location once."""
    if not any(_may_have_templates(part.source.text) for part in (layer, *layer.inner)):
        return
    seen: set[Location] = set()  # YAML aliases repeat a location
    for found in _templates(layer.tree, model, ()):
        origin = layer.origin(found.path)
        place = location(origin.source, origin.path, key=found.is_key)
        if _is_one_line(place) and place not in seen:
            seen.add(place)
            what = f"{'the key ' if found.is_key else ''}`{format_path(found.path)}`"
            yield _finding(found, what, place, found.path)


def find_defaults(model: type[BaseModel]) -> Iterator[Diagnostic]:
    """Yield the defaults of fields that look like templates and are not declared as such; an inherited one once."""
    seen: set[Location | None] = set()
    for owner, declared in own_classes(model):
        for name, field in (fields_of(owner) or {}).items():
            default = getattr(field, "default", None)
            plain = str(default) if isinstance(default, PurePath) else default
            found = next(_templates(plain, owner, (name,)), None)
            place = (field_location(owner, name) or declared) if found else None
            if found and place not in seen:
                seen.add(place)
                yield _finding(found, f"the default of `{owner.__name__}.{name}`", place, None)


def _templates(value: object, model: type[BaseModel], path: KeyPath) -> Iterator[_Found]:
    """Yield the texts in plain values that look like templates and that the model does not declare as such."""
    for here, is_key, text in _texts(value, path):
        match = _TEMPLATE.search(text) if _may_have_templates(text) and "\n" not in text else None
        if match:
            place = (accepted_key if is_key else accepted_value)(model, here)
            if place.text and not place.template:
                is_inside = is_key or place.loose or isinstance(here[-1], int)
                field = field_of(model, here) if is_inside else None
                can_be_reference = match[0] == text and not is_key and not place.loose
                meant = _named_field(match[0], model) if can_be_reference else ""
                yield _Found(here, is_key, match[0], field[1] if field else "", meant)


def _named_field(template: str, model: type[BaseModel]) -> str:
    """Return the key path of the field that a template such as `${a.b}` names; empty if it names none."""
    try:
        path = parse_path(template.strip("${} "))
    except KeyPathError:
        return ""
    owners = models_at(model, path[:-1])
    is_field = any(path[-1] in keys_of(owner, *item) for owner in owners for item in (fields_of(owner) or {}).items())
    return format_path(path) if is_field else ""


def _may_have_templates(text: str) -> bool:
    return any(start in text for start in _STARTS)


def _texts(value: object, path: KeyPath) -> Iterator[tuple[KeyPath, bool, str]]:
    """Yield the texts in plain values: the path of each, whether it is a key, and the text."""
    if isinstance(value, dict):
        for key, item in value.items():
            if isinstance(key, str):
                yield (*path, key), True, key
            yield from _texts(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, (*path, index))
    elif isinstance(value, str):
        yield path, False, value


def _is_one_line(place: Location) -> bool:
    return place.span is None or place.span.line == place.span.end_line


def _finding(found: _Found, what: str, place: Location | None, path: KeyPath | None) -> Diagnostic:
    template = found.template
    mark = f" that it is in: `{found.around}: Annotated[..., typedflow.Template]`"
    shown = template if len(template) <= _MOST_SHOWN else f"{template[:_MOST_SHOWN]}..."
    return Diagnostic(
        RULES["template-text"],
        f"{what} contains `{shown}`, which looks like a template: typedflow does not fill it in",
        place,
        hint=(f"to take the value of `{found.meant}`, write `{{$ref: {found.meant}}}`; or " if found.meant else "")
        + _HINT
        + (mark if found.around else ": `Annotated[str, typedflow.Template]`"),
        path=path,
        severity=Severity.WARNING,
    )

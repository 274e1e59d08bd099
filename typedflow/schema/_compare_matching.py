"""Matches the forms of two schemas: members of a union by their tags, others by their types."""

from __future__ import annotations

from collections.abc import Sequence

from typedflow.schema._compare_forms import ANYTHING, WIDER, Form, comparable_text


def matching_forms(form: Form, beside: Sequence[Form], others: Sequence[Form]) -> list[Form]:
    """Return the ``others`` that may accept what a form accepts; if one has the form's name, only that one.

    ``beside`` are all forms on the form's side: tags are compared only if a side has several mappings.
    """
    found = [other for other in others if _may_accept(other, form)]
    if any(sum(other.type == "object" for other in side) > 1 for side in (beside, others)):
        found = [other for other in found if _has_same_tags(form, other)]
    named = [other for other in found if form.name and other.name == form.name]
    return named or found


def _may_accept(outer: Form, inner: Form) -> bool:
    if outer.const is not None:
        return outer.const == inner.const
    return outer.type in {ANYTHING, inner.type, WIDER.get(inner.type)}


def _has_same_tags(form: Form, other: Form) -> bool:
    ours, theirs = _tags(form), _tags(other)
    return all(ours[key] == theirs[key] for key in ours.keys() & theirs.keys())


def _tags(form: Form) -> dict[str, str]:
    """Return the keys of a mapping that have a constant value, as the tags of unions do."""
    properties = form.schema.get("properties", {}) if form.type == "object" else {}
    return {
        key: comparable_text(found["const"])
        for key, found in properties.items()
        if isinstance(found, dict) and "const" in found
    }

"""Which forms of two schemas belong together: members of a union by their tag, else by their type."""

from __future__ import annotations

from collections.abc import Sequence

from typedflow.schema._compare_forms import ANYTHING, Form, canonical

_WIDER = {"integer": "number"}


def candidates(form: Form, beside: Sequence[Form], others: Sequence[Form]) -> list[Form]:
    """Return those of the others that may take what a form takes; where one has its name, that one alone.

    ``beside`` are the forms that the form is one of: where no side has several mappings, there are no tags to go by.
    """
    found = [other for other in others if _may_take(other, form)]
    if any(sum(other.type == "object" for other in side) > 1 for side in (beside, others)):
        found = [other for other in found if _has_same_tags(form, other)]
    named = [other for other in found if form.name and other.name == form.name]
    return named or found


def _may_take(outer: Form, inner: Form) -> bool:
    if outer.const is not None:
        return outer.const == inner.const
    return outer.type in {ANYTHING, inner.type, _WIDER.get(inner.type)}


def _has_same_tags(form: Form, other: Form) -> bool:
    ours, theirs = _tags(form), _tags(other)
    return all(ours[key] == theirs[key] for key in ours.keys() & theirs.keys())


def _tags(form: Form) -> dict[str, str]:
    """Return the keys of a mapping that have one value each, as the tags of unions do."""
    properties = form.schema.get("properties", {}) if form.type == "object" else {}
    return {
        key: canonical(found["const"])
        for key, found in properties.items()
        if isinstance(found, dict) and "const" in found
    }

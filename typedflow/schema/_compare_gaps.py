"""Gaps: reasons why one schema may reject a value that another accepts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from typedflow.schema._compare_forms import ANYTHING, Form
from typedflow.schema._compare_merge import AnySchema
from typedflow.values import KeyPath


@dataclass(frozen=True, slots=True)
class Gap:
    """A difference at ``path``: ``inner`` and ``outer`` describe what each schema accepts.

    ``is_certain`` is False if it cannot be decided, or affects only some values.
    """

    keyword: str
    inner: Any = None
    outer: Any = None
    path: KeyPath = ()
    is_certain: bool = True

    def with_prefix(self, *path: str | int) -> Gap:
        """Return the gap with a path that begins further up."""
        return replace(self, path=(*path, *self.path)) if path else self


#: Returns the gaps between two schemas.
GapsOf: TypeAlias = "Callable[[AnySchema, AnySchema], tuple[Gap, ...]]"


def describe_forms(found: Iterable[Form]) -> str:
    """Return what the forms accept, in words."""
    words = dict.fromkeys(_describe_form(form) for form in found)
    return _join_or(list(words)) if words else "nothing"


_MOST = 8
_WORDS = {
    ANYTHING: "anything",
    "null": "null",
    "boolean": "true or false",
    "integer": "an integer",
    "number": "a number",
    "string": "text",
    "array": "a list",
    "object": "a mapping",
}


def _describe_form(form: Form) -> str:
    if form.const is not None:
        return form.const
    detail = form.name if form.type == "object" else form.schema.get("format", "")
    return f"{_WORDS[form.type]} ({detail})" if detail else _WORDS[form.type]


def _join_or(words: list[str]) -> str:
    shown = words if len(words) <= _MOST else [*words[:_MOST], f"{len(words) - _MOST} more"]
    return f"{', '.join(shown[:-1])} or {shown[-1]}" if len(shown) > 1 else shown[0]

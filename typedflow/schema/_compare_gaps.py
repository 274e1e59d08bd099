"""Gaps: why what fits one schema may not fit another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from typedflow.schema._compare_forms import ANYTHING, Form
from typedflow.values import KeyPath


@dataclass(frozen=True, slots=True)
class Gap:
    """A place where the inner schema takes what the outer one does not; ``inner`` and ``outer`` say what each takes.

    ``is_certain`` is False where that cannot be decided, or hurts only some.
    """

    keyword: str
    inner: Any = None
    outer: Any = None
    path: KeyPath = ()
    is_certain: bool = True

    def below(self, *path: str | int) -> Gap:
        """Return the gap as seen from further above."""
        return replace(self, path=(*path, *self.path)) if path else self


def phrase(found: Iterable[Form]) -> str:
    """Return what some forms take, in words."""
    words = dict.fromkeys(_words(form) for form in found)
    return _either(list(words)) if words else "nothing"


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


def _words(form: Form) -> str:
    if form.const is not None:
        return form.const
    detail = form.name if form.type == "object" else form.schema.get("format", "")
    return f"{_WORDS[form.type]} ({detail})" if detail else _WORDS[form.type]


def _either(words: list[str]) -> str:
    shown = words if len(words) <= _MOST else [*words[:_MOST], f"{len(words) - _MOST} more"]
    return f"{', '.join(shown[:-1])} or {shown[-1]}" if len(shown) > 1 else shown[0]

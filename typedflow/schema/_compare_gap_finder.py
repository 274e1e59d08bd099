"""Finds the gaps between two schemas: values that the inner schema accepts and the outer one does not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from typedflow.schema._compare_arrays import array_gaps
from typedflow.schema._compare_bounds import bound_gaps
from typedflow.schema._compare_forms import ANYTHING, Form, comparable_text, forms_of
from typedflow.schema._compare_gaps import Gap, describe_forms
from typedflow.schema._compare_matching import matching_forms
from typedflow.schema._compare_merge import AnySchema
from typedflow.schema._compare_objects import object_gaps


class GapFinder:
    """Compares two documents. Each pair of schemas is compared once; a recursive pair is assumed to have no gaps."""

    def __init__(self, inner: dict[str, Any], outer: dict[str, Any]) -> None:
        """Keep the documents that references point to."""
        self.inner = inner
        self.outer = outer
        self._known: dict[tuple[str, str], tuple[Gap, ...]] = {}
        self._open: dict[tuple[str, str], int] = {}
        self._lowest = 0

    def find_gaps(self, inner: AnySchema, outer: AnySchema) -> tuple[Gap, ...]:
        """Return why the outer schema may reject a value that the inner one accepts; empty if it never does."""
        pair = comparable_text(inner), comparable_text(outer)
        if pair in self._known:
            return self._known[pair]
        if pair in self._open:
            self._lowest = min(self._lowest, self._open[pair])
            return ()
        depth = self._open[pair] = len(self._open)
        outside, self._lowest = self._lowest, depth
        found = tuple(self._form_gaps(forms_of(inner, self.inner), forms_of(outer, self.outer)))
        del self._open[pair]
        if self._lowest >= depth:  # otherwise it depends on an enclosing pair that is not finished
            self._known[pair] = found
        self._lowest = min(outside, self._lowest)
        return found

    def _form_gaps(self, inner: list[Form], outer: list[Form]) -> Iterator[Gap]:
        if any(form.type == ANYTHING for form in outer):
            return
        constants = {form.const for form in outer}
        strangers = []
        for form in inner:
            if form.const is not None and form.const in constants:
                continue
            partners = matching_forms(form, inner, outer)
            if not partners:
                strangers.append(form)
            else:
                yield from min((self._pair_gaps(form, partner) for partner in partners), key=_weight)
        if strangers:
            yield Gap("type", describe_forms(strangers), describe_forms(outer))

    def _pair_gaps(self, inner: Form, outer: Form) -> list[Gap]:
        found = [*bound_gaps(inner, outer)]
        if inner.type == "array":
            found += array_gaps(inner.schema, outer.schema, self.find_gaps)
        if inner.type == "object":
            found += object_gaps(inner.schema, outer.schema, self.find_gaps)
        return [*found, *self._other_gaps(inner, outer)]

    def _other_gaps(self, inner: Form, outer: Form) -> Iterator[Gap]:
        """Return a gap for each unknown keyword that differs."""
        for keyword in {**inner.rest, **outer.rest}:
            ours, theirs = comparable_text(inner.rest.get(keyword)), comparable_text(outer.rest.get(keyword))
            if ours != theirs or "$ref" in ours:  # equal references may have different targets
                yield Gap(keyword, inner.rest.get(keyword), outer.rest.get(keyword), is_certain=False)


def _weight(found: list[Gap]) -> tuple[int, int]:
    return sum(gap.is_certain for gap in found), len(found)

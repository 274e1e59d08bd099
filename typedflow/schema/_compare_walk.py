"""The walk through two schemas: does everything that fits the inner one fit the outer one?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from typedflow.schema._compare_arrays import arrays
from typedflow.schema._compare_bounds import bounds
from typedflow.schema._compare_forms import ANYTHING, Form, canonical, forms
from typedflow.schema._compare_gaps import Gap, phrase
from typedflow.schema._compare_merge import Schema
from typedflow.schema._compare_objects import objects
from typedflow.schema._compare_pairs import candidates


class Walk:
    """Compares two documents. What holds of a pair of schemas is found once; a pair within itself is taken to hold."""

    def __init__(self, inner: dict[str, Any], outer: dict[str, Any]) -> None:
        """Take the documents that references point into."""
        self.inner = inner
        self.outer = outer
        self._known: dict[tuple[str, str], tuple[Gap, ...]] = {}
        self._open: dict[tuple[str, str], int] = {}
        self._lowest = 0

    def gaps(self, inner: Schema, outer: Schema) -> tuple[Gap, ...]:
        """Return why what fits the inner schema may not fit the outer one; nothing where it surely does."""
        pair = canonical(inner), canonical(outer)
        if pair in self._known:
            return self._known[pair]
        if pair in self._open:
            self._lowest = min(self._lowest, self._open[pair])
            return ()
        depth = self._open[pair] = len(self._open)
        outside, self._lowest = self._lowest, depth
        found = tuple(self._of_forms(forms(inner, self.inner), forms(outer, self.outer)))
        del self._open[pair]
        if self._lowest >= depth:  # else it holds only as far as a pair around it does
            self._known[pair] = found
        self._lowest = min(outside, self._lowest)
        return found

    def _of_forms(self, inner: list[Form], outer: list[Form]) -> Iterator[Gap]:
        if any(form.type == ANYTHING for form in outer):
            return
        constants = {form.const for form in outer}
        strangers = []
        for form in inner:
            if form.const is not None and form.const in constants:
                continue
            partners = candidates(form, inner, outer)
            if not partners:
                strangers.append(form)
            else:
                yield from min((self._of_pair(form, partner) for partner in partners), key=_weight)
        if strangers:
            yield Gap("type", phrase(strangers), phrase(outer))

    def _of_pair(self, inner: Form, outer: Form) -> list[Gap]:
        found = [*bounds(inner, outer)]
        if inner.type == "array":
            found += arrays(inner.schema, outer.schema, self.gaps)
        if inner.type == "object":
            found += objects(inner.schema, outer.schema, self.gaps)
        return [*found, *self._rest(inner, outer)]

    def _rest(self, inner: Form, outer: Form) -> Iterator[Gap]:
        """Return a gap for each keyword that is not understood, unless both say the same."""
        for keyword in {**inner.rest, **outer.rest}:
            ours, theirs = canonical(inner.rest.get(keyword)), canonical(outer.rest.get(keyword))
            if ours != theirs or "$ref" in ours:  # what a reference means is in another place
                yield Gap(keyword, inner.rest.get(keyword), outer.rest.get(keyword), is_certain=False)


def _weight(found: list[Gap]) -> tuple[int, int]:
    return sum(gap.is_certain for gap in found), len(found)

"""Add to findings in flows the origin of the setting that a decorator or a Parameter received."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from typedflow.check._cases import Cases
from typedflow.values import Case, Diagnostic, TypedflowError


@dataclass
class Settled:
    """Adds origins to the findings of one unit; of a finding that many variants have, in the first of them."""

    config: str
    cases: Cases | None
    _seen: set[str] = field(default_factory=set)

    def of(self, found: Iterable[Diagnostic], case: Case) -> Iterator[Diagnostic]:
        """Yield findings; those whose key path is that of a setting get the setting's origin."""
        for item in found:
            key = f"{item.rule.code} {item.message} {item.location}"
            if item.path and self.cases and key not in self._seen:
                self._seen.add(key)
                yield self._settled(item, self.cases, case)
            else:
                yield item

    def _settled(self, item: Diagnostic, cases: Cases, case: Case) -> Diagnostic:
        config, *path = item.path or ("",)
        if config != self.config:
            return item
        try:
            origin = cases.origin(case, tuple(path))
        except TypedflowError:  # it does not resolve, which is reported elsewhere
            return item
        return replace(item, path=tuple(path), related=(*item.related, *([origin] if origin else [])))

"""Fixes on trial: those are kept whose files a check finds as right as before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from typedflow.check._fixes import applicable, mended
from typedflow.parsing import locate, locate_key
from typedflow.values import Diagnostic, Fix, KeyPath, Report, Source, keep_valid

Judge = Callable[[Mapping[str, str]], Report]
"""Checks a project as if some files had other texts."""

_MOST_TRIALS = 40


@dataclass(frozen=True, slots=True)
class Mends:
    """The new texts of files by their names, and the findings that are not mended, each with the reason.

    ``sources`` are the files as they were when the mends were tried.
    """

    texts: Mapping[str, str]
    refused: tuple[tuple[Diagnostic, Diagnostic], ...]
    sources: Mapping[str, Source]


@dataclass(slots=True)
class _Trials:
    before: Report
    sources: Mapping[str, Source]
    judge: Judge
    texts: Mapping[str, str] = field(default_factory=dict)
    reasons: dict[int, Diagnostic] = field(default_factory=dict)

    def hold(self, items: list[Diagnostic]) -> bool:
        """Return whether fixes hold together, and keep the texts of those that do."""
        texts = mended(self.sources, items)
        after = self.judge(texts)
        reason = next(_objections(self.before, after, items, {**self.sources, **self._drafts(texts)}), None)
        if reason is None:
            self.texts = texts
            return True
        self.reasons[id(items[-1])] = reason
        return False

    def _drafts(self, texts: Mapping[str, str]) -> dict[str, Source]:
        return {name: replace(self.sources[name], text=text) for name, text in texts.items()}


def try_mends(fixable: Iterable[Diagnostic], before: Report, sources: Mapping[str, Source], judge: Judge) -> Mends:
    """Return the mends of some findings that hold: a renamed key and what is below it have no finding, nor is one new.

    Nothing is written: ``judge`` checks drafts, and ``before`` is what it finds without any.
    """
    trials = _Trials(before, sources, judge)
    items = applicable(sources, fixable)
    held = set(map(id, keep_valid(items, trials.hold, _MOST_TRIALS)))
    refused = [(item, trials.reasons[id(item)]) for item in items if id(item) in trials.reasons.keys() - held]
    return Mends(trials.texts, tuple(refused), sources)


def _objections(
    before: Report, after: Report, items: Iterable[Diagnostic], sources: Mapping[str, Source]
) -> Iterator[Diagnostic]:
    """Return the findings that are new, or at a key that was renamed, or below it."""
    known = Counter(map(_said, (*before.diagnostics, *before.unchosen)))
    places = [_Place.of(item, item.fix, sources[item.location.name]) for item in items if item.fix and item.location]
    for found in (*after.diagnostics, *after.unchosen):
        known[_said(found)] -= 1
        if known[_said(found)] < 0 or any(place.has(found) for place in places):
            yield found


def _said(found: Diagnostic) -> tuple[str, str, str]:
    return found.rule.code, found.message, found.location.name if found.location else ""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a renamed key is in its file, with its value; a key that was removed is nowhere."""

    file: str
    path: KeyPath | None
    begin: tuple[int, int] = (0, 0)
    end: tuple[int, int] = (0, 0)

    @classmethod
    def of(cls, item: Diagnostic, fix: Fix, source: Source) -> _Place:
        if fix.replacement is None:
            return cls(source.name, None)
        path = (*(item.path or fix.path)[:-1], fix.replacement)
        key, value = (find(source, (*fix.path[:-1], fix.replacement)) for find in (locate_key, locate))
        if key is None or value is None:
            return cls(source.name, path)
        return cls(source.name, path, (key.line, key.column), (value.end_line, value.end_column))

    def has(self, found: Diagnostic) -> bool:
        """Return whether a finding is about the key, or about what is below it."""
        set_at = (related.location for related in found.related if related.role == "set at")
        here = [place for place in (found.location, *set_at) if place and place.name == self.file]
        if not here or self.path is None:
            return False
        is_below = found.path is not None and found.path[: len(self.path)] == self.path
        spans = [place.span for place in here if place.span]
        return is_below or any(self.begin <= (span.line, span.column) < self.end for span in spans)

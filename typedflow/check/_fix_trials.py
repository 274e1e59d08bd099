"""Try fixes before they are written, and keep those that do not cause findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from typedflow.check._fixes import applicable_fixes, apply_fixes
from typedflow.parsing import locate, locate_key
from typedflow.values import Diagnostic, Fix, KeyPath, Report, Source, keep_valid

Judge = Callable[[Mapping[str, str]], Report]
"""Checks a project with drafts in place of some files."""

_MOST_TRIALS = 40


@dataclass(frozen=True, slots=True)
class TriedFixes:
    """The new texts of files by name, and the findings that are not fixed, each with the finding it would cause.

    ``sources`` are the files as they were when the fixes were tried.
    """

    texts: Mapping[str, str]
    rejected: tuple[tuple[Diagnostic, Diagnostic], ...]
    sources: Mapping[str, Source]


@dataclass(slots=True)
class _Trials:
    before: Report
    sources: Mapping[str, Source]
    judge: Judge
    texts: Mapping[str, str] = field(default_factory=dict)
    reasons: dict[int, Diagnostic] = field(default_factory=dict)

    def can_apply(self, items: list[Diagnostic]) -> bool:
        """Return whether fixes can be applied together, and keep the texts if they can."""
        texts = apply_fixes(self.sources, items)
        after = self.judge(texts)
        drafts = {name: replace(self.sources[name], text=text) for name, text in texts.items()}
        reason = next(_objections(self.before, after, items, {**self.sources, **drafts}), None)
        if reason is None:
            self.texts = texts
            return True
        self.reasons[id(items[-1])] = reason
        return False


def try_fixes(fixable: Iterable[Diagnostic], before: Report, sources: Mapping[str, Source], judge: Judge) -> TriedFixes:
    """Return the fixes that cause no finding: none at or below a renamed key, and no new one elsewhere.

    Nothing is written: ``judge`` checks drafts of files, and ``before`` is its report without drafts.
    """
    trials = _Trials(before, sources, judge)
    items = applicable_fixes(sources, fixable)
    applied = set(map(id, keep_valid(items, trials.can_apply, _MOST_TRIALS)))
    rejected = [(item, trials.reasons[id(item)]) for item in items if id(item) in trials.reasons.keys() - applied]
    return TriedFixes(trials.texts, tuple(rejected), sources)


def _objections(
    before: Report, after: Report, items: Iterable[Diagnostic], sources: Mapping[str, Source]
) -> Iterator[Diagnostic]:
    """Yield the findings that are new, or that are at or below a renamed key."""
    known = Counter(map(_identity, (*before.diagnostics, *before.unchosen)))
    places = [_Place.of(item, item.fix, sources[item.location.name]) for item in items if item.fix and item.location]
    for found in (*after.diagnostics, *after.unchosen):
        known[_identity(found)] -= 1
        if known[_identity(found)] < 0 or any(place.has(found) for place in places):
            yield found


def _identity(found: Diagnostic) -> tuple[str, str, str]:
    return found.rule.code, found.message, found.location.name if found.location else ""


@dataclass(frozen=True, slots=True)
class _Place:
    """The range of a renamed key and its value in its file; a removed key has none."""

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
        """Return whether a finding is about the key, or about something below it."""
        set_at = (related.location for related in found.related if related.role == "set at")
        here = [place for place in (found.location, *set_at) if place and place.name == self.file]
        if not here or self.path is None:
            return False
        is_below = found.path is not None and found.path[: len(self.path)] == self.path
        spans = [place.span for place in here if place.span]
        return is_below or any(self.begin <= (span.line, span.column) < self.end for span in spans)

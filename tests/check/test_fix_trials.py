"""Fixes are kept if a check finds nothing new, and nothing at or below the new key."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from tests.check.conftest import Make
from typedflow.check import TriedFixes, try_fixes
from typedflow.values import RULES, Diagnostic, Fix, KeyPath, Location, Related, Report, Source, Span
from typedflow.workspace import read_source

Find = Callable[[str], list[Diagnostic]]
"""Returns the findings for a text."""


def _at(line: int, message: str, *, file: str = "a.yaml", path: KeyPath | None = None, set_at: int = 0) -> Diagnostic:
    related = (Related("set at", Location("a.yaml", Span(set_at, 1, set_at, 2))),) if set_at else ()
    return Diagnostic(
        RULES["invalid-value"], message, Location(file, Span(line, 1, line, 2)), path=path, related=related
    )


def _tried(text: str, find: Find, *fixes: Fix) -> TriedFixes:
    """Return the tried fixes of a file; a function returns what a check finds in its text."""
    found = [
        Diagnostic(RULES["unknown-key"], str(fix.path), Location("a.yaml"), path=fix.path, fix=fix) for fix in fixes
    ]

    def judge(drafts: Mapping[str, str]) -> Report:
        new = drafts.get("a.yaml", text)
        left = [item for item in found if item.path and f"{item.path[-1]}:" in new]
        return Report((*left, *find(new)))

    return try_fixes(found, judge({}), {"a.yaml": Source("a.yaml", text, "yaml")}, judge)


TEXT = "typo: 1\nb:\n  tpyo: {x: 1}\nc: 2\n"
ONE, TWO = Fix(("typo",), "one"), Fix(("b", "tpyo"), "two")
BOTH = "one: 1\nb:\n  two: {x: 1}\nc: 2\n"
FIRST = "one: 1\nb:\n  tpyo: {x: 1}\nc: 2\n"

FOUND: dict[str, tuple[Find, str]] = {
    "nothing": (lambda _: [], BOTH),
    "what was there before": (lambda _: [_at(4, "old", path=("c",))], BOTH),
    "something new elsewhere": (lambda text: [_at(1, "new", file="b.py")] if "two" in text else [], FIRST),
    "something new of a rule twice": (lambda text: [_at(4, "old"), *([_at(1, "old")] if "two" in text else [])], FIRST),
    "something at the key": (lambda _: [_at(3, "old", path=("b", "two"))], FIRST),
    "something below the key": (lambda _: [_at(9, "old", path=("b", "two", "x"))], FIRST),
    "something that stands below the key": (lambda text: [_at(3, "old")] if "two" not in text else [_x("old")], FIRST),
    "something that the key's value causes": (
        lambda _: [_at(7, "old", file="b.py", set_at=1)],
        TEXT_TWO := TEXT.replace("tpyo", "two"),
    ),
    "the same key in another file": (lambda _: [_at(3, "old", file="b.yaml", path=("b", "two"))], BOTH),
}


def _x(message: str) -> Diagnostic:
    return Diagnostic(RULES["invalid-value"], message, Location("a.yaml", Span(3, 9, 3, 10)))


@pytest.mark.parametrize(("find", "text"), FOUND.values(), ids=FOUND)
def test_fixes_that_cause_nothing_are_kept(find: Find, text: str) -> None:
    """A fix that causes a finding is skipped, and the others are kept."""
    tried = _tried(TEXT, find, ONE, TWO)
    assert tried.texts == ({"a.yaml": text} if text != TEXT else {})
    assert len(tried.rejected) == (0 if text == BOTH else 1)


def test_a_rejected_fix_says_why() -> None:
    """The new finding is returned with the finding that was to be fixed."""
    tried = _tried(TEXT, lambda text: [_at(1, "new", file="b.py")] if "two" in text else [], ONE, TWO)
    assert [(item.fix, reason.message) for item, reason in tried.rejected] == [(TWO, "new")]


def test_what_contradicts_itself_is_not_tried() -> None:
    """Two names for one key, and one name for two keys, are never applied, not even one at a time."""
    text = "a: 1\nb: 2\nc: 3\nd: 4\n"
    fixes = (Fix(("a",), "x"), Fix(("a",), "y"), Fix(("b",), "z"), Fix(("c",), "z"), Fix(("d",), "w"))
    assert _tried(text, lambda _: [], *fixes).texts == {"a.yaml": "a: 1\nb: 2\nc: 3\nw: 4\n"}
    assert _tried(text, lambda text: [_at(1, "new")] if "w" in text else [], *fixes).texts == {}


def test_a_removed_key_has_no_place() -> None:
    """For a removed override, only new findings count."""
    assert _tried(TEXT, lambda _: [_at(3, "old", path=("b",))], Fix(("b", "tpyo"))).texts == {
        "a.yaml": "typo: 1\nc: 2\n"
    }


FLOW = """\
from metaflow import FlowSpec, resources, step
from settings import Settings

from typedflow import SettingsMixin, config_expr


class Training(SettingsMixin[Settings], FlowSpec):
    @resources(cpu=config_expr("8 // settings.divisor"))
    @step
    def start(self):
        self.next(self.end)

    @step
    def end(self):
        pass
"""
SETTINGS = """\
from typedflow import ConfigModel


class Settings(ConfigModel):
    divisor: int = 1
    labels: list[str] = []
    title: str = ""
"""


@pytest.mark.slow
def test_a_check_tries_drafts(make: Make) -> None:
    """What a flow makes of a value counts, too; nothing is written, and a draft's own line is shown."""
    base = "settings/settings.yaml"
    changed = {"flows/training.py": FLOW, "flows/settings.py": SETTINGS, base: "divsor: 0\n"}
    changed |= {f"settings/settings.{name}.yaml": "title: t\n" for name in ("environment.dev", "configuration.EXP_01")}
    project = make({**changed, "settings/settings.configuration.EXP_02.yaml": "tilte: u\n"})
    file, other = (project.root / name for name in (base, "settings/settings.configuration.EXP_02.yaml"))
    project.check()

    def judge(drafts: Mapping[str, str]) -> Report:
        project.check(drafts=drafts)
        return project.report

    tried = try_fixes(
        project.report.diagnostics, project.report, {str(each): read_source(each) for each in (file, other)}, judge
    )
    assert tried.texts == {str(other): "title: u\n"}
    assert [(item.path, reason.rule.name) for item, reason in tried.rejected] == [(("divsor",), "expression-failed")]
    assert (file.read_text(), other.read_text()) == ("divsor: 0\n", "tilte: u\n")
    found = project.check(drafts={str(file): "title: x\nzzz: [a]\n"})
    assert ("unknown-key", base, 2, 1) in found
    places = (item.location for item in project.report.diagnostics if item.location)
    assert "zzz: [a]" in [place.excerpt.line for place in places if place.excerpt]


def test_a_word_of_any_model_is_not_fixed(make: Make) -> None:
    """`labls` is fixed, and `lables` is not, if another field has that word: a person decides."""
    settings = SETTINGS.replace("title: str", "lables_of: int = 0\n    title: str")
    names = ("settings.environment.dev", "settings.configuration.EXP_01", "settings.configuration.EXP_02")
    texts = ("title: t\n", "labls: [a]\n", "lables: [a]\n")
    files = {f"settings/{name}.yaml": text for name, text in zip(names, texts, strict=True)}
    project = make(
        {"flows/training.py": FLOW, "flows/settings.py": settings, "settings/settings.yaml": "{}\n", **files}
    )
    project.check()
    fixes = {item.path: item.fix and item.fix.replacement for item in project.report.diagnostics}
    assert fixes == {("labls",): "labels", ("lables",): None}

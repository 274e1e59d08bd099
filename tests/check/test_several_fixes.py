"""Several fixes of a text, and of several texts."""

from __future__ import annotations

from typedflow.check import apply_fixes
from typedflow.values import RULES, Diagnostic, Fix, Location, Source


def _found(name: str, *fixes: Fix | None) -> list[Diagnostic]:
    return [Diagnostic(RULES["unknown-key"], "", Location(name), fix=fix) for fix in fixes]


def _with_fix(text: str, *fixes: Fix | None) -> str | None:
    return apply_fixes({"a.yaml": Source("a.yaml", text, "yaml")}, _found("a.yaml", *fixes)).get("a.yaml")


def test_texts_are_given_by_name() -> None:
    """Only changed texts are returned; a diagnostic without a fix, a place or a known source changes none."""
    sources = {name: Source(name, "typo: 1\n", "yaml") for name in ("a.yaml", "b.yaml")}
    found = [
        *_found("a.yaml", Fix(("typo",), "name")),
        *_found("b.yaml", None),
        *_found("c.yaml", Fix(("typo",), "name")),
        Diagnostic(RULES["unknown-key"], "", fix=Fix(("typo",), "name")),
    ]
    assert apply_fixes(sources, found) == {"a.yaml": "name: 1\n"}


def test_all_are_applied() -> None:
    """Each edit is made in the result of the previous ones."""
    fixes = (Fix(("typo",), "name"), Fix(("b", "x")), Fix(("c",)))
    assert _with_fix("typo: 1\nb: {x: 1, y: 2}\nc: 3\n", *fixes) == "name: 1\nb: {y: 2}\n"


def test_inner_keys_are_fixed_first() -> None:
    """A key that is renamed does not hide the keys in it."""
    fixes = (Fix(("typo",), "name"), Fix(("typo", "x")), Fix(("typo", "y"), "z"))
    assert _with_fix("typo: {x: 1, y: 2}\n", *fixes) == "name: {z: 2}\n"


def test_keys_that_go_one_by_one_take_their_mapping_along() -> None:
    """With the last key of a mapping, the mapping is removed, though each fix is for one key."""
    assert _with_fix("a:\n  b: 1\n  c: 2\nd: 3\n", Fix(("a", "b")), Fix(("a", "c"))) == "d: 3\n"


def test_one_fix_of_many_findings() -> None:
    """Several bindings find one mistake in a file that they share: it is fixed once."""
    assert _with_fix("typo: 1\n", Fix(("typo",), "name"), Fix(("typo",), "name")) == "name: 1\n"


def test_fixes_that_contradict_each_other_are_left() -> None:
    """Two names for one key, or one name for two keys: neither is applied. The rest is fixed."""
    fixes = (Fix(("a",), "x"), Fix(("a",), "y"), Fix(("b",), "z"), Fix(("c",), "z"), Fix(("d",), "w"))
    assert _with_fix("a: 1\nb: 2\nc: 3\nd: 4\n", *fixes) == "a: 1\nb: 2\nc: 3\nw: 4\n"


def test_an_impossible_fix_does_not_prevent_the_others() -> None:
    """A fix that is dropped leaves the others."""
    assert _with_fix("a: &x 1\nb: *x\nc: 1\n", Fix(("a",)), Fix(("c",))) == "a: &x 1\nb: *x\n"

"""Misspelt keys that can be mended without a person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import Field

from typedflow.layers import Rank, layer, merge
from typedflow.models import ConfigModel, plan_of, validate
from typedflow.parsing import parse
from typedflow.values import Diagnostic, Fix, Source, SourceKind, TypedflowError


class Fit(ConfigModel):
    """A nested model."""

    fit_intercept: bool = True
    learning_rate: float = Field(alias="learning-rate", default=0.1)
    alpha: int = 0
    alphas: int = 0


class Model(ConfigModel):
    """The whole."""

    fit: Fit = Fit()
    fits: list[Fit] = []


MENDED: dict[str, tuple[str, Fix]] = {
    "a key": ("fit: {fit_intercpt: false}", Fix(("fit", "fit_intercpt"), "fit_intercept")),
    "a key in a list": ("fits: [{}, {fit_intercpt: false}]", Fix(("fits", 1, "fit_intercpt"), "fit_intercept")),
    "a key with a mapping": ("fit: {fit_intercpt: {a: 1, b: 2}}", Fix(("fit", "fit_intercpt"), "fit_intercept")),
    "an alias": ("fit: {learnin-rate: 1}", Fix(("fit", "learnin-rate"), "learning-rate")),
}

NOT_MENDED: dict[str, tuple[str, ...]] = {
    "nothing is close": ("fit: {zzz: 1}",),
    "two are close": ("fit: {alpa: 1}",),
    "the field is set": ("fit: {fit_intercpt: false, fit_intercept: true}",),
    "two files set the key": ("fit: {fit_intercpt: false}", "fit: {fit_intercpt: true}"),
    "two files set parts of its value": ("fit: {fit_intercpt: {a: 1}}", "fit: {fit_intercpt: {b: 1}}"),
}


@pytest.mark.parametrize(("text", "fix"), MENDED.values(), ids=MENDED)
def test_a_fix_is_known(text: str, fix: Fix, problems: Callable[..., list[Diagnostic]]) -> None:
    """One field alone can have been meant: its key replaces the one in the file."""
    (found,) = problems(Model, text)
    assert (found.rule.name, found.fix) == ("unknown-key", fix)


def test_a_key_that_was_to_override_is_mended(problems: Callable[..., list[Diagnostic]]) -> None:
    """That a lower layer sets the field is why somebody would write it in a higher one."""
    (found,) = problems(Model, "fit: {fit_intercept: true}", "fit: {fit_intercpt: false}")
    assert found.fix == Fix(("fit", "fit_intercpt"), "fit_intercept")


@pytest.mark.parametrize("texts", NOT_MENDED.values(), ids=NOT_MENDED)
def test_no_fix_is_sure(texts: tuple[str, ...], problems: Callable[..., list[Diagnostic]]) -> None:
    """Where there is a doubt, a person decides."""
    assert [found.fix for found in problems(Model, *texts) if found.rule.name == "unknown-key"] == [None]


@pytest.mark.parametrize(
    ("kind", "format_name"), [(SourceKind.OPTION, "yaml"), (SourceKind.VARIABLE, "yaml"), (SourceKind.FILE, None)]
)
def test_only_files_are_mended(kind: SourceKind, format_name: str | None) -> None:
    """An option, a variable, or the text of a parser of one's own has no place where an edit could be made."""
    tree: Any = parse(Source("a", "fit: {fit_intercpt: false}", "yaml"))
    merged = merge([layer(Source("a", "", format_name, kind), tree, Rank(1))], plan_of(Model))
    with pytest.raises(TypedflowError) as caught:
        validate(merged, Model)
    assert [found.fix for found in caught.value.diagnostics] == [None]

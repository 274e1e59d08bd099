"""Misspelt keys that can be mended without a person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import Field, field_validator, model_validator
from typing_extensions import Self

from typedflow.layers import Rank, layer, merge
from typedflow.models import ConfigModel, plan_of, validate
from typedflow.parsing import parse
from typedflow.values import Diagnostic, Fix, Source, SourceKind, TypedflowError


class Inner(ConfigModel):
    """A model in it."""

    depth: int = 0


class Fit(ConfigModel):
    """A nested model."""

    fit_intercept: bool = True
    learning_rate: float = Field(alias="learning-rate", default=0.1)
    alpha: int = 0
    alphas: int = 0
    options: dict[str, int] = {}
    low_freq: float = 0
    high_freq: float = 1
    inner: Inner | None = None
    password: str = ""

    @field_validator("password")
    @classmethod
    def _is_known(cls, value: str) -> str:
        if value:
            raise ValueError(f"not {value}")
        return value

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        if self.low_freq > self.high_freq:
            raise ValueError("low_freq is above high_freq")
        return self


class Model(ConfigModel):
    """The whole."""

    fit: Fit = Fit()
    fits: list[Fit] = []


MENDED: dict[str, tuple[str, Fix]] = {
    "a key": ("fit: {fit_intercpt: false}", Fix(("fit", "fit_intercpt"), "fit_intercept", "intercpt", "intercept")),
    "a key in a list": (
        "fits: [{}, {fit_intercpt: 0}]",
        Fix(("fits", 1, "fit_intercpt"), "fit_intercept", "intercpt", "intercept"),
    ),
    "a key with a mapping": ("fit: {optoins: {a: 1, b: 2}}", Fix(("fit", "optoins"), "options", "optoins", "options")),
    "an alias": ("fit: {learnin-rate: 1}", Fix(("fit", "learnin-rate"), "learning-rate", "learnin", "learning")),
    "a name that is not its key": (
        "fit: {learning_rate: 1}",
        Fix(("fit", "learning_rate"), "learning-rate"),
    ),
    "a required key": ("fit: {high_freq_: 2}", Fix(("fit", "high_freq_"), "high_freq")),
    "a value that is converted": ("fit: {high-freq: '2'}", Fix(("fit", "high-freq"), "high_freq")),
}

NOT_MENDED: dict[str, tuple[str, ...]] = {
    "nothing is close": ("fit: {zzz: 1}",),
    "two are close": ("fit: {alpa: 1}",),
    "another word": ("fit: {mid_freq: 1}",),
    "a field of another type": ("fit: {fit_intercpt: {a: 1}}",),
    "a value that does not fit": ("fit: {high_freq_: much}",),
    "a value that a validator refuses": ("fit: {high_freq_: -1}",),
    "below it there is another mistake": ("fit: {innre: {dephts: 1}}",),
    "a validator that looks at the whole": ("fit: {low_freq_: 2}",),
    "another file's mistake stays below it": ("fit: {options: {a: x}}", "fit: {optoins: {b: 1}}"),
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
    assert found.fix == Fix(("fit", "fit_intercpt"), "fit_intercept", "intercpt", "intercept")


def test_other_mistakes_of_the_file_do_not_matter(problems: Callable[..., list[Diagnostic]]) -> None:
    """Each key is judged for itself: one that cannot be mended, and values that do not fit, leave the others."""
    found = problems(Model, "fit: {fit_intercpt: much, alpha: x, optoins: {a: 1}, zzz: 1, high-freq: 2, low-freq: 1}")
    fixed = {item.path[-1]: item.fix.replacement for item in found if item.fix and item.path}
    assert fixed == {"optoins": "options", "high-freq": "high_freq", "low-freq": "low_freq"}


@pytest.mark.parametrize("texts", NOT_MENDED.values(), ids=NOT_MENDED)
def test_no_fix_is_sure(texts: tuple[str, ...], problems: Callable[..., list[Diagnostic]]) -> None:
    """Where there is a doubt, a person decides."""
    assert [found.fix for found in problems(Model, *texts) if found.rule.name == "unknown-key"] == [None]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("fit: {high_freq_: -1}", "`fit` would be invalid: low_freq is above high_freq"),
        ("fit: {fit_intercpt: 2}", "`fit.fit_intercept` would be invalid: input should be a valid boolean, "),
        ("fit: {pasword: swordfish}", "`fit.password` would be invalid: not ***"),
    ],
)
def test_why_a_slip_is_not_mended_is_said(text: str, reason: str, problems: Callable[..., list[Diagnostic]]) -> None:
    """It is a slip, and its value is refused; a secret in the reason is hidden."""
    (found,) = problems(Model, text)
    assert found.hint.startswith(f"--fix does not rename it: {reason}")
    assert "swordfish" not in found.hint
    assert found.label.startswith("did you mean")


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

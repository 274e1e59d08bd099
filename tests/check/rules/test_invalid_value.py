"""TF301 invalid-value: what a check adds to it, defaults that do not fit their fields."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field, create_model, field_validator

from typedflow.check.rules.invalid_value import find
from typedflow.models import ConfigModel


class Inner(ConfigModel):
    """A model in the model."""

    size: int = 1


class Ols(ConfigModel):
    """One of two."""

    kind: Literal["ols"] = "ols"


class Ridge(ConfigModel):
    """The other."""

    kind: Literal["ridge"] = "ridge"


FITS: dict[str, tuple[Any, Any]] = {
    "a number": (int, 1),
    "a whole number for any": (float, 1),
    "nothing": (int | None, None),
    "an instance": (Inner, Inner()),
    "a list": (list[str], ["a"]),
    "a factory": (list[int], Field(default_factory=list)),
    "one of a union": (Annotated[Ols | Ridge, Field(discriminator="kind")], Ridge()),
    "required": (int, ...),
    "anything": (Any, object()),
}
WRONG: dict[str, tuple[Any, Any]] = {
    "text for a number": (int, "many"),
    "a class": (float, object),
    "nothing where something must be": (int, None),
    "out of bounds": (Annotated[int, Field(ge=1)], 0),
    "no choice": (Literal["a", "b"], "c"),
    "in a list": (list[int], ["x"]),
}


@pytest.mark.parametrize("name", FITS)
def test_a_default_that_fits(name: str) -> None:
    """Whatever the type takes is let pass."""
    assert list(find(create_model("M", __base__=ConfigModel, field=FITS[name]))) == []


@pytest.mark.parametrize("name", WRONG)
def test_a_default_that_does_not_fit(name: str) -> None:
    """It is named with its field, also in a model within."""
    wrong = create_model("Wrong", __base__=ConfigModel, field=WRONG[name])
    outer = create_model("Outer", __base__=ConfigModel, inner=(wrong, ...))
    [found] = find(outer)
    assert found.rule.name == "invalid-value"
    assert "default of `Wrong.field` is " in found.message


def test_a_validator_of_the_models_own_decides() -> None:
    """A default that a validator would change may be of another type."""

    class Lenient(BaseModel):
        hosts: list[str] = "a,b"  # type: ignore[assignment] # what the validator is for

        @field_validator("hosts", mode="before")
        @classmethod
        def split(cls, value: Any) -> Any:
            """Take text as well."""
            return value.split(",") if isinstance(value, str) else value

    assert list(find(Lenient)) == []

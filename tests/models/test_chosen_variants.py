"""Unions whose variant a function chooses: they switch, and are blamed, as those that a key discriminates."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

import pytest
from pydantic import ConfigDict, Discriminator, Field, Tag

from typedflow.layers import Merge, Merged, provenance
from typedflow.models import ConfigModel, plan_of
from typedflow.values import Diagnostic

Merging = Callable[..., Merged]
Problems = Callable[..., list[Diagnostic]]
Read = Callable[..., Any]


class Sgd(ConfigModel):
    """A variant, which is chosen where nothing is said."""

    kind: Literal["sgd"] = "sgd"
    lr: float = 0.1
    momentum: float = 0.0


class Adam(ConfigModel):
    """Another."""

    kind: Literal["adam"] = "adam"
    lr: float = 0.1
    betas: Annotated[list[float], Merge.append] = []


def _kind(value: Any) -> Any:
    return (value.get("kind") if isinstance(value, dict) else value.kind) or "sgd"


def _by_keys(value: Any) -> str:
    keys = value if isinstance(value, dict) else value.model_fields_set
    return "adam" if "betas" in keys else "sgd"


def _strict(value: Any) -> Any:
    found = value.pop("kind") if isinstance(value, dict) else value.kind  # a key that must be there, and then is gone
    return found.lower()


Optimizer = Annotated[Annotated[Sgd, Tag("sgd")] | Annotated[Adam, Tag("adam")], Discriminator(_kind)]
ByKeys = Annotated[Annotated[Sgd, Tag("sgd")] | Annotated[Adam, Tag("adam")], Discriminator(_by_keys)]


class Small(ConfigModel):
    """A variant of a union in a union."""

    size: Literal["small"]
    a: int = 0
    shared: int = 0


class Large(ConfigModel):
    """Another."""

    size: Literal["large"]
    b: int = 0
    shared: int = 0


def _outer(value: Any) -> str:
    return "sized" if (isinstance(value, dict) and "size" in value) or hasattr(value, "size") else "sgd"


Sized = Annotated[Small | Large, Field(discriminator="size")]
Nested = Annotated[Annotated[Sized, Tag("sized")] | Annotated[Sgd, Tag("sgd")], Discriminator(_outer)]


class Config(ConfigModel):
    """Unions everywhere."""

    opt: Optimizer = Sgd()
    maybe: Optimizer | None = None
    table: dict[str, Optimizer] = {}
    rows: Annotated[list[Optimizer], Merge.by_key("lr")] = []
    by_keys: ByKeys = Sgd()
    nested: Nested = Sgd()
    field: Annotated[Sgd, Tag("sgd")] | Annotated[Adam, Tag("adam")] = Field(
        default=Sgd(), discriminator=Discriminator(_kind)
    )


SWITCHED: dict[str, tuple[list[str], dict[str, Any]]] = {
    "another variant": (
        ["opt: {kind: sgd, lr: 1, momentum: 2}", "opt: {kind: adam, betas: [1]}"],
        {"opt": {"kind": "adam", "lr": 1, "betas": [1]}},
    ),
    "from the variant that is chosen without a key": (
        ["opt: {lr: 1, momentum: 2}", "opt: {kind: adam}"],
        {"opt": {"lr": 1, "kind": "adam"}},
    ),
    "the same variant": (["opt: {momentum: 2}", "opt: {kind: sgd}"], {"opt": {"momentum": 2, "kind": "sgd"}}),
    "a rule of the variant": (
        ["opt: {kind: adam, betas: [1]}", "opt: {betas: [2]}"],
        {"opt": {"kind": "adam", "betas": [1, 2]}},
    ),
    "an optional one": (["maybe: {momentum: 2}", "maybe: {kind: adam}"], {"maybe": {"kind": "adam"}}),
    "in a dictionary": (["table: {a: {momentum: 2}}", "table: {a: {kind: adam}}"], {"table": {"a": {"kind": "adam"}}}),
    "in a list": (
        ["rows: [{lr: 1, momentum: 2}]", "rows: [{lr: 1, kind: adam}]"],
        {"rows": [{"lr": 1, "kind": "adam"}]},
    ),
    "by the keys that are there": (
        ["by_keys: {lr: 1, momentum: 2}", "by_keys: {betas: [1]}"],
        {"by_keys": {"lr": 1, "betas": [1]}},
    ),
    "on the field": (["field: {momentum: 2}", "field: {kind: adam}"], {"field": {"kind": "adam"}}),
    "to a union in the union": (
        ["nested: {momentum: 2}", "nested: {size: small, a: 1}"],
        {"nested": {"size": "small", "a": 1}},
    ),
    "in the inner union": (
        ["nested: {size: small, a: 1, shared: 1}", "nested: {size: large}"],
        {"nested": {"size": "large", "shared": 1}},
    ),
}


@pytest.mark.parametrize(("texts", "expected"), SWITCHED.values(), ids=SWITCHED)
def test_a_binding_switches_the_variant(
    merged: Merging, read: Read, texts: list[str], expected: dict[str, Any]
) -> None:
    """The function is asked as Pydantic asks it: of the lower settings, then of all together."""
    assert merged(Config, *texts).tree == expected
    read(Config, *texts)


REASONS: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    "a key decides": ("opt: {momentum: 2}", "opt: {kind: adam}", "`kind` became 'adam'", ("opt", "kind")),
    "all of them": ("by_keys: {momentum: 2}", "by_keys: {betas: [1]}", "its variant became 'adam'", ("by_keys",)),
}


@pytest.mark.parametrize(("low", "high", "reason", "at"), REASONS.values(), ids=REASONS)
def test_provenance_says_what_was_dropped(
    merged: Merging, low: str, high: str, reason: str, at: tuple[str, ...]
) -> None:
    """With the key that made the difference, where one alone did."""
    (gone,) = provenance(merged(Config, low, high)).removed
    assert (gone.path[-1], gone.reason, gone.by.path) == ("momentum", reason, at)


def test_an_unknown_tag_drops_nothing(merged: Merging) -> None:
    """What was meant is for validation to ask."""
    tree = merged(Config, "opt: {momentum: 2}", "opt: {kind: smd}").tree
    assert tree == {"opt": {"momentum": 2, "kind": "smd"}}


class Strict(ConfigModel):
    """A function that fails where it finds no key, and takes it out of what it is given."""

    opt: Annotated[Annotated[Sgd, Tag("sgd")] | Annotated[Adam, Tag("adam")], Discriminator(_strict)]


def test_a_function_that_fails_does_not_end_the_merge(merged: Merging, problems: Problems) -> None:
    """What it raises is found when the tree is validated."""
    assert merged(Strict, "opt: {momentum: 2}", "opt: {lr: 1}").tree == {"opt": {"momentum": 2, "lr": 1}}
    (found,) = problems(Strict, "opt: {momentum: 2}", "opt: {lr: 1}")
    assert found.message == "`opt` has no variant: `_strict` raises KeyError: 'kind'"
    assert str(found.location) == "low.yaml:1:6"


def _emptying(value: Any) -> Any:
    if isinstance(value, dict):
        value["betas"].clear()
    return "adam"


class Emptied(ConfigModel):
    """A function that changes what is inside."""

    opt: Annotated[Annotated[Sgd, Tag("sgd")] | Annotated[Adam, Tag("adam")], Discriminator(_emptying)]


def test_a_function_cannot_change_what_is_merged(merged: Merging) -> None:
    """It has a copy of its own, of all that is inside, too."""
    assert merged(Emptied, "opt: {betas: [1]}", "opt: {lr: 1}").tree == {"opt": {"betas": [1], "lr": 1}}
    tree = merged(Strict, "opt: {kind: SGD, momentum: 2}", "opt: {kind: ADAM, lr: 3}").tree
    assert tree == {"opt": {"kind": "ADAM", "lr": 3}}


BLAMED: dict[str, tuple[type[ConfigModel], str, str, str]] = {
    "the key that has the tag": (
        Config,
        "opt: {lr: 1, kind: foo}",
        "low.yaml:1:20",
        "`opt.kind` is 'foo': input should be 'sgd' or 'adam'",
    ),
    "in a dictionary": (
        Config,
        "table: {a: {kind: foo}}",
        "low.yaml:1:19",
        "`table.a.kind` is 'foo': input should be 'sgd' or 'adam'",
    ),
    "in an optional one": (
        Config,
        "maybe: {kind: foo}",
        "low.yaml:1:15",
        "`maybe.kind` is 'foo': input should be 'sgd' or 'adam'",
    ),
    "a tag that the function changes": (
        Strict,
        "opt: {lr: 1, kind: FOO}",
        "low.yaml:1:20",
        "`opt.kind` is 'FOO': input should be 'sgd' or 'adam'",
    ),
}


@pytest.mark.parametrize(("model", "text", "place", "message"), BLAMED.values(), ids=BLAMED)
def test_a_wrong_tag_is_blamed_at_its_value(
    problems: Problems, model: type[ConfigModel], text: str, place: str, message: str
) -> None:
    """As a key that discriminates is."""
    (found,) = problems(model, text)
    assert (str(found.location), found.message) == (place, message)


def test_a_wrong_tag_of_no_key_is_the_mappings(problems: Problems) -> None:
    """A tag that the function makes of several keys is named beside the mapping."""

    def joined(value: Any) -> str:
        return f"{value['a']}-{value['b']}" if isinstance(value, dict) else value.kind

    class Joined(ConfigModel):
        opt: Annotated[Annotated[Sgd, Tag("sgd")] | Annotated[Adam, Tag("adam")], Discriminator(joined)]

    (found,) = problems(Joined, "opt: {a: x, b: y}")
    assert (str(found.location), found.message) == (
        "low.yaml:1:6",
        "`opt` has the tag 'x-y': input should be 'sgd' or 'adam'",
    )


def test_a_tag_that_two_keys_have_is_the_one_that_the_function_reads(problems: Problems) -> None:
    """The function is asked again without each of them."""
    (found,) = problems(Config, "opt: {label: foo, kind: foo}")
    assert found.path == ("opt", "kind")


class Cat(ConfigModel):
    """A variant whose function reads a key by one of its names."""

    model_config = ConfigDict(populate_by_name=True)

    pet_type: Literal["cat"] = Field(default="cat", alias="petType")
    lives: int = Field(default=9, alias="nLives")


class Dog(ConfigModel):
    """Another."""

    model_config = ConfigDict(populate_by_name=True)

    pet_type: Literal["dog"] = Field(default="dog", alias="petType")


def _pet(value: Any) -> Any:
    return value.get("pet_type", "cat") if isinstance(value, dict) else value.pet_type


class Pets(ConfigModel):
    """The function sees the keys of files."""

    pet: Annotated[Annotated[Cat, Tag("cat")] | Annotated[Dog, Tag("dog")], Discriminator(_pet)]


def test_a_function_sees_the_keys_of_files(merged: Merging, read: Read) -> None:
    """Keys of a field are one key, and stay as the lowest layer has them."""
    assert isinstance(read(Pets, "pet: {pet_type: dog}").pet, Dog)
    assert isinstance(read(Pets, "pet: {pet_type: cat, nLives: 3}", "pet: {petType: dog}").pet, Dog)
    assert merged(Pets, "pet: {nLives: 3}", "pet: {lives: 4}").tree == {"pet": {"nLives": 4}}


def test_the_plan_of_an_option_is_what_all_variants_say() -> None:
    """A variable or option for one key is read as each variant that has it says."""
    plan = plan_of(Config).child("opt")
    assert plan.child("kind").text
    assert not plan.child("lr").text

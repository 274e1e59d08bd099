"""Defaults under fields with several keys: a default has the key that the merged tree has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

import pytest
from pydantic import AliasChoices, ConfigDict, Field, model_validator

from typedflow.layers import Merge, Merged, provenance
from typedflow.models import ConfigModel
from typedflow.values import Diagnostic, SourceKind, format_path

Merging = Callable[..., Merged]
Problems = Callable[..., list[Diagnostic]]
Read = Callable[..., Any]


class Inner(ConfigModel):
    """A model below an alias."""

    model_config = ConfigDict(populate_by_name=True)

    warm_up: int = Field(default=0, alias="warmUp")
    decay: float = 0.0


class Ali(ConfigModel):
    """A field with an alias and its name, one with choices, a list, and a model."""

    model_config = ConfigDict(populate_by_name=True)

    lr: float = Field(default=0.0, alias="learning_rate")
    wd: float = Field(default=0.0, validation_alias=AliasChoices("weight_decay", "wd"))
    tags: Annotated[list[str], Merge.append] = Field(default=[], alias="labels")
    inner: Inner = Field(default=Inner(), alias="theInner")


class Seen(Ali):
    """The same, but the class's own code sees the keys of files."""

    @model_validator(mode="before")
    @classmethod
    def _see(cls, values: Any) -> Any:
        return values


class Cat(ConfigModel):
    """A variant whose tag has an alias."""

    model_config = ConfigDict(populate_by_name=True)

    pet_type: Literal["cat"] = Field(default="cat", alias="petType")
    weight: float = Field(default=1.0, alias="bodyWeight")
    meows: int = 1


class Dog(ConfigModel):
    """Another."""

    model_config = ConfigDict(populate_by_name=True)

    pet_type: Literal["dog"] = Field(default="dog", alias="petType")
    weight: float = Field(default=2.0, alias="bodyWeight")
    barks: float = 2.0


class SeenCat(Cat):
    """A variant whose own code sees the keys."""

    @model_validator(mode="before")
    @classmethod
    def _see(cls, values: Any) -> Any:
        return values


class Item(ConfigModel):
    """An item whose name has an alias."""

    model_config = ConfigDict(populate_by_name=True)

    item_name: str = Field(alias="name")
    size: int = Field(default=0, alias="theSize")
    inner: Inner = Inner.model_validate({"warm_up": 3})


class Fish(ConfigModel):
    """A member of a union without a tag, for which a key of another one is a field's name."""

    lr: float = 0.0
    fins: int = 2


ALI = {"lr": 0.5, "wd": 0.1, "tags": ["a"], "inner": {"warm_up": 1, "decay": 0.5}}
CAT = {"pet_type": "cat", "weight": 5.0, "meows": 6}


class Keys(ConfigModel):
    """A default for each of them."""

    model_config = ConfigDict(populate_by_name=True)

    ali: Ali = Field(default=Ali.model_validate(ALI), alias="theAli")
    seen: Seen = Field(default_factory=lambda: Seen.model_validate(ALI), alias="theSeen")
    pet: Annotated[Cat | Dog, Field(discriminator="pet_type")] = Cat.model_validate(CAT)
    seen_pet: Annotated[SeenCat | Dog, Field(discriminator="pet_type")] = SeenCat.model_validate(CAT)
    items_: Annotated[list[Item], Merge.by_key("item_name")] = [
        Item.model_validate({"name": "a", "size": 1}),
        Item.model_validate({"name": "b"}),
    ]
    either: Ali | Fish = Ali.model_validate(ALI)


ITEM = {"inner": {"warm_up": 3, "decay": 0.0}}


@pytest.mark.parametrize("field", ["ali", "theAli", "seen", "theSeen"])
@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param(["{learning_rate: .7}"], {**ALI, "lr": 0.7}, id="the alias"),
        pytest.param(["{lr: .7}"], {**ALI, "lr": 0.7}, id="the name"),
        pytest.param(["{lr: .7}", "{learning_rate: .8}"], {**ALI, "lr": 0.8}, id="the name, then the alias"),
        pytest.param(["{wd: .7}"], {**ALI, "wd": 0.7}, id="a choice"),
        pytest.param(["{tags: [b]}", "{labels: [c]}"], {**ALI, "tags": ["a", "b", "c"]}, id="a merge rule"),
        pytest.param(["{theInner: {decay: 1}}"], {**ALI, "inner": {"warm_up": 1, "decay": 1.0}}, id="a model below"),
        pytest.param(["{inner: {warm_up: 4}}"], {**ALI, "inner": {"warm_up": 4, "decay": 0.5}}, id="names all the way"),
        pytest.param(["{inner: {warmUp: 4}}"], {**ALI, "inner": {"warm_up": 4, "decay": 0.5}}, id="a name, an alias"),
    ],
)
def test_a_default_has_the_keys_of_files(read: Read, field: str, texts: list[str], expected: dict[str, Any]) -> None:
    """Whichever of a field's keys files use, the default lies under it, and under nothing else."""
    config = read(Keys, *(f"{field}: {text}" for text in texts))
    assert getattr(config, {"theAli": "ali", "theSeen": "seen"}.get(field, field)).model_dump() == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("either: {learning_rate: .7}", {**ALI, "lr": 0.7}),
        ("either: {lr: .7, inner: {warm_up: 4}}", {**ALI, "lr": 0.7, "inner": {"warm_up": 4, "decay": 0.5}}),
        ("either: {lr: .7, fins: 3}", {"lr": 0.7, "fins": 3}),
    ],
)
def test_a_union_without_a_tag(read: Read, text: str, expected: dict[str, Any]) -> None:
    """Where its members disagree about keys, the default's class decides about those of the default."""
    assert read(Keys, text).either.model_dump() == expected


@pytest.mark.parametrize("field", ["ali", "seen"])
@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param(["$merge: {delete: [FIELD.learning_rate]}"], {**ALI, "lr": 0.0}, id="by its alias"),
        pytest.param(["$merge: {delete: [FIELD.lr]}"], {**ALI, "lr": 0.0}, id="by its name"),
        pytest.param(
            ["$merge: {delete: [FIELD.inner.warm_up]}"], {**ALI, "inner": {"warm_up": 0, "decay": 0.5}}, id="2"
        ),
        pytest.param(
            ["FIELD: {lr: .7}", "$merge: {delete: [FIELD.learning_rate]}"], {**ALI, "lr": 0.0}, id="set by its name"
        ),
        pytest.param(["$merge: {replace: [FIELD]}\nFIELD: {lr: .7}"], None, id="replaced"),
        pytest.param(["$merge: {replace: [FIELD.tags]}\nFIELD: {tags: [b]}"], {**ALI, "tags": ["b"]}, id="a list"),
    ],
)
def test_directives_name_a_default_by_any_key(
    read: Read, field: str, texts: list[str], expected: dict[str, Any] | None
) -> None:
    """What is deleted or replaced is the field, by whichever key the directive and the files name it."""
    found = getattr(read(Keys, *(text.replace("FIELD", field) for text in texts)), field)
    assert found.model_dump() == (expected or Ali(learning_rate=0.7).model_dump())


class Top(Keys):
    """A model whose own code sees the keys of files at the top."""

    @model_validator(mode="before")
    @classmethod
    def _see(cls, values: Any) -> Any:
        return values


@pytest.mark.parametrize(
    "texts",
    [
        ["$merge: {delete: [FIRST.lr]}", "SECOND: {wd: 1}"],
        ["SECOND: {wd: 1}", "$merge: {delete: [FIRST.learning_rate]}"],
    ],
)
@pytest.mark.parametrize(
    ("first", "second"), [("ali", "theAli"), ("theAli", "ali"), ("seen", "theSeen"), ("theSeen", "seen")]
)
def test_a_deletion_and_another_key(read: Read, first: str, second: str, texts: list[str]) -> None:
    """A field that one layer names by one key and another layer by another one is one field."""
    config = read(Top, *(text.replace("FIRST", first).replace("SECOND", second) for text in texts))
    assert getattr(config, min(first, second, key=len)).model_dump() == {**ALI, "lr": 0.0, "wd": 1.0}


@pytest.mark.parametrize("field", ["pet", "seen_pet"])
@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param(["{bodyWeight: 7}"], {**CAT, "weight": 7.0}, id="no tag"),
        pytest.param(["{weight: 7}"], {**CAT, "weight": 7.0}, id="no tag, by name"),
        pytest.param(["{petType: cat, weight: 7}"], {**CAT, "weight": 7.0}, id="the same tag"),
        pytest.param(["{pet_type: cat, weight: 7}"], {**CAT, "weight": 7.0}, id="the same tag, by name"),
        pytest.param(["{pet_type: dog}"], {"pet_type": "dog", "weight": 2.0, "barks": 2.0}, id="another tag, by name"),
        pytest.param(["{petType: dog}"], {"pet_type": "dog", "weight": 2.0, "barks": 2.0}, id="another tag"),
        pytest.param(
            ["{weight: 7, meows: 9}", "{pet_type: dog}"],
            {"pet_type": "dog", "weight": 7.0, "barks": 2.0},
            id="another tag by a later layer: what was for the default's variant goes",
        ),
        pytest.param(
            ["{meows: 9}", "{pet_type: dog}", "{petType: cat, weight: 8}"],
            {"pet_type": "cat", "weight": 8.0, "meows": 1},
            id="changed and changed back",
        ),
    ],
)
def test_tags_with_an_alias(read: Read, field: str, texts: list[str], expected: dict[str, Any]) -> None:
    """A tag that files leave out is the default's; another one drops the default."""
    assert getattr(read(Keys, *(f"{field}: {text}" for text in texts)), field).model_dump() == expected


@pytest.mark.parametrize("key", ["name", "item_name"])
def test_items_that_merge_by_a_key_with_an_alias(read: Read, merged: Merging, key: str) -> None:
    """The items of a default and of files meet by any of the keys, and so do their fields."""
    text = f"items_: [{{{key}: c}}, {{{key}: a, size: 5, inner: {{decay: 1}}}}]"
    assert [item.model_dump() for item in read(Keys, text).items_] == [
        {"item_name": "a", "size": 5, "inner": {"warm_up": 3, "decay": 1.0}},
        {"item_name": "b", "size": 0, **ITEM},
        {"item_name": "c", "size": 0, **ITEM},
    ]
    assert _shown(merged(Keys, text), "items_[0]") == {
        "items_[0].name": f"low.yaml:items_[1].{key} < default",
        "items_[0].theSize": "low.yaml:items_[1].size < default",
        "items_[0].inner.decay": "low.yaml:items_[1].inner.decay",
        "items_[0].inner.warmUp": "default",
    }


def _shown(merged: Merged, start: str) -> dict[str, str]:
    """Return the origins of what is below a key path, those that are shadowed last."""
    found: dict[str, str] = {}
    for path, leaf in provenance(merged).leaves.items():
        if format_path(path).startswith(start):
            origins = [
                "default" if each.source.kind is SourceKind.DEFAULT else f"{each.source.name}:{format_path(each.path)}"
                for each in (leaf.origin, *leaf.shadows)
            ]
            found[format_path(path)] = " < ".join(origins)
    return found


def test_origins_have_the_keys_of_files(merged: Merging) -> None:
    """A leaf's own key is the merged tree's; its origin has that of the file; a default is shadowed by it."""
    assert _shown(merged(Keys, "ali: {lr: .7, inner: {warm_up: 4}}"), "theAli") == {
        "theAli.learning_rate": "low.yaml:ali.lr < default",
        "theAli.weight_decay": "default",
        "theAli.labels[0]": "default",
        "theAli.theInner.warmUp": "low.yaml:ali.inner.warm_up < default",
        "theAli.theInner.decay": "default",
    }
    assert _shown(merged(Keys, "seen: {lr: .7, inner: {warm_up: 4}}"), "theSeen") == {
        "theSeen.lr": "low.yaml:seen.lr < default",
        "theSeen.weight_decay": "default",
        "theSeen.labels[0]": "default",
        "theSeen.inner.warm_up": "low.yaml:seen.inner.warm_up < default",
        "theSeen.inner.decay": "default",
    }


def test_what_is_deleted_of_a_default_has_its_place(merged: Merging) -> None:
    """The trace has the merged tree's key, and the directive."""
    (gone,) = provenance(merged(Keys, "$merge: {delete: [ali.lr]}")).removed
    assert (gone.path, gone.origin.source.name, gone.by.source.name) == (
        ("theAli", "learning_rate"),
        "Keys.ali",
        "low.yaml",
    )


class Bad(ConfigModel):
    """A default that is not written as it is read."""

    model_config = ConfigDict(populate_by_name=True)

    lr: float = Field(default=0.0, alias="learning_rate")
    secret: int = Field(default=1, exclude=True)


class Unmergeable(ConfigModel):
    """A field with a key of its own."""

    model_config = ConfigDict(populate_by_name=True)

    bad: Bad = Field(default=Bad(secret=2), alias="theBad")


def test_a_default_that_cannot_be_merged_is_reported_at_the_key_of_the_file(
    merged: Merging, problems: Problems
) -> None:
    """The place is the file's; a whole value is whole by any of its keys."""
    (problem,) = problems(Unmergeable, "# a comment\nbad: {lr: .7}")
    assert (problem.rule.code, str(problem.location)) == ("TF206", "low.yaml:2:1")
    assert merged(Unmergeable, "bad: {lr: .7, secret: 3}").tree == {"theBad": {"learning_rate": 0.7, "secret": 3}}

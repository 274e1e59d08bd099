"""Fields with several keys: layers meet at the field, whichever of its keys each of them has."""

import dataclasses
from collections.abc import Callable
from typing import Annotated, Any, Literal

import pytest
from pydantic import AliasChoices, AliasPath, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel
from typing_extensions import NotRequired, TypedDict

from typedflow.layers import Merge, Merged, provenance
from typedflow.models import ConfigModel, plan_of
from typedflow.values import Diagnostic, format_path

Merging = Callable[..., Merged]
Problems = Callable[..., list[Diagnostic]]
Read = Callable[..., Any]


class Rates(ConfigModel):
    """A field with an alias and its name, one with choices, and a list with both."""

    model_config = ConfigDict(validate_by_name=True)

    learning_rate: float = Field(default=0.1, alias="lr")
    decay: float = Field(default=0.0, validation_alias=AliasChoices("weight_decay", "wd"))
    tags: Annotated[list[str], Merge.append] = Field(default=[], alias="labels")


class Camel(ConfigModel):
    """Aliases that a function makes."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)

    batch_size: int = 1
    inner_rates: Rates = Rates()


class ByName(Rates):
    """A subclass whose aliases do not count."""

    model_config = ConfigDict(validate_by_alias=False)


class Cat(ConfigModel):
    """A variant whose tag has an alias."""

    model_config = ConfigDict(populate_by_name=True)

    pet_type: Literal["cat"] = Field(alias="petType")
    body_weight: float = Field(default=1.0, alias="weight")
    meows: int = 1


class Dog(ConfigModel):
    """Another; the weight has no alias here."""

    model_config = ConfigDict(populate_by_name=True)

    pet_type: Literal["dog"] = Field(alias="petType")
    body_weight: float = 2.0
    barks: float = 2.0


class Named(ConfigModel):
    """An item whose name has an alias."""

    model_config = ConfigDict(populate_by_name=True)

    item_name: str = Field(alias="name")
    size: int = 0


class Fish(ConfigModel):
    """A member of an untagged union."""

    fins: int


class Everything(ConfigModel):
    """All of them."""

    rates: Rates = Rates()
    camel: Camel = Camel()
    by_name: ByName = ByName()
    table: dict[str, Rates] = {}
    rows: list[Rates] = []
    pet: Annotated[Cat | Dog, Field(discriminator="pet_type")] | None = None
    things: Annotated[list[Named], Merge.by_key("item_name")] = []
    either: Camel | Fish | None = None


MERGED: dict[str, tuple[list[str], dict[str, Any]]] = {
    "the alias, then the name": (["rates: {lr: 1}", "rates: {learning_rate: 2}"], {"rates": {"lr": 2}}),
    "the name, then the alias": (["rates: {learning_rate: 1}", "rates: {lr: 2}"], {"rates": {"lr": 2}}),
    "the name alone": (["rates: {learning_rate: 1}"], {"rates": {"lr": 1}}),
    "two choices": (["rates: {wd: 1}", "rates: {weight_decay: 2}"], {"rates": {"weight_decay": 2}}),
    "a choice, then the name": (["rates: {wd: 1}", "rates: {decay: 2}"], {"rates": {"weight_decay": 2}}),
    "three layers": (["rates: {wd: 1}", "rates: {decay: 2}", "rates: {wd: 3}"], {"rates": {"weight_decay": 3}}),
    "a merge rule": (["rates: {tags: [a]}", "rates: {labels: [b]}"], {"rates": {"labels": ["a", "b"]}}),
    "an alias of a function, and what is below it": (
        ["camel: {batch_size: 1, innerRates: {lr: 1}}", "camel: {batchSize: 2, inner_rates: {learning_rate: 2}}"],
        {"camel": {"batchSize": 2, "innerRates": {"lr": 2}}},
    ),
    "aliases that do not count": (["by_name: {learning_rate: 1}"], {"by_name": {"learning_rate": 1}}),
    "in a dictionary": (["table: {a: {lr: 1}}", "table: {a: {learning_rate: 2}}"], {"table": {"a": {"lr": 2}}}),
    "in a list": (["rows: [{learning_rate: 1}, {lr: 2}]"], {"rows": [{"lr": 1}, {"lr": 2}]}),
    "a tag, which switches": (
        ["pet: {petType: cat, meows: 3}", "pet: {pet_type: dog, barks: 4}"],
        {"pet": {"petType": "dog", "barks": 4}},
    ),
    "a tag, which does not switch": (
        ["pet: {pet_type: cat, meows: 3}", "pet: {petType: cat, weight: 4}", "pet: {body_weight: 5}"],
        {"pet": {"petType": "cat", "meows": 3, "weight": 5}},
    ),
    "a field that both variants have, by other keys": (
        ["pet: {petType: cat, weight: 3}", "pet: {petType: dog}"],
        {"pet": {"petType": "dog", "body_weight": 3}},
    ),
    "the same, the other way": (
        ["pet: {petType: dog, body_weight: 3}", "pet: {petType: cat}", "pet: {weight: 4}"],
        {"pet": {"petType": "cat", "weight": 4}},
    ),
    "a variant that a higher layer names": (
        ["pet: {body_weight: 3}", "pet: {petType: cat}", "pet: {weight: 4}"],
        {"pet": {"weight": 4, "petType": "cat"}},
    ),
    "the key that items merge by": (
        ["things: [{name: a, size: 1}]", "things: [{item_name: a, size: 2}, {item_name: b}]"],
        {"things": [{"name": "a", "size": 2}, {"name": "b"}]},
    ),
    "a union without tag": (
        ["either: {batch_size: 1, inner_rates: {lr: 1}}", "either: {batchSize: 2, innerRates: {learning_rate: 2}}"],
        {"either": {"batchSize": 2, "innerRates": {"lr": 2}}},
    ),
    "a deletion": (
        ["rates: {lr: 1}", "$merge: {delete: [rates.learning_rate]}\nrates: {wd: 2}"],
        {"rates": {"weight_decay": 2}},
    ),
    "a deletion in a variant": (
        ["pet: {petType: cat, weight: 3}", "$merge: {delete: [pet.body_weight]}"],
        {"pet": {"petType": "cat"}},
    ),
    "a rule of a file": (
        ["camel: {innerRates: {lr: 1}}", "$merge: {replace: [camel.inner_rates]}\ncamel: {inner_rates: {wd: 2}}"],
        {"camel": {"innerRates": {"weight_decay": 2}}},
    ),
}


@pytest.mark.parametrize(("texts", "expected"), MERGED.values(), ids=MERGED)
def test_the_keys_of_a_field_are_one_key(
    merged: Merging, read: Read, texts: list[str], expected: dict[str, Any]
) -> None:
    """Layers meet at the field; the tree has the same key of it whichever they have, and the model reads it."""
    assert merged(Everything, *texts).tree == expected
    read(Everything, *texts)


def _origins(found: Merged) -> dict[str, str]:
    return {
        format_path(path): " < ".join(f"{at.source.name}:{format_path(at.path)}" for at in (leaf.origin, *leaf.shadows))
        for path, leaf in provenance(found).leaves.items()
    }


def test_origins_have_the_keys_of_their_files(merged: Merging) -> None:
    """The place of a value is that of the key in its own file, also below other keys and in lists."""
    texts = (
        "camel: {batch_size: 1, inner_rates: {wd: 1, tags: [x]}}\nrows: [{learning_rate: 1}]",
        "camel: {batchSize: 2, innerRates: {decay: 2, labels: [y]}}",
    )
    assert _origins(merged(Everything, *texts)) == {
        "camel.batchSize": "high.yaml:camel.batchSize < low.yaml:camel.batch_size",
        "camel.innerRates.weight_decay": "high.yaml:camel.innerRates.decay < low.yaml:camel.inner_rates.wd",
        "camel.innerRates.labels[0]": "low.yaml:camel.inner_rates.tags[0]",
        "camel.innerRates.labels[1]": "high.yaml:camel.innerRates.labels[0]",
        "rows[0].lr": "low.yaml:rows[0].learning_rate",
    }


def test_a_switch_keeps_the_origin_of_a_field_by_another_key(merged: Merging) -> None:
    """A field that both variants have is no less the lower file's for its other key; what goes is listed."""
    found = merged(Everything, "pet: {petType: cat, weight: 3, meows: 2}", "pet: {pet_type: dog}")
    assert _origins(found) == {
        "pet.petType": "high.yaml:pet.pet_type < low.yaml:pet.petType",
        "pet.body_weight": "low.yaml:pet.weight",
    }
    (gone,) = provenance(found).removed
    assert (gone.path, gone.reason, gone.by.path) == (("pet", "meows"), "`petType` became 'dog'", ("pet", "pet_type"))


TWICE: dict[str, tuple[list[str], str, str]] = {
    "in one file": (
        ["rates: {lr: 1}", "rates:\n  learning_rate: 1\n  lr: 2"],
        "high.yaml:2:3",
        "`rates.learning_rate` sets the field `learning_rate` of Rates, which `rates.lr` sets too",
    ),
    "in one file, in a list": (
        ["rows:\n- wd: 1\n  decay: 1"],
        "low.yaml:3:3",
        "`rows[0].decay` sets the field `decay` of Rates, which `rows[0].wd` sets too",
    ),
    "a tag in one file": (
        ["pet:\n  petType: cat\n  pet_type: dog"],
        "low.yaml:3:3",
        "`pet.pet_type` sets the field `pet_type` of Dog, which `pet.petType` sets too",
    ),
    "below a key that is written in another way": (
        ["camel: {innerRates: {lr: 1}}", "camel:\n  inner_rates: {wd: 1,\n    decay: 1}"],
        "high.yaml:3:5",
        "`camel.inner_rates.decay` sets the field `decay` of Rates, which `camel.inner_rates.wd` sets too",
    ),
}


@pytest.mark.parametrize(("texts", "place", "message"), TWICE.values(), ids=TWICE)
def test_two_keys_of_a_field_in_one_file_are_a_mistake(
    problems: Problems, texts: list[str], place: str, message: str
) -> None:
    """Nobody can say which of them counts."""
    (found,) = problems(Everything, *texts)
    assert (str(found.location), found.rule.name, found.message) == (place, "unknown-key", message)
    assert "use one of the two keys" in found.hint
    assert "declared at" in [related.role for related in found.related]


class Loose(BaseModel):
    """A model that ignores what it does not know."""

    model_config = ConfigDict(populate_by_name=True)

    learning_rate: float = Field(default=0.1, alias="lr")
    batch: int = Field(default=1, validation_alias=AliasChoices(AliasPath("sizes", "batch"), "size"))


def test_a_model_that_ignores_keys_ignores_no_key_of_a_field(problems: Problems, read: Read) -> None:
    """Pydantic would take one of two keys without a word: the lower layer's, if that is the alias."""
    assert read(Loose, "lr: 1", "learning_rate: 2").learning_rate == 2
    (found,) = problems(Loose, "lr: 1\nlearning_rate: 2")
    assert str(found.location) == "low.yaml:2:1"


def test_a_key_inside_another_key_is_no_other_name_of_it(problems: Problems, read: Read) -> None:
    """A path as alias merges as the mappings that it leads through; beside another key of the field it is refused."""
    assert read(Loose, "sizes: {batch: 2, other: 1}", "sizes: {batch: 3}").batch == 3
    assert read(Loose, "sizes: {other: 2}", "size: 3").batch == 3
    (found,) = problems(Loose, "sizes: {batch: 2}", "size: 3")
    assert (str(found.location), found.message) == (
        "high.yaml:1:1",
        "`size` sets the field `batch` of Loose, which `sizes.batch` sets too",
    )
    assert found.hint == "use the same key everywhere; `sizes.batch` takes precedence"
    (found,) = problems(Loose, "size: 2", "sizes: {batch: 3}")
    assert str(found.location) == "high.yaml:1:9"


def test_a_key_inside_another_may_be_deleted(read: Read) -> None:
    """The way out is the file's own."""
    assert read(Loose, "sizes: {batch: 2}", "$merge: {delete: [sizes.batch]}\nsize: 3").batch == 3


class Seeing(ConfigModel):
    """A model whose validator reads the keys of files."""

    model_config = ConfigDict(populate_by_name=True)

    learning_rate: float = Field(default=0.1, alias="lr")

    @model_validator(mode="before")
    @classmethod
    def _halve(cls, value: Any) -> Any:
        if "learning_rate" in value:
            return {**value, "learning_rate": value["learning_rate"] / 2}
        return value


def _halved(value: Any) -> Any:
    return {**value, "learning_rate": value["learning_rate"] / 2} if "learning_rate" in value else value


class Around(ConfigModel):
    """A field whose validator does."""

    rates: Annotated[Rates, BeforeValidator(_halved)] = Rates()


def test_a_models_own_code_sees_the_keys_of_files(read: Read, merged: Merging) -> None:
    """Where code reads a mapping before its fields, it has the key that the lowest layer has."""
    assert read(Seeing, "learning_rate: 2").learning_rate == 1
    assert read(Seeing, "learning_rate: 4", "lr: 2").learning_rate == 1
    assert read(Seeing, "lr: 4", "learning_rate: 2").learning_rate == 2
    assert read(Around, "rates: {learning_rate: 2}").rates.learning_rate == 1
    assert merged(Around, "rates: {learning_rate: 2}", "rates: {lr: 3}").tree == {"rates": {"learning_rate": 3}}


class Alike(ConfigModel):
    """A member that has the alias of the other's field as a field of its own."""

    lr: str


class Ambiguous(ConfigModel):
    """A union whose members do not agree on a key."""

    either: Rates | Alike


def test_a_key_that_means_two_fields_stays_as_it_is(merged: Merging, read: Read) -> None:
    """Where another member of a union has a field of that name, no key is exchanged for another."""
    assert merged(Ambiguous, "either: {learning_rate: 1}").tree == {"either": {"learning_rate": 1}}
    assert isinstance(read(Ambiguous, "either: {lr: x}").either, Alike)


def test_a_message_has_the_key_of_the_file(problems: Problems) -> None:
    """What is wrong with a value is said of the key that stands at its place."""
    (found,) = problems(Everything, "rates: {lr: 1}", "rates: {learning_rate: x}")
    assert found.message.startswith("`rates.learning_rate` is 'x'")
    assert str(found.location) == "high.yaml:1:24"
    (found,) = problems(Everything, "camel: {inner_rates: {lrr: 1}}")
    assert found.message == "`camel.inner_rates.lrr` is not a field of Rates"


def test_a_misspelt_key_is_not_mended_onto_a_field_that_is_set(problems: Problems) -> None:
    """The field is set in the same file, by another of its keys, below a key that is written in another way."""
    (found,) = problems(Everything, "camel: {inner_rates: {lr: 1, lerning_rate: 2}}")
    assert found.rule.name == "unknown-key"
    assert found.fix is None
    (found,) = problems(Everything, "camel: {inner_rates: {wd: 1, lerning_rate: 2}}")
    assert found.fix is not None


def test_kinds_that_conflict_are_found_by_either_key(problems: Problems) -> None:
    """Both files are named, each at its own key."""
    (found,) = problems(Everything, "camel: {inner_rates: {lr: 1}}", "camel: {innerRates: 3}")
    assert (found.rule.name, str(found.location)) == ("kind-conflict", "high.yaml:1:9")
    assert [str(related.location) for related in found.related] == ["low.yaml:1:9"]


class Typed(TypedDict):
    """A dictionary with aliases in its annotations."""

    rate: Annotated[float, Field(validation_alias=AliasChoices("lr", "learning-rate"))]
    size: NotRequired[Annotated[int, Field(alias="n")]]


@dataclasses.dataclass
class Data:
    """A standard dataclass with them."""

    rate: Annotated[float, Field(validation_alias=AliasChoices("lr", "learning-rate"))]


class Others(ConfigModel):
    """What is no model."""

    typed: Typed | None = None
    data: Data | None = None


def test_typed_dictionaries_and_dataclasses_have_keys_as_models_have(
    merged: Merging, read: Read, problems: Problems
) -> None:
    """They ignore what they do not know, so that one of two keys would be lost without a word."""
    for field in ("typed", "data"):
        texts = (f"{field}: {{lr: 1}}", f"{field}: {{learning-rate: 2}}")
        assert merged(Others, *texts).tree == {field: {"lr": 2}}
        read(Others, *texts)
        (found,) = problems(Others, f"{field}: {{lr: 1, learning-rate: 2}}")
        assert found.rule.name == "unknown-key"
    assert read(Others, "typed: {lr: 1, n: 3}").typed == {"rate": 1, "size": 3}


def test_models_without_several_keys_have_no_such_plan() -> None:
    """What nobody uses costs nothing: their layers are merged as they are."""

    class Plain(ConfigModel):
        one: int = Field(default=1, alias="the-one")
        fish: Fish | None = None

    assert not plan_of(Plain).has_aliases
    assert plan_of(Everything).has_aliases

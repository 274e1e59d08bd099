"""The model's defaults as the lowest layer: they lie under what files set a part of, and nowhere else."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Annotated, Any

import pytest
from pydantic import (
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    computed_field,
    field_validator,
)

from tests.models.defaulted import Everything, Opt
from typedflow.layers import Merged, provenance
from typedflow.models import ConfigModel, dump, restore, validate
from typedflow.values import Diagnostic

Read = Callable[..., Any]
Problems = Callable[..., list[Diagnostic]]


SGD = {"name": "sgd", "lr": 0.5}
OWN = {"schedule": {"warmup": 1, "decay": 0.25}, "tags": ["own"]}


@pytest.mark.parametrize(
    ("field", "texts", "expected"),
    [
        pytest.param("opt", ["opt: {lr: .25}"], {**SGD, **OWN, "lr": 0.25}, id="a model"),
        pytest.param("opt", ["opt: {lr: .25}", "opt: {name: x}"], {"name": "x", "lr": 0.25, **OWN}, id="two layers"),
        pytest.param("opt", ["{}"], {**SGD, **OWN}, id="not set"),
        pytest.param("opt", ["opt: {}"], {**SGD, **OWN}, id="an empty mapping"),
        pytest.param("maybe", ["maybe: {lr: .25}"], {"name": "maybe", "lr": 0.25, **OWN}, id="optional"),
        pytest.param("old_style", ["old_style: {lr: .25}"], {"name": "old", "lr": 0.25, **OWN}, id="Optional"),
        pytest.param("maybe", ["maybe: null"], None, id="null is a value"),
        pytest.param("made", ["made: {lr: .25}"], {"name": "made", "lr": 0.25, **OWN}, id="a factory"),
        pytest.param(
            "opt",
            ["opt: {schedule: {decay: 1}}"],
            {**SGD, "schedule": {"warmup": 1, "decay": 1.0}, "tags": ["own"]},
            id="a field of the default's class, in part",
        ),
        pytest.param(
            "required",
            ["required: {name: x, schedule: {decay: 1}, tags: [y]}"],
            {"name": "x", "lr": 9.0, "schedule": {"warmup": 1, "decay": 1.0}, "tags": ["own", "y"]},
            id="a default inside of a model that has none itself",
        ),
        pytest.param(
            "models",
            ["models: {a: {lr: 1}, c: {name: C, schedule: {decay: 2}}}"],
            {
                "a": {"name": "A", "lr": 1.0, **OWN},
                "b": {"name": "B", "lr": 9.0, **OWN},
                "c": {"name": "C", "lr": 9.0, "schedule": {"warmup": 1, "decay": 2.0}, "tags": ["own"]},
            },
            id="a dictionary of models",
        ),
        pytest.param("env", ["env: {v: 3, w: 4}"], {"u": 1, "v": 3, "w": 4}, id="a dictionary"),
        pytest.param("env", ["$merge: {delete: [env.u]}"], {"v": 2}, id="a deleted key of a default"),
        pytest.param("env", ["env: {w: 1}", "$merge: {delete: [env.u]}"], {"v": 2, "w": 1}, id="deleted by another"),
        pytest.param("env", ["env: {u: 5}", "$merge: {delete: [env.u]}"], {"v": 2}, id="set, then deleted"),
        pytest.param("env", ["$merge: {delete: [env.u, env.v]}"], {}, id="all keys deleted"),
        pytest.param("env", ["env: {w: 1}", "$merge: {delete: [env]}"], {"u": 1, "v": 2}, id="deleted as a whole"),
        pytest.param(
            "env", ["env: {w: 1}", "$merge: {delete: [env]}", "env: {x: 1}"], {"u": 1, "v": 2, "x": 1}, id="set again"
        ),
        pytest.param("env", ["$merge: {replace: [env]}\nenv: {w: 1}"], {"w": 1}, id="a directive to replace"),
        pytest.param(
            "env", ["env: {w: 1}", "$merge: {replace: [env]}\nenv: {x: 1}", "env: {y: 1}"], {"x": 1, "y": 1}, id="later"
        ),
        pytest.param("data", ["data: {v: {x: 1}}"], {"u": {"deep": 1}, "v": {"x": 1}}, id="Any: a mapping"),
        pytest.param("data", ["data: {u: 1}"], {"u": 1, "v": 2}, id="Any: a value"),
        pytest.param("added", ["added: [c]", "added: [d]"], ["a", "b", "c", "d"], id="append"),
        pytest.param("unique", ["unique: [b, c]"], ["a", "b", "c"], id="union"),
        pytest.param("unique_set", ["unique_set: [b, c]"], ["a", "b", "c"], id="union of a set"),
        pytest.param(
            "stages",
            ["stages: [{name: k, opt: {lr: 2}}, {name: j, opt: {lr: 1}}]"],
            [
                {"name": "i", "opt": {"name": "stage", "lr": 3.0, **OWN}, "size": 1},
                {"name": "j", "opt": {"name": "stage", "lr": 1.0, **OWN}, "size": 2},
                {"name": "k", "opt": {"name": "stage", "lr": 2.0, **OWN}, "size": 0},
            ],
            id="by key",
        ),
        pytest.param("plain_list", ["plain_list: [y]"], ["y"], id="a list without a rule"),
        pytest.param("plain_list", ["$merge: {append: [plain_list]}\nplain_list: [y]"], ["z", "y"], id="a directive"),
        pytest.param(
            "plain_list",
            ["$merge: {append: [plain_list]}\nplain_list: [y]", "plain_list: [x]"],
            ["x"],
            id="a directive, then replaced",
        ),
        pytest.param(
            "plain_list",
            ["plain_list: [x]", "$merge: {append: [plain_list]}\nplain_list: [y]"],
            ["x", "y"],
            id="replaced, then a directive",
        ),
        pytest.param(
            "optimizer",
            ["optimizer: {lr: 1}"],
            {"kind": "adam", "lr": 1.0, "betas": [0.5, 0.6], "schedule": {"warmup": 5, "decay": 0.75}},
            id="a union, its tag left out",
        ),
        pytest.param(
            "optimizer",
            ["optimizer: {kind: sgd}"],
            {"kind": "sgd", "lr": 7.0, "momentum": 0.0, "schedule": {"warmup": 6, "decay": 0.5}},
            id="a union, its tag changed",
        ),
        pytest.param(
            "optimizer",
            ["optimizer: {betas: [1, 2], lr: 2, schedule: {decay: 1}}", "optimizer: {kind: sgd}"],
            {"kind": "sgd", "lr": 2.0, "momentum": 0.0, "schedule": {"warmup": 6, "decay": 1.0}},
            id="a union, its tag changed by a later layer: what is for the new variant stays",
        ),
        pytest.param(
            "optimizer",
            ["optimizer: {betas: [1, 2]}", "optimizer: {kind: sgd}", "optimizer: {kind: adam, lr: 1}"],
            {"kind": "adam", "lr": 1.0, "betas": [0.1, 0.2], "schedule": {"warmup": 5, "decay": 0.75}},
            id="a union, its tag changed and changed back: nothing is left of the default, or of what was for it",
        ),
        pytest.param("untagged", ["untagged: {both: 3}"], {"both": 3, "right": 5}, id="a union of the default's keys"),
        pytest.param("untagged", ["untagged: {left: 3}"], {"both": 1, "left": 3}, id="a union with another's keys"),
        pytest.param("untagged", ["untagged: {both: 3}", "untagged: {left: 3}"], {"both": 3, "left": 3}, id="later"),
        pytest.param("point", ["point: {x: 5}"], [5, 2], id="a named tuple"),
        pytest.param("point", ["point: [5]"], [5, 9], id="a named tuple as a list"),
        pytest.param(
            "steps",
            ["steps: [{name: q, opt: {lr: 2}}]"],
            [{"name": "q", "opt": {"name": "stage", "lr": 2.0, **OWN}, "size": 0}],
            id="a model in a list",
        ),
        pytest.param(
            "pair",
            ["pair: [1, {name: q, opt: {lr: 2}}]"],
            [1, {"name": "q", "opt": {"name": "stage", "lr": 2.0, **OWN}, "size": 0}],
            id="a model in a tuple",
        ),
        pytest.param(
            "opt",
            ["$merge: {replace: [opt.tags]}\nopt: {tags: [x]}"],
            {**SGD, **OWN, "tags": ["x"]},
            id="replaced inside",
        ),
        pytest.param(
            "opt",
            ["opt: {lr: 1}", "$merge: {replace: [opt, opt.tags]}\nopt: {name: x, tags: [x]}"],
            {"name": "x", "lr": 9.0, **OWN, "tags": ["x"]},
            id="replaced, and inside, too",
        ),
        pytest.param("replaced", ["replaced: {name: x}"], {"name": "x", "lr": 9.0, **OWN}, id="Merge.replace"),
        pytest.param("typed", ["typed: {b: 3}"], {"a": 1, "b": 3}, id="a TypedDict"),
        pytest.param("names", ["names: {b: 3}"], {"a": 1, "b": 3}, id="a root model"),
        pytest.param("box", ["box: {content: 2}"], {"content": 2, "opt": {"name": "inner", "lr": 9.0, **OWN}}, id="dc"),
        pytest.param("checked", ["checked: {b: 2}"], {"a": 1.0, "b": 2.0}, id="validate_default"),
    ],
)
def test_a_part_is_laid_on_the_default(read: Read, field: str, texts: list[str], expected: Any) -> None:
    """What files leave out of a field comes from its default; other fields have theirs as Pydantic applies them."""
    config = read(Everything, *texts)
    assert dump(config)[field] == expected
    untouched = {name: getattr(config, name) for name in Everything.model_fields if name != field}
    assert untouched == {name: getattr(Everything(), name) for name in untouched}


def test_what_the_default_lacks_is_missing(problems: Problems) -> None:
    """A default that was replaced by null supplies nothing any more."""
    (problem,) = problems(Everything, "maybe: null", "maybe: {lr: .25}")
    assert (problem.rule.name, problem.path) == ("missing-key", ("maybe", "name"))


def test_a_default_has_no_such_key(problems: Problems) -> None:
    """What neither a layer nor a default sets cannot be deleted."""
    (problem,) = problems(Everything, "$merge: {delete: [env.w]}")
    assert (problem.rule.name, str(problem.location)) == ("delete-nothing", "low.yaml:1:19")


def test_a_wrong_kind_is_the_models_matter(problems: Problems) -> None:
    """A value in place of a default's mapping is no conflict of layers."""
    (problem,) = problems(Everything, "opt: {schedule: 5}")
    assert (problem.rule.name, str(problem.location)) == ("invalid-value", "low.yaml:1:17")


class Node(ConfigModel):
    """A model that contains itself."""

    name: str
    size: int = 0
    child: Node | None = None


class Tree(ConfigModel):
    """A default two levels deep."""

    root: Node = Node(name="root", child=Node(name="leaf", size=1))


def test_a_recursive_model(read: Read) -> None:
    """A default is merged at each depth that it has."""
    config = read(Tree, "root: {child: {size: 2, child: {name: new}}}")
    assert config.root == Node(name="root", child=Node(name="leaf", size=2, child=Node(name="new")))


class Aliased(ConfigModel):
    """Keys that are not the fields' names."""

    model_config = ConfigDict(populate_by_name=True)
    rate: float = Field(alias="learning-rate")
    size: int = Field(default=1, validation_alias=AliasChoices("size", "width"))


class Keys(ConfigModel):
    """A default of such a class."""

    model_config = ConfigDict(populate_by_name=True)
    opt: Aliased = Field(default=Aliased.model_validate({"rate": 0.5, "size": 2}), alias="the-opt")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the-opt: {width: 3}", {"rate": 0.5, "size": 3}),
        ("opt: {learning-rate: 1}", {"rate": 1.0, "size": 2}),
        ("opt: {rate: 1}", {"rate": 1.0, "size": 2}),
    ],
)
def test_a_default_takes_the_keys_of_the_file(read: Read, text: str, expected: Any) -> None:
    """Whichever of a field's keys a file uses, the default has the same."""
    assert dump(read(Keys, text)) == {"opt": expected}


def test_extra_keys_of_a_default(read: Read) -> None:
    """A class that takes any key keeps those of the default."""

    class Open(BaseModel):
        model_config = ConfigDict(extra="allow")
        a: int

    class Model(ConfigModel):
        opt: Open = Open(a=1, b=2)  # type: ignore[call-arg] # an extra key

    assert read(Model, "opt: {c: 3}").opt.model_dump() == {"a": 1, "b": 2, "c": 3}


def test_what_pydantic_does_not_validate_stays(read: Read) -> None:
    """A default that its type refuses is no hindrance where nothing is merged with it."""

    class Loose(ConfigModel):
        name: str
        path: str = None  # type: ignore[assignment] # people write it so

    class Model(ConfigModel):
        bad: int = "auto"  # type: ignore[assignment] # and so
        loose: Loose = Loose(name="x")
        worse: dict[str, int] = {"a": "auto"}  # type: ignore[dict-item] # and so

    config = read(Model, "loose: {name: y}")
    assert (config.bad, config.loose, config.worse) == ("auto", Loose(name="y"), {"a": "auto"})


def test_a_computed_field_is_no_part_of_a_default(read: Read) -> None:
    """It is computed again."""

    class Model(ConfigModel):
        class Sizes(ConfigModel):
            width: int
            height: int = 1

            @computed_field  # type: ignore[prop-decorator] # Pydantic's own example does so
            @property
            def area(self) -> int:
                return self.width * self.height

        sizes: Sizes = Sizes(width=2)

    assert read(Model, "sizes: {height: 3}").sizes.area == 6


def test_a_factory_runs_once(merged: Callable[..., Merged]) -> None:
    """Merging, provenance and validation see the one value that a factory made."""
    made: list[uuid.UUID] = []

    def make() -> dict[str, str]:
        made.append(uuid.uuid4())
        return {"id": str(made[-1])}

    class Model(ConfigModel):
        touched: dict[str, str] = Field(default_factory=make)

    found = merged(Model, "touched: {a: b}", "touched: {c: d}")
    provenance(found)
    assert validate(found, Model).touched == {"id": str(made[0]), "a": "b", "c": "d"}
    assert len(made) == 1
    assert len(validate(merged(Model, "{}"), Model).touched) == 1
    assert len(made) == 2


def test_the_default_itself_is_not_changed(read: Read) -> None:
    """A file's values are not put into the model's default."""
    read(Everything, "opt: {lr: 3, schedule: {decay: 3}}\nenv: {x: 1}\nadded: [x]")
    assert Everything().opt == Opt(name="sgd", lr=0.5)
    assert (Everything().env, Everything().added) == ({"u": 1, "v": 2}, ["a", "b"])


def test_what_is_dumped_is_read_back(read: Read) -> None:
    """The stored form of a config is not laid on defaults."""
    config = read(Everything, "env: {v: 3}\nadded: [c]\nstages: [{name: k}]\nplain_list: []\nmaybe: null")
    assert restore(Everything, dump(config)) == config


class Cleaned(ConfigModel):
    """A field with validators that see what files write."""

    opt: Opt = Opt(name="sgd")
    words: Annotated[dict[str, int], BeforeValidator(lambda value: {**value, "seen": 1})] = {"a": 1, "seen": 1}

    @field_validator("opt")
    @classmethod
    def _known(cls, value: Opt) -> Opt:
        if value.name == "bad":
            raise ValueError("bad name")
        return value


def test_validators_see_the_merged_value(read: Read, problems: Problems) -> None:
    """What a default supplies is validated together with what files set."""
    assert read(Cleaned, "words: {b: 2}\nopt: {lr: 1}").words == {"a": 1, "b": 2, "seen": 1}
    (problem,) = problems(Cleaned, "opt: {name: bad}")
    assert problem.message.endswith("bad name")

"""ConfigModel: frozen, strict about keys, and a mapping."""

import subprocess
import sys
from datetime import date
from inspect import currentframe
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

from typedflow.models import ConfigModel
from typedflow.values import TypedflowError


class Schedule(ConfigModel):
    """A sub-model."""

    cron: str = "0 6 * * *"
    """When."""
    zone: str | None = None


class Config(ConfigModel):
    """A model with a sub-model and a key that is no identifier."""

    schedule: Schedule = Schedule()
    learning_rate: float = Field(0.1, alias="learning-rate")
    """How fast."""


class Dated(ConfigModel):
    """A model with values that JSON lacks."""

    day: date
    names: set[str]


class Empty(ConfigModel):
    """A model without fields."""


CONFIG = Config.model_validate({"learning-rate": 0.5})


def test_a_config_is_frozen() -> None:
    """A field cannot be set."""
    with pytest.raises(ValidationError, match="frozen"):
        CONFIG.learning_rate = 1.0


def test_a_config_can_be_a_key() -> None:
    """Being frozen, a config has a hash: equal configs have equal ones."""
    assert len({Schedule(), Schedule(), Schedule(cron="x")}) == 2


def test_an_unknown_key_is_refused() -> None:
    """A model forbids keys that it does not declare."""
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        Schedule.model_validate({"crom": "x"})


def test_a_docstring_of_an_attribute_is_its_description() -> None:
    """What stands below a field describes it in the schema."""
    properties = Config.model_json_schema()["properties"]
    assert properties["learning-rate"]["description"] == "How fast."


def test_a_description_is_the_nearest_docstring() -> None:
    """An inherited docstring holds until the field is declared again; what ``Field`` says goes before it."""

    class Base(ConfigModel):
        kept: int = 1
        """Kept."""
        again: int = 1
        """Once."""
        said: int = Field(default=1, description="Said.")
        """Not said."""

    class Child(Base):
        again: int = 2

    properties = Child.model_json_schema()["properties"]
    assert {name: item.get("description") for name, item in properties.items()} == {
        "kept": "Kept.",
        "again": None,
        "said": "Said.",
    }


def test_a_model_without_source_has_no_descriptions() -> None:
    """A model that was made without a file has a schema all the same."""
    made = create_model("Made", __base__=ConfigModel, a=(int, 1))
    assert made.model_json_schema()["properties"]["a"] == {"default": 1, "title": "A", "type": "integer"}


def test_a_config_unpacks() -> None:
    """``f(**config.sub)`` passes the fields by name."""
    assert dict(**CONFIG.schedule) == {"cron": "0 6 * * *", "zone": None}
    assert dict(CONFIG) == {"schedule": Schedule(), "learning_rate": 0.5}


def test_a_config_is_read_like_a_mapping() -> None:
    """Keys, values, items and their number are those of the fields."""
    assert list(CONFIG) == list(CONFIG.keys()) == ["schedule", "learning_rate"]
    assert list(CONFIG.values()) == [Schedule(), 0.5]
    assert list(CONFIG.items()) == [("schedule", Schedule()), ("learning_rate", 0.5)]
    assert len(CONFIG) == 2


def test_a_key_is_a_field_or_its_alias() -> None:
    """A value is found by the field's name and by the key in the file."""
    assert CONFIG["learning_rate"] == CONFIG["learning-rate"] == CONFIG.get("learning-rate") == 0.5
    assert CONFIG["schedule"]["cron"] == "0 6 * * *"
    assert "learning-rate" in CONFIG
    assert "learning_rate" in CONFIG


def test_no_other_key_is_there() -> None:
    """A key that is no field is a KeyError; ``get`` gives the default."""
    with pytest.raises(KeyError, match="model_config"):
        CONFIG["model_config"]
    assert "cron" not in CONFIG
    assert None not in CONFIG
    assert CONFIG.get("cron") is None
    assert CONFIG.get("cron", 1) == 1


def test_a_field_without_alias_has_no_key_none() -> None:
    """The alias that a field does not have is no key."""
    assert CONFIG.get(None, "no") == "no"  # type: ignore[arg-type] # what an untyped caller may do


def test_a_config_becomes_a_dictionary() -> None:
    """``to_dict`` gives what is stored of a config: plain and nested, keys by field name, as Metaflow's own does."""
    assert CONFIG.to_dict() == {"schedule": {"cron": "0 6 * * *", "zone": None}, "learning_rate": 0.5}
    assert type(CONFIG.to_dict()["schedule"]) is dict
    assert Dated.model_validate({"day": "2024-02-29", "names": {"b", "a"}}).to_dict() == {
        "day": "2024-02-29",
        "names": ["a", "b"],
    }


def test_a_config_is_true() -> None:
    """A config is something, even without fields."""
    assert Empty()
    assert len(Empty()) == 0


@pytest.mark.filterwarnings("ignore:Field name")  # pydantic says so too
@pytest.mark.parametrize("name", ["items", "keys", "values", "get"])
def test_a_field_may_not_hide_a_method(name: str) -> None:
    """A field named like a mapping's method is refused where it is declared, with the way out."""
    with pytest.raises(TypedflowError) as caught:
        type("Bad", (ConfigModel,), {"__annotations__": {name: int}})
    (problem,) = caught.value.diagnostics
    assert problem.rule.name == "reserved-field"
    assert problem.message == f"`Bad.{name}` hides the mapping method `{name}`, which every config has"
    assert f'Field(alias="{name}")' in problem.hint


@pytest.mark.filterwarnings("ignore:Field name")
def test_all_reserved_fields_are_reported() -> None:
    """Each field that hides a method is a finding."""
    with pytest.raises(TypedflowError) as caught:
        type("Bad", (ConfigModel,), {"__annotations__": {"keys": int, "a": int, "get": int}})
    assert [item.message.split("`")[3] for item in caught.value.diagnostics] == ["keys", "get"]


@pytest.mark.filterwarnings("ignore:Field name")
def test_the_place_of_a_reserved_field() -> None:
    """It is where the field is declared: the class itself is not there yet, a base that it has the field from is."""

    class Plain(BaseModel):
        a: int = 1
        keys: int = 1

    frame = currentframe()
    first = frame.f_lineno if frame else 0
    with pytest.raises(TypedflowError) as caught:

        class Bad(ConfigModel):
            a: int = 1
            items: int = 1  # type: ignore[assignment] # mypy says so too

    with pytest.raises(TypedflowError) as inherited:
        type("Worse", (Plain, ConfigModel), {})

    (problem, other) = (each.value.diagnostics[0] for each in (caught, inherited))
    assert str(problem.location) == f"{__file__}:{first + 5}:1"
    assert str(other.location) == f"{__file__}:{first - 3}:1"


_SCRIPT = """\
from typedflow import ConfigModel
from typedflow.values import TypedflowError

class Outer:
    class Job(ConfigModel):
        a: int = 1

try:
    class Job(ConfigModel):
        a: int = 1
        items: int = 2
except TypedflowError as error:
    print(error.diagnostics[0].location)
"""


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [["job.py"], ["-c", "import job"]], ids=["run", "imported"])
def test_the_place_of_a_reserved_field_in_a_file(tmp_path: Path, arguments: list[str]) -> None:
    """The file may be the one that Python runs, and have another class of that name in another."""
    (tmp_path / "job.py").write_text(_SCRIPT, encoding="utf-8")
    done = subprocess.run([sys.executable, *arguments], cwd=tmp_path, check=True, text=True, capture_output=True)
    assert done.stdout.endswith("job.py:11:1\n"), done.stdout


def test_the_way_out_of_a_reserved_field_works() -> None:
    """A field with a reserved key as alias is read by that key."""

    class Good(ConfigModel):
        items_: int = Field(alias="items")

    assert Good.model_validate({"items": 3})["items"] == 3


def test_a_subclass_may_allow_more() -> None:
    """What ConfigModel sets is a default: a subclass may set otherwise."""

    class Open(ConfigModel):
        model_config = ConfigDict(extra="allow", frozen=False)

        a: int = 1

    config = Open.model_validate({"b": 2})
    config.a = 3
    assert config.model_dump() == {"a": 3, "b": 2}
    assert dict(**config) == {"a": 3, "b": 2}
    assert (config["b"], "b" in config, len(config), config.get("b")) == (2, True, 2, 2)


def test_a_plain_model_is_left_alone() -> None:
    """Only ConfigModels are mappings."""

    class Plain(BaseModel):
        items: int = 1

    assert Plain().items == 1

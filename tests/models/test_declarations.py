"""Where models declare their fields, and what is wrong with a model before any file is read."""

import inspect
from pathlib import Path
from typing import Annotated, Any, Generic, TypeVar

import pytest
from pydantic import BaseModel, Field, RootModel, Secret, SecretBytes, SecretStr, create_model

from typedflow import models
from typedflow.models import ConfigModel, child_types, declared_at, field_location, field_of, model_problems, models_at
from typedflow.values import KeyPath, Location

T = TypeVar("T")


def decorated(cls: type) -> type:
    """Stand on the line above a class."""
    return cls


class Base(ConfigModel):
    """A base."""

    inherited: int = 1
    both: int = 1


@decorated
@decorated
class Child(Base):
    """A child with fields on several lines."""

    own: list[int] = []
    both: int = 2

    class Nested(ConfigModel):
        """A class in a class, with text at the margin."""

        text: str = """
no indentation here
"""
        last: int = 1


class Box(ConfigModel, Generic[T]):
    """A generic model."""

    content: T


def _made() -> type[ConfigModel]:
    class Local(Base):
        """A class in a function."""

        here: int = 1
        """
Text at the margin.
        """
        there: int = 1

    return Local


def _line(location: Location | None) -> str:
    assert location is not None
    assert location.span is not None
    assert (location.name, location.span.column) == (__file__, 1)
    return Path(location.name).read_text(encoding="utf-8").splitlines()[location.span.line - 1].strip()


FIELDS: dict[str, tuple[type, str, str]] = {
    "its own": (Child, "own", "own: list[int] = []"),
    "inherited": (Child, "inherited", "inherited: int = 1"),
    "overridden": (Child, "both", "both: int = 2"),
    "in a nested class": (Child.Nested, "last", "last: int = 1"),
    "in a function": (_made(), "there", "there: int = 1"),
    "inherited in a function": (_made(), "both", "both: int = 1"),
    "of a generic model": (Box[int], "content", "content: T"),
}

CLASSES: dict[str, tuple[type, str]] = {
    "a class": (Base, "class Base(ConfigModel):"),
    "a decorated class": (Child, "class Child(Base):"),
    "a nested class": (Child.Nested, "class Nested(ConfigModel):"),
    "a class in a function": (_made(), "class Local(Base):"),
    "a generic model": (Box[int], "class Box(ConfigModel, Generic[T]):"),
}


@pytest.mark.parametrize(("owner", "field", "line"), FIELDS.values(), ids=FIELDS)
def test_a_field_is_found_where_it_is_declared(owner: type, field: str, line: str) -> None:
    """A field's place is the line of its annotation, in the class or the base that declares it."""
    assert _line(field_location(owner, field)) == line


@pytest.mark.parametrize(("owner", "line"), CLASSES.values(), ids=CLASSES)
def test_a_class_is_found_where_it_is_declared(owner: type, line: str) -> None:
    """A class's place is the line of the word `class`, below its decorators."""
    assert _line(declared_at(owner)) == line


def test_what_has_no_source_has_no_place() -> None:
    """A model that was made without a file, and a field that is none, have no place."""
    made = create_model("Made", a=(int, 1))
    assert declared_at(made) is None
    assert field_location(made, "a") is None
    assert field_location(Base, "absent") is None
    assert declared_at(int) is None


class Deep(ConfigModel):
    """Models in collections."""

    table: dict[str, list[Child]] = {}
    either: Child | Base | int = 1
    aliased: int = Field(1, alias="an-alias")


PATHS: dict[str, tuple[KeyPath, tuple[type, str] | None]] = {
    "a field": (("table",), (Deep, "table")),
    "by alias": (("an-alias",), (Deep, "aliased")),
    "in collections": (("table", "x", 0, "own"), (Child, "own")),
    "inside of a field": (("table", "x", 0, "own", 3), (Child, "own")),
    "in a union": (("either", "inherited"), (Child, "inherited")),
    "nothing": (("absent",), None),
    "the root": ((), None),
}


@pytest.mark.parametrize(("path", "expected"), PATHS.values(), ids=PATHS)
def test_a_key_path_leads_to_a_field(path: KeyPath, expected: tuple[type, str] | None) -> None:
    """The field of a key path is the one of the class that stands there, through collections and unions."""
    assert field_of(Deep, path) == expected


def test_a_key_path_leads_to_classes() -> None:
    """All classes that may stand at a path are known."""
    assert models_at(Deep, ()) == (Deep,)
    assert models_at(Deep, ("either",)) == (Child, Base)
    assert models_at(Deep, ("table", "x")) == ()
    assert child_types((dict[str, int], list[str]), "x") == (int, str)


class Rows(RootModel[dict[str, Child]]):
    """A root model."""


def test_a_key_path_leads_through_root_models() -> None:
    """A root model stands for what is in it."""

    class Holder(ConfigModel):
        rows: Rows

    assert field_of(Holder, ("rows", "x", "own")) == (Child, "own")


def test_the_package_has_no_other_names() -> None:
    """A name that is not public is an AttributeError, and an error of type checkers."""
    with pytest.raises(AttributeError, match=r"module 'typedflow\.models' has no attribute 'absent'"):
        models.absent  # type: ignore[attr-defined] # noqa: B018 # the access is what is tested


class Credentials(ConfigModel):
    """A secret within."""

    user: str = ""
    password: SecretStr = SecretStr("")


def _model(annotation: Any) -> type[BaseModel]:
    return create_model("Model", __base__=ConfigModel, x=(annotation, ...))


SECRETS = {
    "a field": (SecretStr, "x"),
    "optional": (SecretStr | None, "x"),
    "annotated": (Annotated[SecretBytes, Field(min_length=1)], "x"),
    "any secret": (Secret[int], "x"),
    "a list": (list[SecretStr], "x"),
    "a dict": (dict[str, SecretStr], "x"),
    "a dict of lists": (dict[str, list[SecretStr]], "x"),
    "a model": (Credentials, "x.password"),
    "an optional model": (Credentials | None, "x.password"),
    "a list of models": (list[Credentials], "x.password"),
    "a dict of models": (dict[str, Credentials], "x.password"),
    "a generic model": (Box[Credentials], "x.content.password"),
    "a subclass": (type("Password", (SecretStr,), {}), "x"),
}


@pytest.mark.parametrize(("annotation", "path"), SECRETS.values(), ids=SECRETS)
def test_a_secret_is_refused(annotation: Any, path: str) -> None:
    """A config is persisted in the clear, so that a secret anywhere in a model is a finding, with the way out."""
    (problem,) = model_problems(_model(annotation))
    assert problem.rule.name == "secret-in-config"
    assert problem.message == f"`{path}` is a secret, and configs are persisted in the clear with every run"
    assert problem.hint.startswith("hold a reference")


def test_a_secret_is_found_where_it_is_declared() -> None:
    """The finding's place is the field."""
    (problem,) = model_problems(Credentials)
    assert _line(problem.location).startswith("password: SecretStr")


def test_an_excluded_field_is_refused() -> None:
    """A field that is not written would be lost; one with a computed value is none."""

    class Model(ConfigModel):
        kept: int = 1
        lost: int = Field(1, exclude=True)

        @property
        def computed(self) -> int:
            """Not stored."""
            return 1

    (problem,) = model_problems(Model)
    assert (problem.rule.name, problem.path) == ("not-round-trip", ("lost",))
    assert _line(problem.location).startswith("lost: int")


class Recursive(ConfigModel):
    """A model within itself."""

    more: "list[Recursive]" = []
    secret: SecretStr = SecretStr("")


def test_a_recursive_model_is_searched_once() -> None:
    """Each class is searched once, however it contains itself."""
    assert [item.path for item in model_problems(Recursive)] == [("secret",)]


def test_a_good_model_has_no_problems() -> None:
    """What JSON carries is fine."""
    assert model_problems(Deep) == ()
    assert inspect.isclass(Deep)

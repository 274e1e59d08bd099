"""Files of a union whose tag stands in the default alone: they merge by the rules of its variant."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from typedflow.layers import Merge, Merged, provenance
from typedflow.models import ConfigModel
from typedflow.values import Diagnostic, format_path


class A(ConfigModel):
    """A variant."""

    model_config = ConfigDict(populate_by_name=True)

    kind: Literal["a"] = "a"
    l: list[int] = []  # noqa: E741 # short in the tables
    s: dict[str, int] = {}
    f: int = Field(default=0, alias="fa")


class B(ConfigModel):
    """Another, with other rules and other keys."""

    model_config = ConfigDict(populate_by_name=True)

    kind: Literal["b"] = "b"
    l: Annotated[list[int], Merge.append] = []  # noqa: E741
    s: Annotated[dict[str, int], Merge.replace] = {}
    f: int = Field(default=0, alias="fb")


class Inner(ConfigModel):
    """A class with a field of the union."""

    u: Annotated[A | B, Field(discriminator="kind")] = A(l=[5])
    n: int = 0


class First(ConfigModel):
    """The default is of the second member."""

    u: Annotated[A | B, Field(discriminator="kind")] = B(l=[7])
    m: Inner = Inner(u=B(l=[7]))
    d: dict[str, Annotated[A | B, Field(discriminator="kind")]] = {"u": B(l=[7])}


class Second(ConfigModel):
    """The other order of members."""

    u: Annotated[B | A, Field(discriminator="kind")] = A(l=[7])


class SecondB(ConfigModel):
    """The default is of the first member."""

    u: Annotated[B | A, Field(discriminator="kind")] = B(l=[7])


LISTS = ["u: {l: [1]}", "u: {l: [2]}"]
TABLES = ["u: {s: {a: 1}}", "u: {s: {b: 2}}"]


@pytest.mark.parametrize(
    ("model", "texts", "expected"),
    [
        (First, LISTS, {"l": [7, 1, 2]}),
        (SecondB, LISTS, {"l": [7, 1, 2]}),
        (Second, LISTS, {"l": [2]}),
        (First, TABLES, {"s": {"b": 2}, "l": [7]}),
        (SecondB, TABLES, {"s": {"b": 2}, "l": [7]}),
        (Second, TABLES, {"s": {"a": 1, "b": 2}, "l": [7]}),
        (First, ["u: {f: 1}", "u: {fb: 2}"], {"f": 2, "l": [7]}),
        (Second, ["u: {fa: 1}", "u: {f: 2}"], {"f": 2, "l": [7]}),
        (First, [*LISTS, "u: {l: [3]}"], {"l": [7, 1, 2, 3]}),
        (First, ["u: {l: [1]}", "$merge: {replace: [u.l]}\nu: {l: [2]}"], {"l": [2]}),
        (First, ["u: {l: [1]}", "u: {l: [2]}", "u: {kind: a}"], {"l": [1, 2]}),
    ],
)
def test_files_merge_by_the_rules_of_the_default_s_variant(
    read: Callable[..., Any], model: type[BaseModel], texts: list[str], expected: dict[str, Any]
) -> None:
    """It is the same as where the lowest file writes the tag."""
    found = read(model, *texts).u.model_dump()
    assert {key: found[key] for key in expected} == expected


@pytest.mark.parametrize("field", ["m", "d"])
def test_tags_inside_of_defaults_count(read: Callable[..., Any], field: str) -> None:
    """A default of a class or dictionary above has the tag."""
    found = read(First, f"{field}: {{u: {{l: [1]}}}}", f"{field}: {{u: {{l: [2]}}}}").model_dump()
    assert found[field]["u"]["l"] == [7, 1, 2]


@pytest.mark.parametrize("path", ["u", "m.u"])
def test_a_default_s_tag_has_its_origin(merged: Callable[..., Merged], path: str) -> None:
    """It is the default's, and shadows nothing."""
    texts = (
        [f"{path}: {{l: [{number}]}}" for number in (1, 2)] if path == "u" else ["m: {u: {l: [1]}}", "m: {u: {l: [2]}}"]
    )
    leaves = {format_path(key): leaf for key, leaf in provenance(merged(First, *texts)).leaves.items()}
    leaf = leaves[f"{path}.kind"]
    assert (leaf.origin.source.name, leaf.shadows) == (f"First.{path[0]}", ())


def test_a_default_s_tag_is_not_a_file_s(problems: Callable[..., list[Diagnostic]]) -> None:
    """What a file deletes must be set, also where other files merge over a default's tag."""
    (problem,) = problems(First, "$merge: {delete: [u]}", *LISTS)
    assert (problem.rule.name, str(problem.location)) == ("delete-nothing", "low.yaml:1:19")

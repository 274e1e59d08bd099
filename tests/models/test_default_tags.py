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
    i: int = 0


class B(ConfigModel):
    """Another, with other rules and other keys."""

    model_config = ConfigDict(populate_by_name=True)

    kind: Literal["b"] = "b"
    l: Annotated[list[int], Merge.append] = []  # noqa: E741
    s: Annotated[dict[str, int], Merge.replace] = {}
    f: int = Field(default=0, alias="fb")
    i: int = 0


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


class Named(ConfigModel):
    """An item with a field of the union."""

    name: str
    u: Annotated[A | B, Field(discriminator="kind")] = B(l=[7])


class Items(ConfigModel):
    """Lists whose items merge by a key."""

    unions: Annotated[list[Annotated[A | B, Field(discriminator="kind")]], Merge.by_key("i")] = [B(i=1, l=[7])]
    named: Annotated[list[Named], Merge.by_key("name")] = []
    nested: dict[str, Annotated[list[Named], Merge.by_key("name")]] = {"k": [Named(name="x", u=B(l=[8]))]}


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


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["u: {l: [0]}", "$merge: {delete: [u]}\nu: {l: [1]}", "u: {l: [2]}"], [7, 1, 2]),
        (["u: {kind: a, l: [0]}", "$merge: {delete: [u]}\nu: {l: [1]}", "u: {l: [2]}"], [7, 1, 2]),
        (["u: {kind: a, l: [0]}", "$merge: {delete: [u]}\nu: {l: [1]}"], [7, 1]),
        (["u: {l: [0]}", "u: {l: [1]}", "$merge: {delete: [u]}\nu: {l: [2]}"], [7, 2]),
        (["u: {l: [0]}", "u: {l: [1]}", "$merge: {delete: [u.l]}\nu: {l: [2]}"], [2]),
    ],
)
def test_deletions_start_a_union_again(read: Callable[..., Any], texts: list[str], expected: list[int]) -> None:
    """What files had there before says nothing about what they set afterwards."""
    assert read(First, *texts).u.l == expected


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["unions: [{i: 1, l: [1]}]", "unions: [{i: 1, l: [2]}]"], {"unions": [[7, 1, 2]]}),
        (["unions: [{kind: a, i: 2}, {i: 1, l: [1]}]", "unions: [{i: 1, l: [2]}]"], {"unions": [[7, 1, 2], []]}),
        (
            ["named: [{name: z}, {name: y, u: {l: [1]}}]", "named: [{name: y, u: {l: [2]}}]"],
            {"named": [[7], [7, 1, 2]]},
        ),
        (
            ["named: [{name: y, u: {l: [1]}}, {name: z, u: {kind: a, l: [1]}}]", "named: [{name: z, u: {l: [2]}}]"],
            {"named": [[7, 1], [2]]},
        ),
        (
            ["nested: {k: [{name: w}, {name: x, u: {l: [1]}}]}", "nested: {k: [{name: x, u: {l: [2]}}]}"],
            {"nested": [[8, 1, 2], [7]]},
        ),
        (
            [
                "named: [{name: y, u: {l: [0]}}]",
                "$merge: {delete: [named]}\nnamed: [{name: y, u: {l: [1]}}]",
                "named: [{name: x}, {name: y, u: {l: [2]}}]",
            ],
            {"named": [[7, 1, 2], [7]]},
        ),
    ],
)
def test_items_of_lists_merge_by_the_rules_of_the_default_s_variant(
    read: Callable[..., Any], texts: list[str], expected: dict[str, Any]
) -> None:
    """An item that merges by a key is known by it: its index differs from file to file."""
    found = read(Items, *texts)
    ((field, lists),) = expected.items()
    value = found[field]["k"] if field == "nested" else found[field]
    assert [(item.u if hasattr(item, "u") else item).l for item in value] == lists


@pytest.mark.parametrize(
    "texts",
    [
        ["named: [{name: y, u: {f: 1}}]", "named: [{name: y, u: {fb: 2}}]"],
        ["named: [{name: y, u: {kind: b, fb: 1}}]", "named: [{name: y, u: {f: 2}}]"],
    ],
)
def test_items_have_the_keys_of_the_variant_below(read: Callable[..., Any], texts: list[str]) -> None:
    """A field with several keys is one field, also where a lower file or the default alone has the tag."""
    assert read(Items, *texts).named[0].u.f == 2

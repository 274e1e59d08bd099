"""`$extends`: a binding's settings above those of another binding."""

from collections.abc import Callable

import pytest

from typedflow.layers import merge
from typedflow.models import plan_of
from typedflow.project import LoadedProject, provenance_of, resolve
from typedflow.values import Diagnostic, format_location

Make = Callable[..., LoadedProject]
Findings = Callable[..., list[Diagnostic]]


def _files(**texts: str) -> dict[str, str]:
    return {f"settings/settings.configuration.{name}.yaml": text for name, text in texts.items()}


STACKS = {
    "one": ({"EXP_01": "$extends: A\nname: x", "A": "name: a\nmodel: {epochs: 5}"}, ["A", "EXP_01"]),
    "a list": ({"EXP_01": "$extends: [A, B]", "A": "name: a", "B": "name: b"}, ["A", "B", "EXP_01"]),
    "a chain": ({"EXP_01": "$extends: A", "A": "$extends: B", "B": "name: b"}, ["B", "A", "EXP_01"]),
    "one below two": (
        {"EXP_01": "$extends: [A, B]", "A": "$extends: C", "B": "$extends: C", "C": ""},
        ["C", "A", "B", "EXP_01"],
    ),
    "lists that agree": (
        {"EXP_01": "$extends: [Y, A]", "A": "$extends: [X, Y]", "X": "", "Y": ""},
        ["X", "Y", "A", "EXP_01"],
    ),
}

MISTAKES = {
    "no such binding": (
        {"EXP_01": "name: a\n$extends: EXP_2", "EXP_02": ""},
        ("unknown-binding", "EXP_01.yaml:2:11", "there is no binding `EXP_2`; the project has `EXP_02`"),
        "did you mean `EXP_02`?",
    ),
    "no such binding in a list": (
        {"EXP_01": "$extends: [A, B]", "A": ""},
        ("unknown-binding", "EXP_01.yaml:1:15", "there is no binding `B`; the project has `A`"),
        "",
    ),
    "no such binding in what is extended": (
        {"EXP_01": "$extends: A", "A": "$extends: EXP_10", "EXP_11": ""},
        ("unknown-binding", "A.yaml:1:11", "there is no binding `EXP_10`; the project has `EXP_11`"),
        "did you mean `EXP_11`?",
    ),
    "itself": (
        {"EXP_01": "$extends: EXP_01"},
        ("circular-reference", "EXP_01.yaml:1:11", "`EXP_01` extends itself: EXP_01 -> EXP_01"),
        "",
    ),
    "each other": (
        {"EXP_01": "$extends: B", "B": "$extends: [C]", "C": "\n$extends: B"},
        ("circular-reference", "B.yaml:1:12", "`B` extends itself: B -> C -> B"),
        "",
    ),
    "orders that contradict each other": (
        {"EXP_01": "$extends: [A, B]", "A": "", "B": "", "C": "$extends: [B, A]", "EXP_02": "$extends: [EXP_01, C]"},
        (
            "bad-directive",
            "EXP_02.yaml:1:11",
            "`EXP_02` extends EXP_01, C in this order, and others in another one",
        ),
        "",
    ),
    "a binding before what it extends": (
        {"EXP_01": "$extends: [A, B]", "A": "$extends: B", "B": ""},
        ("bad-directive", "EXP_01.yaml:1:11", "`EXP_01` extends A, B in this order, and others in another one"),
        "",
    ),
    "a number": (
        {"EXP_01": "$extends: 5"},
        ("bad-directive", "EXP_01.yaml:1:11", "`$extends` must be the name of a binding, or a list of names"),
        "",
    ),
    "nothing": (
        {"EXP_01": "$extends: []"},
        ("bad-directive", "EXP_01.yaml:1:11", "`$extends` must be the name of a binding, or a list of names"),
        "",
    ),
    "the same twice": (
        {"EXP_01": "$extends: [A, A]", "A": ""},
        ("bad-directive", "EXP_01.yaml:1:15", "`$extends` names `A` twice"),
        "",
    ),
}


@pytest.mark.parametrize(("files", "order"), STACKS.values(), ids=STACKS)
def test_extended_bindings_lie_directly_below(make: Make, files: dict[str, str], order: list[str]) -> None:
    """They are above the environment's settings, each once; a later name overrides an earlier one."""
    project = make({"settings/settings.yaml": "name: all", **_files(**files)})
    stack = resolve(project, "train", "EXP_01").merged.stack
    assert [each.source.name.split(".")[-2] for each in stack[1:]] == order


def test_extending_is_the_same_as_more_layers(make: Make) -> None:
    """The config is that of the stack with the extended files' layers between the others."""
    files = {"EXP_01": "$extends: [A, B]\nfeatures: [x]", "A": "features: [a]\nname: a", "B": "features: [b]\nname: b"}
    project = make({"settings/settings.yaml": "features: [all]", **_files(**files)})
    resolved = resolve(project, "train", "EXP_01")
    stack = [project.bound.in_section("").layer(name) for name in ("A", "B", "EXP_01")]
    assert resolved.merged.tree == merge([*project.global_layer, *stack], plan_of(project.model_of("train"))).tree
    assert resolved.merged.tree == {"features": ["all", "a", "b", "x"], "name": "b"}


def test_origins_are_those_of_the_extended_file(make: Make) -> None:
    """Each value comes from the file that sets it, and shadows those below."""
    files = {"EXP_01": "$extends: A\nmodel: {epochs: 7}", "A": "name: a\nmodel: {epochs: 5}"}
    project = make(_files(**files))
    leaves = provenance_of(resolve(project, "train", "EXP_01"), project.root).leaves
    start = "settings/settings.configuration"
    assert format_location(leaves[("name",)].origin) == f"{start}.A.yaml:1:7"
    assert format_location(leaves["model", "epochs"].origin) == f"{start}.EXP_01.yaml:2:17"
    assert [format_location(place) for place in leaves["model", "epochs"].shadows] == [f"{start}.A.yaml:2:17"]


def test_an_extended_binding_need_not_be_one_of_the_unit(make: Make) -> None:
    """No flow is instantiated under `base`, and `EXP_01` extends it."""
    project = make(_files(EXP_01="$extends: base", base="name: base"))
    assert project.bindings("train") == ("EXP_01",)
    assert resolve(project, "train", "EXP_01").config.model_dump()["name"] == "base"


@pytest.mark.parametrize(("files", "expected", "label"), MISTAKES.values(), ids=MISTAKES)
def test_mistakes(
    make: Make, findings: Findings, files: dict[str, str], expected: tuple[str, str, str], label: str
) -> None:
    """Each is reported once, at the name that is wrong."""
    binding = "EXP_02" if "EXP_02" in files and "EXP_02" in expected[1] else "EXP_01"
    (problem,) = findings(resolve, make(_files(**files)), "train", binding)
    assert problem.location
    place = format_location(problem.location).removeprefix("settings/settings.configuration.")
    assert (problem.rule.name, place, problem.message) == expected
    assert problem.label == label


def test_a_cycle_is_the_same_finding_from_each_of_its_bindings(make: Make, findings: Findings) -> None:
    """So a check reports it once; every other step is a related place."""
    project = make(_files(EXP_01="$extends: EXP_02", EXP_02="$extends: EXP_03", EXP_03="\n$extends: EXP_01"))
    found = [findings(resolve, project, "train", f"EXP_0{number}")[0] for number in (1, 2, 3)]
    assert len({(each.message, each.location, each.related) for each in found}) == 1
    assert [each.role for each in found[0].related] == ["EXP_02 extends EXP_03 at", "EXP_03 extends EXP_01 at"]


def test_what_is_wrong_with_extended_files_is_reported_together(make: Make, findings: Findings) -> None:
    """A file that cannot be parsed, and one that names a binding that does not exist."""
    project = make(_files(EXP_01="$extends: [A, B]", A="name: [", B="$extends: C"))
    names = sorted(item.rule.name for item in findings(resolve, project, "train", "EXP_01"))
    assert names == ["invalid-syntax", "unknown-binding"]

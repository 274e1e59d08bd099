"""Choosing variants by their names: what is not there is an error of the argument."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from typedflow.operations import (
    ArgumentError,
    choose_binding,
    choose_environment,
    choose_key_path,
    choose_unit,
    choose_variants,
    match_bindings,
    require_bindings,
)
from typedflow.project import LoadedProject

if TYPE_CHECKING:
    from tests.operations.conftest import Make

GLOBS = {
    "one": (("EXP_02",), {}, ["EXP_02"]),
    "a glob": (("*1",), {}, ["EXP_01"]),
    "several, in order, once": (("EXP_02", "EXP_*"), {}, ["EXP_02", "EXP_01"]),
    "a variable": ((), {"TYPEDFLOW_BINDING": "EXP_01"}, ["EXP_01"]),
    "a glob in a variable": ((), {"TYPEDFLOW_BINDING": "EXP_*"}, ["EXP_01", "EXP_02"]),
    "an option before a variable": (("EXP_02",), {"TYPEDFLOW_BINDING": "EXP_01"}, ["EXP_02"]),
}


@pytest.mark.parametrize(("globs", "environ", "names"), GLOBS.values(), ids=GLOBS)
def test_bindings_match_globs(make: "Make", globs: tuple[str, ...], environ: dict[str, str], names: list[str]) -> None:
    """Without a glob, TYPEDFLOW_BINDING names them."""
    project = make(**environ)
    assert match_bindings(project, project.unit("training"), globs) == names


def test_a_name_like_a_glob(make: "Make") -> None:
    """A binding is found by its exact name, and never another one instead."""
    project = make(
        {
            "typedflow.toml": 'model = "flows/settings.py:Settings"\n[flows.training]\nfile = "flows/training.py"\n'
            'bindings = ["EXP*"]\n',
            "settings/settings.configuration.EXP[1].yaml": "{}\n",
            "settings/settings.configuration.EXP1.yaml": "{}\n",
        }
    )
    unit = project.unit("training")
    assert match_bindings(project, unit, ["EXP[1]"]) == ["EXP[1]"]
    assert match_bindings(project, unit, ["EXP[12]"]) == ["EXP1"]


def test_several_units(make: "Make") -> None:
    """Each once, with its bindings; without a name, the only one."""
    project = make()
    chosen = choose_variants(project, ["training", "report", "training"], ["*"])
    assert {unit.name: names for unit, names in chosen.items()} == {
        "training": ["EXP_01", "EXP_02"],
        "report": ["default"],
    }
    with pytest.raises(ArgumentError) as caught:
        choose_variants(project, ["training", "report"])
    assert (
        caught.value.diagnostics[0].hint
        == "name one with `--binding` or TYPEDFLOW_BINDING, or all with `--binding '*'`"
    )


def test_what_need_not_be_named(make: "Make") -> None:
    """The only binding, and the environment that the manifest chooses."""
    project = make()
    assert choose_unit(project, "report").name == "report"
    assert choose_binding(project, project.unit("report"), None) == "default"
    assert choose_binding(project, project.unit("training"), "default") == "default"
    assert choose_environment(project, None).name == "dev"
    assert choose_key_path(None) == ()
    assert choose_key_path("model.layers[0]") == ("model", "layers", 0)


WRONG: dict[str, tuple[Callable[[LoadedProject], object], str, str]] = {
    "several flows": (lambda project: choose_unit(project, None), "bad-option", "the project has several flows"),
    "several bindings": (
        lambda project: choose_binding(project, project.unit("training"), None),
        "bad-option",
        "`training` has several bindings: `EXP_01`, `EXP_02`",
    ),
    "no binding": (
        lambda project: choose_binding(project, project.unit("training"), "EXP_9"),
        "unknown-binding",
        "there is no binding `EXP_9`",
    ),
    "no match": (
        lambda project: match_bindings(project, project.unit("training"), ["X*"]),
        "bad-option",
        "no binding of `training` matches `X*`",
    ),
    "no match in any flow": (
        lambda project: require_bindings([project], ["X*"]),
        "bad-option",
        "no flow has a binding that matches `X*`",
    ),
    "no environment": (
        lambda project: choose_environment(project, "x"),
        "unknown-environment",
        "there is no environment `x`",
    ),
    "no key path": (lambda _: choose_key_path("a["), "bad-option", ""),
}


@pytest.mark.parametrize(("choose", "rule", "message"), WRONG.values(), ids=WRONG)
def test_an_argument_is_wrong(make: "Make", choose: Callable[[LoadedProject], object], rule: str, message: str) -> None:
    """The error has its diagnostic, and is the argument's."""
    with pytest.raises(ArgumentError) as caught:
        choose(make())
    (found,) = caught.value.diagnostics
    assert found.rule.name == rule
    assert found.message.startswith(message)

"""Units by the texts that people write."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from typedflow.project import LoadedProject, find_unit
from typedflow.values import Diagnostic

Make = Callable[..., LoadedProject]
Findings = Callable[..., list[Diagnostic]]

BOUND = '[flows.a]\nfile = "flows/main.py"\nbindings = ["EXP_*"]\n'
ENTRY = '[flows."{}"]\nfile = "flows/main.py"\n'

#: The project's name, its flows, a text, and the flow that it names.
NAMES = {
    "its name": ("demo", ["a", "b"], "a", "a"),
    "after the project's": ("demo", ["a", "b"], "demo.a", "a"),
    "after its kind": ("demo", ["a", "b"], "flow:a", "a"),
    "after its kind and the project's": ("demo", ["a", "b"], "flow:demo.a", "a"),
    "a project without a name": (None, ["a", "b"], "flow:a", "a"),
    "a name that begins with the project's": ("demo", ["demo.a", "b"], "demo.a", "demo.a"),
    "that name, after the project's": ("demo", ["demo.a", "b"], "demo.demo.a", "demo.a"),
    "the project's name alone": ("demo", ["demo", "b"], "demo", "demo"),
    "twice the project's name": ("demo", ["demo", "b"], "demo.demo", "demo"),
}


def _opened(make: Make, name: str | None, flows: list[str]) -> LoadedProject:
    head = f'project = "{name}"\n' if name else ""
    return make({"typedflow.toml": f'{head}model = "model.py:Settings"\n' + "".join(map(ENTRY.format, flows))})


@pytest.mark.parametrize(("name", "flows", "text", "expected"), NAMES.values(), ids=NAMES)
def test_a_unit_that_a_text_names(make: Make, name: str | None, flows: list[str], text: str, expected: str) -> None:
    """With or without the name of the project, and that of the kind."""
    assert find_unit(_opened(make, name, flows), text).name == expected


#: The project's name, its flows, a text, and parts of what is said about it.
REFUSED = {
    "another project": ("demo", ["a"], "other.a", "`other.a` is not a flow of this project; its flows: `a`"),
    "no project": (None, ["a"], "None.a", "`None.a` is not a flow of this project; its flows: `a`"),
    "another kind": ("demo", ["a"], "table:a", "`table:a` is not a flow of this project; its flows: `a`"),
    "the project twice": ("demo", ["a"], "demo.demo.a", "is not a flow of this project; its flows: `a`"),
    "an identity": (
        "demo",
        ["a"],
        "demo.branch_x.a",
        "`demo.branch_x.a` is the identity of a variant, not the name of a flow; write `a`",
    ),
    "an identity of another project": ("demo", ["a"], "other.branch_x.a", "is not a flow of this project"),
    "two flows": ("demo", ["a", "demo.a"], "demo.a", "`demo.a` names several flows; write `a` or `demo.demo.a`"),
    "no way to name one of three": (
        "demo",
        ["a", "demo.a", "demo.demo.a"],
        "demo.a",
        "`demo.a` names several flows; rename one of them",
    ),
}


@pytest.mark.parametrize(("name", "flows", "text", "said"), REFUSED.values(), ids=REFUSED)
def test_what_names_no_unit_or_several(
    make: Make, findings: Findings, name: str | None, flows: list[str], text: str, said: str
) -> None:
    """The message has what there is, or how to write it."""
    project = _opened(make, name, flows)
    (found,) = findings(find_unit, project, text)
    assert found.rule.name == "unknown-flow"
    assert said in f"{found.message}; {found.hint}"
    assert found.location is not None


def test_the_identity_of_a_bound_flow(make: Make, findings: Findings) -> None:
    """The hint has the binding; another one is no identity."""
    files = {f"settings/settings.configuration.{name}.yaml": "name: a\n" for name in ("EXP_1", "EXP_01")}
    project = make({**files, "typedflow.toml": f'project = "demo"\nmodel = "model.py:Settings"\n{BOUND}'})
    (found,) = findings(find_unit, project, "demo.branch_main.EXP_01.a")
    assert found.hint == "write `a` with `--binding EXP_01`"
    (found,) = findings(find_unit, project, "demo.branch_main.EXP_2.a")
    assert "is not a flow of this project" in found.message


def test_the_forms_that_a_message_shows_name_their_units(make: Make) -> None:
    """Also where a binding's name is in the unit's."""
    project = _opened(make, "demo", ["a", "demo.a"])
    assert find_unit(project, "a").name == "a"
    assert find_unit(project, "demo.demo.a").name == "demo.a"
    assert project.unit("demo.a").name == "demo.a"  # an exact name, as from `list`, is never ambiguous

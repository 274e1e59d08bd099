"""Identities: the parts that are known, and no two variants with the same one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from typedflow.project import Identities, LoadedProject, Variant, resolve
from typedflow.values import Diagnostic, TypedflowError

Make = Callable[..., LoadedProject]
Git = Callable[..., str]
Findings = Callable[..., list[Diagnostic]]

HEAD = 'project = "demo"\nmodel = "model.py:Settings"\n'
BOUND = '[flows.training]\nfile = "flows/training.py"\nbindings = ["EXP*"]\n'
UNBOUND = '[flows.main]\nfile = "flows/main.py"\n'
FILES = {
    "settings/settings.configuration.EXP_01.yaml": "name: a\n",
    "settings/settings.configuration.EXP_02.yaml": "name: b\n",
}


@pytest.fixture
def opened(make: Make) -> Callable[..., LoadedProject]:
    """Open a project with this manifest, these bindings besides two, and these environment variables."""

    def made(manifest: str = HEAD + BOUND + UNBOUND, *bindings: str, **environ: str) -> LoadedProject:
        files = {f"settings/settings.configuration.{name}.yaml": "name: c\n" for name in bindings}
        return make({"typedflow.toml": manifest, **FILES, **files}, environ)

    return made


def test_all_parts(opened: Callable[..., LoadedProject], git: Git) -> None:
    """Project, branch, binding and unit; what has no binding has no such part, and the environment is none."""
    git("init", "-q", "-b", "demoX")
    identities = Identities(opened())
    assert identities.of(Variant("training", "EXP_01")) == "demo.branch_demox.EXP_01.training"
    assert identities.of(Variant("training", "EXP_01", "dev")) == "demo.branch_demox.EXP_01.training"
    assert identities.of(Variant("main")) == "demo.branch_demox.main"


BRANCHES = {
    "main": "main",
    "release/1.2": "release_1_2",
    "Feature-X": "feature_x",
    "a_b__c": "a_b__c",
    "größe": "gr__e",
    "KELVIN\N{KELVIN SIGN}": "kelvink",
}


@pytest.mark.parametrize(("branch", "part"), BRANCHES.items())
def test_the_branch(opened: Callable[..., LoadedProject], branch: str, part: str) -> None:
    """Lowercase; everything but ASCII letters, digits and underscores is an underscore."""
    assert Identities(opened(), branch).of(Variant("main")) == f"demo.branch_{part}.main"


def test_what_is_not_known_is_left_out(opened: Callable[..., LoadedProject], git: Git) -> None:
    """Without a repository, or with a detached HEAD, there is no branch; without `project`, no project."""
    nameless = HEAD.removeprefix('project = "demo"\n') + BOUND + UNBOUND
    assert Identities(opened()).of(Variant("main")) == "demo.main"
    assert Identities(opened(nameless)).of(Variant("training", "EXP_01")) == "EXP_01.training"
    git("init", "-q", "-b", "main")
    assert Identities(opened(nameless)).of(Variant("training", "EXP_01")) == "branch_main.EXP_01.training"
    git("commit", "-q", "--allow-empty", "-m", "x")
    git("checkout", "-q", "--detach")
    assert Identities(opened()).of(Variant("main")) == "demo.main"


def test_a_service_names_the_branch_where_it_chooses_the_environment(
    opened: Callable[..., LoadedProject], git: Git
) -> None:
    """As for environments: elsewhere, a variable of a CI service has no effect."""
    git("init", "-q")
    git("commit", "-q", "--allow-empty", "-m", "x")
    git("checkout", "-q", "--detach")
    variables = {"GITHUB_REF": "refs/heads/release/1", "GITHUB_SHA": git("rev-parse", "HEAD")}
    mapped = '[environments.branches]\n"x*" = "dev"\n'
    assert Identities(opened(HEAD + UNBOUND + mapped, **variables)).of(Variant("main")) == "demo.branch_release_1.main"
    assert Identities(opened(HEAD + UNBOUND, **variables)).of(Variant("main")) == "demo.main"


def test_a_label_is_for_projects_with_a_name(opened: Callable[..., LoadedProject]) -> None:
    """A resolved variant has none before; in a project without a name it stays so, and no branch is looked up."""
    project = opened()
    found = resolve(project, "main")
    assert found.variant.identity is None
    assert Identities(project).label(found).variant.identity == "demo.main"
    assert Identities(project).label(found).variant == found.variant
    nameless = opened(HEAD.removeprefix('project = "demo"\n') + UNBOUND)
    assert Identities(nameless).label(resolve(nameless, "main")).variant.identity is None
    assert "checked_out" not in vars(nameless)


ENTRY = '[flows."{}"]\nfile = "flows/main.py"\n'
#: Flows besides `training`, with their bindings; bindings besides EXP_01 and EXP_02; the labels that two flows have.
COLLISIONS: dict[str, tuple[dict[str, list[str]], list[str], list[str]]] = {
    "other names": ({"main": []}, [], []),
    "dots in a binding": ({"main": []}, ["EXP.1"], []),
    "an unbound flow with a binding in its name": ({"EXP_01.training": []}, [], ["EXP_01.training"]),
    "a binding that does not exist": ({"EXP_03.training": []}, [], []),
    "a binding that the other flow does not have": ({"TRIAL.training": []}, ["TRIAL"], []),
    "a dot on each side": ({"b.training": ["EXP"]}, ["EXP", "EXP.b"], ["EXP.b.training"]),
    "one finding for two flows": ({"b.training": ["EXP*"]}, ["EXP", "EXP.b", "EXP2", "EXP2.b"], ["EXP.b.training"]),
    "three flows": (
        {"EXP_01.training": [], "EXP_02.training": []},
        [],
        ["EXP_01.training", "EXP_02.training"],
    ),
    "the default binding, which needs no file": ({"default.training": []}, [], ["default.training"]),
    "flows without bindings": ({"a.b": [], "b": []}, [], []),
}


@pytest.mark.parametrize(("flows", "bindings", "labels"), COLLISIONS.values(), ids=COLLISIONS)
def test_collisions(
    opened: Callable[..., LoadedProject], flows: dict[str, list[str]], bindings: list[str], labels: list[str]
) -> None:
    """Names with dots can make two identities equal: a finding at the flow's line, and an error for both variants."""
    entries = [ENTRY.format(name) + (f"bindings = {globs}\n" if globs else "") for name, globs in flows.items()]
    manifest = "".join([HEAD, BOUND, *entries])
    project = opened(manifest, *bindings)
    found = list(Identities(project).collisions())
    assert [item.message.rpartition("`: `")[2].rstrip("`") for item in found] == labels
    assert {item.rule.name for item in found} <= {"same-identity"}
    instances = [(unit.name, name) for unit in project.units for name in {*project.bindings(unit), "default"}]
    known: dict[str, int] = {}
    nameless = Identities(replace(project, manifest=project.manifest.model_copy(update={"project": None})))
    assert list(nameless.collisions()) == []
    for unit, binding in instances:
        label = nameless.of(Variant(unit, binding))
        known[label] = known.get(label, 0) + 1
    assert {label for label, count in known.items() if count > 1} >= set(labels)
    for unit, binding in instances:
        label = nameless.of(Variant(unit, binding))
        assert _is_refused(Identities(project), Variant(unit, binding)) is (known[label] > 1)


def _is_refused(identities: Identities, variant: Variant) -> bool:
    try:
        identities.of(variant)
    except TypedflowError:
        return True
    return False


def test_the_finding(opened: Callable[..., LoadedProject], findings: Findings) -> None:
    """It is at the line of the one, names the line of the other, and says how each is called."""
    project = opened(HEAD + BOUND + ENTRY.format("EXP_01.training"))
    (found,) = findings(lambda: Identities(project).of(Variant("training", "EXP_01")))
    assert found.message == (
        "the flow `training` under the binding `EXP_01` and the flow `EXP_01.training` have the same identity "
        "in the project `demo`: `EXP_01.training`"
    )
    assert str(found.location) == "typedflow.toml:3:8"
    assert [str(other.location) for other in found.related] == ["typedflow.toml:6:8"]


@pytest.mark.parametrize("bindings", ['"EXP*"', '"default", "EXP*"'])
def test_the_default_binding_of_a_bound_flow(opened: Callable[..., LoadedProject], bindings: str) -> None:
    """It has a name there, declared or not."""
    project = opened(HEAD + BOUND.replace('"EXP*"', bindings))
    assert Identities(project).of(Variant("training")) == "demo.default.training"


NAMES = {"demo": True, "demo_2": True, "a-b": True, "": False, "a.b": False, "-a": False, "a b": False, "ä": False}


@pytest.mark.parametrize(("name", "is_valid"), NAMES.items())
def test_names_of_projects(opened: Callable[..., LoadedProject], name: str, is_valid: bool) -> None:  # noqa: FBT001
    """No dots, which separate the parts of an identity."""
    manifest = f'project = "{name}"\nmodel = "model.py:Settings"\n' + UNBOUND
    if is_valid:
        assert opened(manifest).manifest.project == name
        return
    with pytest.raises(TypedflowError) as caught:
        opened(manifest)
    (found,) = caught.value.diagnostics
    assert (found.rule.name, str(found.location)) == ("invalid-value", "typedflow.toml:1:11")

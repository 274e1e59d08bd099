"""A model for each unit: shared settings files, of which each unit reads what its own model has."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from typedflow.models import dump
from typedflow.project import LoadedProject, ManifestError, open_project, resolve
from typedflow.values import Diagnostic, TypedflowError, merge_findings

Findings = Callable[..., list[Diagnostic]]
Write = Callable[[Mapping[str, str]], Path]

MANIFEST = """\
[flows.training]
file = "training.py"
model = "unit_models.py:Training"
bindings = ["EXP_*"]

[flows.serving]
file = "serving.py"
model = "unit_models.py:Serving"
bindings = ["EXP_01", "LIVE"]

[flows.report]
file = "report.py"
model = "unit_models.py:Report"
"""

MODELS = """\
from typing import Annotated, Literal

from pydantic import Field, model_validator

from typedflow import ConfigModel, Merge


class Base(ConfigModel):
    project: str = "demo"
    tags: dict[str, int] = {}


class Adam(ConfigModel):
    kind: Literal["adam"] = "adam"
    beta: float = 0.9


class Sgd(ConfigModel):
    kind: Literal["sgd"] = "sgd"
    momentum: float = 0.0


class Stage(ConfigModel):
    name: str
    epochs: int = 1


class Tuning(ConfigModel):
    trials: int = 10


class Training(Base):
    learning_rate: float = 0.1
    optimizer: Annotated[Adam | Sgd, Field(discriminator="kind")] = Adam()
    limits: Tuning = Tuning()
    stages: Annotated[list[Stage], Merge.by_key("name")] = []


class Step(ConfigModel):
    name: str
    replicas: int = 1


class Limits(ConfigModel):
    requests: int = 100


class Serving(Base):
    port: int = Field(8080, alias="http_port")
    limits: Limits | None = None
    stages: list[Step] = []
    optimizer: str | dict[str, float] = "none"


class Report(Base):
    title: str
    width: int = 80

    @model_validator(mode="before")
    @classmethod
    def _old_names(cls, data):
        if isinstance(data, dict) and "headline" in data:
            data = {**data, "title": data["headline"]}
            del data["headline"]
        return data
"""


@pytest.fixture
def make(write: Write, monkeypatch: pytest.MonkeyPatch) -> Callable[..., LoadedProject]:
    """Open a project of three flows, each with a model of its own."""
    monkeypatch.delitem(sys.modules, "unit_models", raising=False)

    def made(files: Mapping[str, str], environ: Mapping[str, str] | None = None) -> LoadedProject:
        root = write({"typedflow.toml": MANIFEST, "unit_models.py": MODELS, **files})
        (root / "settings").mkdir(exist_ok=True)
        return open_project(root, environ or {})

    return made


Make = Callable[..., LoadedProject]
GLOBAL = "settings/settings.yaml"
EXP_01 = "settings/settings.configuration.EXP_01.yaml"
EXP_02 = "settings/settings.configuration.EXP_02.yaml"


def _tree(project: LoadedProject, unit: str, binding: str = "default", *options: str) -> dict[str, object]:
    return dict(dump(resolve(project, unit, binding, options=options).config))


def _all_findings(project: LoadedProject) -> list[str]:
    """Return the findings of all variants, as a check has them: alike ones as one."""
    found: list[Diagnostic] = []
    for unit in project.units:
        for binding in project.bindings(unit):
            try:
                resolve(project, unit, binding)
            except TypedflowError as error:
                found += error.diagnostics
    merged = merge_findings(found)
    shown = [(str(item.location).removeprefix("settings/settings."), item) for item in merged]
    return [f"{place}: {item.rule.name}: {item.message} {item.label}".strip() for place, item in shown]


def test_each_unit_has_its_own_fields(make: Make) -> None:
    """Of a shared file, a unit has the fields of its model, and no trace of others: in its tree, layers or digest."""
    text = "project: p\nlearning_rate: 0.5\nhttp_port: 9000\ntitle: T\n"
    project = make(
        {
            GLOBAL: text,
            EXP_01: "learning_rate: 0.6\nhttp_port: 9001\n",
            EXP_02: "",
            "settings/settings.configuration.LIVE.yaml": "",
        }
    )
    assert _tree(project, "training", "EXP_01")["learning_rate"] == 0.6
    assert _tree(project, "serving", "EXP_01")["port"] == 9001
    assert _tree(project, "report")["title"] == "T"
    resolved = resolve(project, "training", "EXP_01")
    assert resolved.merged.tree.keys() == {"project", "learning_rate"}
    assert [layer.tree.keys() for layer in resolved.merged.stack] == [{"project", "learning_rate"}, {"learning_rate"}]


def test_a_required_field_is_missing_only_where_it_is_required(make: Make) -> None:
    """`title` is required by one of the models."""
    project = make({GLOBAL: "project: p\n", EXP_01: "", EXP_02: "", "settings/settings.configuration.LIVE.yaml": ""})
    assert _all_findings(project) == ["yaml: missing-key: `title` is missing; Report requires it"]


#: A mistake in a settings file, and what is found: once, whichever units read the file.
MISTAKES = {
    "at the top of a shared file": (
        {GLOBAL: "title: T\nlerning_rate: 1\n"},
        (
            "yaml:2:1: unknown-key: `lerning_rate` is not a field of Report, Serving or Training "
            "did you mean `learning_rate`?"
        ),
    ),
    "of a key that another unit has": (
        {GLOBAL: "title: T\nhtp_port: 1\n"},
        ("yaml:2:1: unknown-key: `htp_port` is not a field of Report, Serving or Training did you mean `http_port`?"),
    ),
    "of the field instead of its alias": (
        {GLOBAL: "title: T\nport: 1\n"},
        ("yaml:2:1: unknown-key: `port` is not a field of Report, Serving or Training did you mean `http_port`?"),
    ),
    "below a field that one model has": (
        {GLOBAL: "title: T\nlimits:\n  trails: 3\n"},
        ("yaml:3:3: unknown-key: `limits.trails` is not a field of Limits or Tuning did you mean `trials`?"),
    ),
    "in an item of a list": (
        {GLOBAL: "title: T\nstages:\n- {name: a, replica: 2}\n"},
        ("yaml:3:13: unknown-key: `stages[0].replica` is not a field of Stage or Step did you mean `replicas`?"),
    ),
    "in a binding of two units": (
        {EXP_01: "lerning_rate: 1\n"},
        (
            "configuration.EXP_01.yaml:1:1: unknown-key: `lerning_rate` is not a field of Serving "
            "or Training did you mean `learning_rate`?"
        ),
    ),
    "in a binding of one unit": (
        {EXP_02: "http_port: 1\n"},
        "configuration.EXP_02.yaml:1:1: unknown-key: `http_port` is not a field of Training",
    ),
    "of a type that one model has": (
        {GLOBAL: "title: T\nhttp_port: x\n"},
        (
            "yaml:2:12: invalid-value: `http_port` is 'x': input should be a valid integer, unable to "
            "parse string as an integer"
        ),
    ),
    "of a type that all models have": (
        {GLOBAL: "title: T\nproject: 1\n"},
        "yaml:2:10: invalid-value: `project` is 1: input should be a valid string",
    ),
    "in a dictionary": (
        {GLOBAL: "title: T\ntags: {a: x}\n"},
        (
            "yaml:2:11: invalid-value: `tags.a` is 'x': input should be a valid integer, unable to parse "
            "string as an integer"
        ),
    ),
    "in a variant of a union": (
        {EXP_02: "optimizer: {kind: sgd, momentun: 0.5}\n"},
        (
            "configuration.EXP_02.yaml:1:24: unknown-key: `optimizer.momentun` is not a field of Sgd "
            "did you mean `momentum`?"
        ),
    ),
    "of a directive": (
        {GLOBAL: "title: T\n", EXP_01: "$merge: {delete: [prot]}\n"},
        ("configuration.EXP_01.yaml:1:19: delete-nothing: `$merge.delete` names `prot`, which no lower layer sets"),
    ),
    "of a directive for another model": (
        {GLOBAL: "title: T\n", EXP_01: "$merge: {delete: [http_port]}\n"},
        (
            "configuration.EXP_01.yaml:1:19: delete-nothing: `$merge.delete` names `http_port`, which no "
            "lower layer sets"
        ),
    ),
    "of a kind, for one model": (
        {GLOBAL: "title: T\nhttp_port: 1\n", EXP_01: "http_port: {a: 1}\n"},
        ("configuration.EXP_01.yaml:1:1: kind-conflict: `http_port` is a mapping here and `1` in a lower layer"),
    ),
    "of a key that code of one model reads, and that is no field": (
        {GLOBAL: "headline: T\n"},
        "yaml:1:1: unknown-key: `headline` is not a field of Report, Serving or Training",
    ),
    "of a variant's key that no other model has": (
        {EXP_02: "optimizer: {kind: adam, momentum: 0.5}\n"},
        "configuration.EXP_02.yaml:1:25: unknown-key: `optimizer.momentum` is not a field of Adam",
    ),
}


@pytest.mark.parametrize(("files", "expected"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_found_once(make: Make, files: dict[str, str], expected: str) -> None:
    """At its place, with a suggestion from all models that the file serves."""
    empty = {GLOBAL: "title: T\n", EXP_01: "", EXP_02: "", "settings/settings.configuration.LIVE.yaml": ""}
    assert _all_findings(make({**empty, **files})) == [expected]


#: Files of which no unit has anything to say, and what the units have of a key path.
ACCEPTED = {
    "a key of each model": ("learning_rate: 1\nhttp_port: 1\nwidth: 3\n", {}),
    "fields of one name": (
        "limits: {trials: 1, requests: 2}\n",
        {"training": {"trials": 1}, "serving": {"requests": 2}},
    ),
    "a mapping that is another's": ("limits: {trials: 1}\n", {"training": {"trials": 1}, "serving": None}),
    "items of lists": (
        "stages: [{name: a, epochs: 2, replicas: 3}]\n",
        {"training": [{"name": "a", "epochs": 2}], "serving": [{"name": "a", "replicas": 3}]},
    ),
    "a union and a dictionary": (
        "optimizer: {beta: 0.5, decay: 0.1}\n",
        {"training": {"kind": "adam", "beta": 0.5}, "serving": {"beta": 0.5, "decay": 0.1}},
    ),
    "a directive about another's key": ("http_port: 1\n$merge: {replace: [limits]}\nlimits: {requests: 1}\n", {}),
}


@pytest.mark.parametrize(("text", "expected"), ACCEPTED.values(), ids=ACCEPTED)
def test_a_shared_file_is_accepted(make: Make, text: str, expected: dict[str, object]) -> None:
    """Each unit has its own part of it."""
    project = make({GLOBAL: f"title: T\n{text}", EXP_01: ""})
    for unit in ("training", "serving"):
        tree = _tree(project, unit, "EXP_01")
        if unit in expected:
            key = next(iter(line for line in text.split(":")))
            assert tree[key] == expected[unit]


LIVE = "settings/settings.configuration.LIVE.yaml"
EMPTY = {GLOBAL: "title: T\n", EXP_01: "", EXP_02: "", LIVE: ""}


def test_an_option_is_a_field_of_the_unit(make: Make, findings: Findings) -> None:
    """An option for one unit must name one of its fields; the hint names the units that have it."""
    project = make(EMPTY)
    (found,) = findings(resolve, project, "training", "EXP_01", options=["http_port=1"])
    assert (found.message, found.hint) == (
        "`http_port` is not a field of Training",
        "the flow `serving` has this field",
    )
    (found,) = findings(resolve, project, "training", "EXP_01", options=["lerning_rate=1"])
    assert (found.message, found.label) == (
        "`lerning_rate` is not a field of Training",
        "did you mean `learning_rate`?",
    )


def test_a_bindings_file_is_for_its_units(make: Make, findings: Findings) -> None:
    """The hint names the units that have the key, and that are not instantiated under the binding."""
    (found,) = findings(resolve, make({**EMPTY, EXP_02: "http_port: 1"}), "training", "EXP_02")
    assert found.hint == "the flow `serving` has this field, but is not instantiated under `EXP_02`"


#: Variables, and the values that training and serving have, or what is found.
VARIABLES: dict[str, tuple[str, object, object]] = {
    "TYPEDFLOW__SETTINGS__LEARNING_RATE": ("0.5", ("learning_rate", 0.5), None),
    "TYPEDFLOW__SETTINGS__HTTP_PORT": ("9", None, ("port", 9)),
    "TYPEDFLOW__SETTINGS__LIMITS": ('{"requests": 3}', "unknown-key", ("limits", {"requests": 3})),
    "TYPEDFLOW__SETTINGS__LIMITS__REQUESTS": ("3", None, ("limits", {"requests": 3})),
    "TYPEDFLOW__SETTINGS__PROJECT": ("q", ("project", "q"), ("project", "q")),
    "TYPEDFLOW__SETTINGS__WIDTH": ("3", None, None),
    "TYPEDFLOW__SETTINGS__WIDHT": ("3", "unknown-key", "unknown-key"),
    "TYPEDFLOW__PROJECT": ("q", "unread-variable", "unread-variable"),
    "TYPEDFLOW__WIDTH": ("q", "unread-variable", "unread-variable"),
}


@pytest.mark.parametrize(("name", "case"), VARIABLES.items(), ids=VARIABLES)
def test_a_variable_may_be_anothers(make: Make, name: str, case: tuple[str, object, object]) -> None:
    """A variable that names a field of another unit's model is no error; one that names no unit's is."""
    text, *expected = case
    project = make(EMPTY, {name: text})
    for unit, outcome in zip(("training", "serving"), expected, strict=True):
        if isinstance(outcome, str):
            with pytest.raises(TypedflowError) as caught:
                resolve(project, unit, "EXP_01")
            assert [item.rule.name for item in caught.value.diagnostics] == [outcome]
        elif outcome is None:
            assert _tree(project, unit, "EXP_01") == _tree(make(EMPTY), unit, "EXP_01")
        else:
            assert isinstance(outcome, tuple)
            assert _tree(project, unit, "EXP_01")[outcome[0]] == outcome[1]


#: Manifests without a model for some unit, with the place and the message.
WITHOUT = {
    "no model at all": ('[flows.a]\nfile = "a.py"', "typedflow.toml", "`model` is missing; Manifest requires it"),
    "no unit": ('settings = "s"', "typedflow.toml", "`model` is missing; Manifest requires it"),
    "one unit without": (
        '[flows.a]\nfile = "a.py"\nmodel = "m:M"\n[flows.b]\nfile = "b.py"',
        "typedflow.toml:4:8",
        "`model` is missing; `flows.b` names no model, and the manifest has none for all units",
    ),
    "two units without": (
        '[flows.a]\nfile = "a.py"\n[flows.b]\nfile = "b.py"\nmodel = "m:M"\n[flows.c]\nfile = "c.py"',
        "typedflow.toml:1:8",
        "`model` is missing; `flows.a`, `flows.c` name no model, and the manifest has none for all units",
    ),
}


@pytest.mark.parametrize(("text", "place", "message"), WITHOUT.values(), ids=WITHOUT)
def test_every_unit_needs_a_model(write: Write, text: str, place: str, message: str) -> None:
    """Its own, or that of the manifest."""
    with pytest.raises(ManifestError) as caught:
        open_project(write({"typedflow.toml": text}), {})
    (found,) = caught.value.diagnostics
    assert (str(found.location), found.rule.name, found.message) == (place, "missing-key", message)


def test_other_mistakes_of_the_manifest_are_found_too(write: Write) -> None:
    """A missing model hides nothing."""
    with pytest.raises(ManifestError) as caught:
        open_project(write({"typedflow.toml": 'setings = "s"\n[flows.a]\nmodle = "m:M"\n'}), {})
    assert [(item.rule.name, item.label) for item in caught.value.diagnostics] == [
        ("missing-key", ""),
        ("unknown-key", "did you mean `settings`?"),
        ("missing-key", ""),
        ("unknown-key", "did you mean `model`?"),
    ]


def test_a_broken_model_is_a_problem_only_where_it_may_have_a_key(make: Make, findings: Findings) -> None:
    """Of a unit whose files have only its own keys, no other model is needed; else the finding says why it is."""
    broken = MANIFEST.replace("unit_models.py:Serving", "absent.py:Serving")
    own = make({**EMPTY, "typedflow.toml": broken, GLOBAL: "project: p"})
    assert _tree(own, "training", "EXP_01")["project"] == "p"
    shared = make({**EMPTY, "typedflow.toml": broken, GLOBAL: "http_port: 1"})
    (found,) = findings(resolve, shared, "training", "EXP_01")
    assert (found.rule.name, str(found.location)) == ("model-not-found", "typedflow.toml:8:9")
    assert found.hint == "`training` needs it: Training does not have `http_port`"
    known = make({**EMPTY, "typedflow.toml": broken, GLOBAL: "width: 1"})
    assert _tree(known, "training", "EXP_01") == _tree(own, "training", "EXP_01") | {"project": "demo"}


def test_a_typo_of_another_models_key_can_be_fixed(make: Make, findings: Findings) -> None:
    """All units agree on the fix, also those whose own model does not have the key."""
    project = make({**EMPTY, GLOBAL: "title: T\nhttp_prot: 1\n"})
    found = [*findings(resolve, project, "training", "EXP_01"), *findings(resolve, project, "serving", "EXP_01")]
    assert [item.fix and item.fix.replacement for item in found] == ["http_port", "http_port"]
    (one,) = merge_findings(found)
    assert one.fix


def test_an_extended_binding_is_for_the_units_of_those_that_extend_it(make: Make, findings: Findings) -> None:
    """Its keys may be those of any of their models; a key of another model is unknown there."""
    base = "settings/settings.configuration.BASE.yaml"
    files = {**EMPTY, EXP_02: "$extends: BASE", LIVE: "$extends: BASE"}
    project = make({**files, base: "learning_rate: 0.5\nhttp_port: 1\n"})
    assert _tree(project, "training", "EXP_02")["learning_rate"] == 0.5
    assert _tree(project, "serving", "LIVE")["port"] == 1
    (found,) = findings(resolve, make({**files, base: "width: 3"}), "training", "EXP_02")
    assert (found.message, found.hint) == (
        "`width` is not a field of Serving or Training",
        "the flow `report` has this field, but is not instantiated under `BASE`",
    )

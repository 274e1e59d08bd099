"""Sections: fields of the settings' model that have settings files of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from typedflow.models import dump
from typedflow.project import LoadedProject, provenance_of, resolve
from typedflow.values import format_path

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from tests.project.conftest import Make, Problems

    Sectioned: TypeAlias = Callable[..., LoadedProject]

MODEL = '''
from typing import Annotated, Any

from pydantic import ConfigDict, Field

from typedflow import ConfigModel, Merge


class Estimator(ConfigModel):
    fit_intercept: bool = True
    alpha: float = 1.0


class Configuration(ConfigModel):
    target: str = "runtime"
    features: Annotated[list[str], Merge.append] = []
    model: Estimator = Estimator()
    conda: dict[str, str] = {}
    classes: dict[int, str] = {}


class Environment(ConfigModel):
    model_config = ConfigDict(populate_by_name=True)

    READ_DATABASE: str
    target: str = Field("none", alias="TARGET_DATABASE")
    table: dict[str, int] = {}


class Settings(ConfigModel):
    """The settings."""

    project: str = "demo"
    configuration: Configuration = Configuration()
    environment: Environment | None = None
    extra: dict[str, Any] = {}
    label: str | int = ""
    anything: Any = None
'''
FLOWS = """
[flows.train]
file = "train.py"
bindings = ["EXP_*"]
"""
FILES = {
    "model.py": MODEL,
    "settings/settings.configuration.yaml": "model: {fit_intercept: true}\nconda: {numpy: 1.22.4, pandas: '2.0'}\n",
    "settings/settings.configuration.EXP_01.yaml": "target: bmi\nfeatures: [a, b]\n",
    "settings/settings.configuration.EXP_02.yaml": "model:\n  fit_intercept: false\n",
    "settings/settings.environment.yaml": "dev:\n  READ_DATABASE: dev_db\nprod:\n  READ_DATABASE: prod_db\n",
}


def _manifest(*sections: str, more: str = "") -> dict[str, str]:
    listed = ", ".join(f'"{section}"' for section in sections)
    return {"typedflow.toml": f'model = "model.py:Settings"\nsections = [{listed}]\n{FLOWS}{more}'}


@pytest.fixture
def sectioned(make: Make) -> Callable[..., LoadedProject]:
    """Open a project with two sections, `configuration` and `environment`, some files of which are others."""

    def made(files: dict[str, str | None] | None = None, *sections: str) -> LoadedProject:
        changed = {**FILES, **_manifest(*(sections or ("configuration", "environment"))), **(files or {})}
        return make({name: text for name, text in changed.items() if text is not None})

    return made


def _origins(project: LoadedProject, binding: str, environment: str | None = None) -> dict[str, str]:
    found = provenance_of(resolve(project, "train", binding, environment), project.root)
    return {format_path(path): str(leaf.origin) for path, leaf in found.leaves.items() if not leaf.is_default}


def test_content_stands_under_the_section(sectioned: Sectioned) -> None:
    """Global, binding's and environment's content; key paths include the section, places are those in the files."""
    project = sectioned()
    assert project.bindings("train") == ("EXP_01", "EXP_02")
    assert list(project.environments) == ["dev", "prod"]
    assert _origins(project, "EXP_01", "prod") == {
        "configuration.model.fit_intercept": "settings/settings.configuration.yaml:1:24",
        "configuration.conda.numpy": "settings/settings.configuration.yaml:2:16",
        "configuration.conda.pandas": "settings/settings.configuration.yaml:2:32",
        "configuration.target": "settings/settings.configuration.EXP_01.yaml:1:9",
        "configuration.features[0]": "settings/settings.configuration.EXP_01.yaml:2:12",
        "configuration.features[1]": "settings/settings.configuration.EXP_01.yaml:2:15",
        "environment.READ_DATABASE": "settings/settings.environment.yaml:4:18",
    }


@pytest.mark.parametrize(
    ("suffix", "base", "binding", "blocks"),
    [
        ("toml", "[model]\nalpha = 2.0\n", 'target = "x"\n', '[dev]\nREAD_DATABASE = "d"\n'),
        ("json", '{"model": {"alpha": 2.0}}', '{"target": "x"}', '{"dev": {"READ_DATABASE": "d"}}'),
        ("yml", "model: {alpha: 2.0}", "target: x", "dev: {READ_DATABASE: d}"),
    ],
)
def test_each_format(sectioned: Sectioned, suffix: str, base: str, binding: str, blocks: str) -> None:
    """Sections' files have the formats that all have, and positions in them."""
    files = {f"settings/settings.configuration.{suffix}": base, f"settings/settings.environment.{suffix}": blocks}
    files[f"settings/settings.configuration.EXP_01.{suffix}"] = binding
    project = sectioned(dict.fromkeys(FILES) | {"model.py": MODEL} | files)
    config = dump(resolve(project, "train", "EXP_01", "dev").config)
    assert (config["configuration"]["model"]["alpha"], config["configuration"]["target"]) == (2.0, "x")
    assert config["environment"]["READ_DATABASE"] == "d"
    assert all(place.rpartition(":")[2].isdigit() for place in _origins(project, "EXP_01", "dev").values())


def test_without_the_line_files_are_as_before(make: Make) -> None:
    """Whole trees, of an environment and of a binding; the files of sections are not read."""
    files = {
        "typedflow.toml": f'model = "model.py:Settings"\n{FLOWS}',
        "model.py": MODEL,
        "settings/settings.configuration.yaml": "model: {alpha: 5}",
        "settings/settings.configuration.EXP_01.yaml": "project: x\nconfiguration: {target: y}",
        "settings/settings.environment.dev.yaml": "environment: {READ_DATABASE: z}",
    }
    config = dump(resolve(make(files), "train", "EXP_01", "dev").config)
    assert (config["project"], config["configuration"]["target"]) == ("x", "y")
    assert (config["environment"]["READ_DATABASE"], config["configuration"]["model"]["alpha"]) == ("z", 1.0)


def test_a_binding_may_have_a_file_in_each_section(sectioned: Sectioned) -> None:
    """The bindings that exist are those of all sections together."""
    files = {
        "settings/settings.extra.yaml": "a: 0\nb: 0",
        "settings/settings.extra.EXP_01.yaml": "b: 1",
        "settings/settings.extra.EXP_03.yaml": "b: 3",
    }
    project = sectioned(files, "extra", "configuration")
    assert project.bindings("train") == ("EXP_01", "EXP_02", "EXP_03")
    config = dump(resolve(project, "train", "EXP_01").config)
    assert (config["extra"], config["configuration"]["target"]) == ({"a": 0, "b": 1}, "bmi")
    assert dump(resolve(project, "train", "EXP_03").config)["extra"] == {"a": 0, "b": 3}


def test_a_section_overrides_whole_settings(sectioned: Sectioned) -> None:
    """`settings.yaml` has all fields; the files of a section, and of an unlisted name, come in a fixed order."""
    files = {
        "settings/settings.yaml": "project: whole\nconfiguration: {target: whole, model: {alpha: 3.0}}\nextra: {a: 0}",
        "settings/settings.configuration.EXP_01.yaml": "extra: {a: 1, b: 1}\nlabel: bound",
        "settings/settings.extra.EXP_01.yaml": "b: 2",
    }
    config = dump(resolve(sectioned(files, "extra", "environment"), "train", "EXP_01").config)
    assert (config["project"], config["label"], config["extra"]) == ("whole", "bound", {"a": 1, "b": 2})
    other = {"settings/settings.yaml": files["settings/settings.yaml"]}
    found = dump(resolve(sectioned(other), "train", "EXP_01").config)["configuration"]
    assert (found["target"], found["model"]) == ("bmi", {"fit_intercept": True, "alpha": 3.0})


def test_an_environment_may_have_a_file_of_its_own(sectioned: Sectioned) -> None:
    """Beside the blocks of others; without any block, too."""
    own = {"settings/settings.environment.staging.yaml": "READ_DATABASE: own"}
    project = sectioned(own)
    assert list(project.environments) == ["dev", "prod", "staging"]
    assert _origins(project, "EXP_02", "staging")["environment.READ_DATABASE"] == (
        "settings/settings.environment.staging.yaml:1:16"
    )
    (project.root / "settings/settings.environment.yaml").unlink()
    project = sectioned({**own, "settings/settings.environment.yaml": None})
    assert (list(project.environments), project.possible_environments()) == (["staging"], [None, "staging"])


def test_directives_are_relative_to_the_file(sectioned: Sectioned) -> None:
    """Their key paths are those of the file's content, at the top of a file or of a block; what they did is told."""
    files = {
        "settings/settings.yaml": "environment: {READ_DATABASE: x, table: {a: 1, b: 2}}\n"
        "configuration: {features: [z]}",
        "settings/settings.configuration.EXP_01.yaml": (
            "$merge: {delete: [conda.pandas], replace: [features, model]}\nfeatures: [a]\nmodel: {alpha: 2.0}"
        ),
        "settings/settings.environment.yaml": "dev:\n  $merge: {delete: [table.a]}\n  READ_DATABASE: y\n",
    }
    project = sectioned(files)
    resolved = resolve(project, "train", "EXP_01", "dev")
    config = dump(resolved.config)
    assert config["configuration"]["conda"] == {"numpy": "1.22.4"}
    assert (config["configuration"]["features"], config["environment"]["table"]) == (["a"], {"b": 2})
    removed = {format_path(item.path): str(item.by) for item in provenance_of(resolved, project.root).removed}
    assert removed["configuration.conda.pandas"] == "settings/settings.configuration.EXP_01.yaml:1:19"
    assert removed["environment.table.a"] == "settings/settings.environment.yaml:2:21"


def test_keys_of_aliases_and_integers(sectioned: Sectioned) -> None:
    """As in other files: a field's other key, an integer as a key, and the name of an environment that is a number."""
    files = {
        "settings/settings.configuration.EXP_01.yaml": "classes: {1: one}",
        "settings/settings.environment.yaml": "2024:\n  READ_DATABASE: x\n  target: t\n",
        "settings/settings.yaml": "environment: {TARGET_DATABASE: low}",
    }
    project = sectioned(files)
    config = dump(resolve(project, "train", "EXP_01", "2024").config)
    assert (config["configuration"]["classes"], config["environment"]["target"]) == ({"1": "one"}, "t")
    assert (
        _origins(project, "EXP_01", "2024")["environment.TARGET_DATABASE"] == "settings/settings.environment.yaml:3:11"
    )


def test_variables_and_options_name_the_section(sectioned: Sectioned) -> None:
    """Like all key paths."""
    project = sectioned()
    options = ["configuration.model.alpha=7", "environment.READ_DATABASE=opt"]
    config = dump(resolve(project, "train", "EXP_01", "dev", options).config)
    assert (config["configuration"]["model"]["alpha"], config["environment"]["READ_DATABASE"]) == (7.0, "opt")


def test_an_empty_file_is_an_empty_section(sectioned: Sectioned) -> None:
    """It sets no key; the environment whose block is empty has one, too."""
    files = {
        "settings/settings.configuration.EXP_01.yaml": "# nothing\n",
        "settings/settings.environment.yaml": "e: {}",
    }
    files["settings/settings.yaml"] = "environment: {READ_DATABASE: x}"
    config = dump(resolve(sectioned(files), "train", "EXP_01", "e").config)
    assert (config["configuration"]["target"], config["environment"]["READ_DATABASE"]) == ("runtime", "x")


@pytest.mark.parametrize(
    ("names", "place", "text"),
    [
        (["configuration", "sweep"], "2:30", "`sweep` is reserved"),
        (["extra", "environment", "extra"], "2:37", "`extra` is listed twice"),
    ],
)
def test_a_list_that_cannot_be(
    sectioned: Sectioned, findings: Problems, names: list[str], place: str, text: str
) -> None:
    """The manifest itself is wrong, whatever the model is."""
    (problem,) = findings(sectioned, {}, *names)
    assert (problem.rule.name, str(problem.location)) == ("bad-section", f"typedflow.toml:{place}")
    assert problem.message.startswith(text)


@pytest.mark.parametrize(
    ("name", "text", "label"),
    [
        ("configuratoin", "`configuratoin` is not a field of Settings", "did you mean `configuration`?"),
        ("weights", "`weights` is not a field of Settings", ""),
        ("project", "`project` is not a model or a mapping", ""),
        ("label", "`label` is not a model or a mapping", ""),
    ],
)
def test_a_name_that_is_no_section(sectioned: Sectioned, findings: Problems, name: str, text: str, label: str) -> None:
    """Where a variant is resolved, too, at the element of the list."""
    (problem,) = findings(resolve, sectioned({}, "configuration", name), "train", "EXP_01")
    assert (problem.rule.name, str(problem.location), problem.label) == ("bad-section", "typedflow.toml:2:30", label)
    assert problem.message.startswith(text)


@pytest.mark.parametrize("name", ["configuration", "environment", "extra", "anything"])
def test_a_name_that_is_a_section(sectioned: Sectioned, name: str) -> None:
    """A model, one that may be None, a mapping, anything."""
    assert sectioned({}, name).model_of("train").__name__ == "Settings"


def test_a_file_extends_that_of_another_binding_in_its_section(sectioned: Sectioned, findings: Problems) -> None:
    """Other sections of that binding stay out of it."""
    files = {
        "settings/settings.extra.EXP_01.yaml": "a: 1",
        "settings/settings.extra.EXP_02.yaml": "b: 2",
        "settings/settings.configuration.EXP_02.yaml": "$extends: EXP_01\n$merge: {append: [features]}\nfeatures: [c]",
        "settings/settings.extra.EXP_03.yaml": "$extends: EXP_04",
    }
    project = sectioned(files, "configuration", "extra")
    config = dump(resolve(project, "train", "EXP_02").config)
    assert (config["configuration"]["target"], config["configuration"]["features"]) == ("bmi", ["a", "b", "c"])
    assert config["extra"] == {"b": 2}
    assert _origins(project, "EXP_02")["configuration.target"] == "settings/settings.configuration.EXP_01.yaml:1:9"
    (problem,) = findings(resolve, project, "train", "EXP_03")
    assert (problem.rule.name, str(problem.location)) == ("unknown-binding", "settings/settings.extra.EXP_03.yaml:1:11")
    assert problem.hint.startswith("create settings/settings.extra.EXP_04.yaml")


UNITS = """
sections = ["configuration", "serving"]

[flows.train]
file = "train.py"
model = "model.py:Settings"
bindings = ["EXP_*"]

[flows.serve]
file = "serve.py"
model = "model.py:Serving"
bindings = ["EXP_01"]
"""


def test_a_section_may_be_a_field_of_another_units_model(sectioned: Sectioned, findings: Problems) -> None:
    """Each unit reads the sections that its own model has; what no model has is unknown."""
    serving = (
        "\n\nclass Port(ConfigModel):\n    port: int = 1\n\n\nclass Serving(ConfigModel):\n    serving: Port = Port()\n"
    )
    files = {
        "typedflow.toml": UNITS,
        "model.py": MODEL + serving,
        "settings/settings.serving.yaml": "port: 5",
        "settings/settings.serving.EXP_01.yaml": "port: 6",
    }
    project = sectioned(files)
    assert dump(resolve(project, "serve", "EXP_01").config) == {"serving": {"port": 6}}
    assert dump(resolve(project, "train", "EXP_01").config)["configuration"]["target"] == "bmi"
    project = sectioned({**files, "settings/settings.serving.EXP_02.yaml": "port: 7"})
    (problem,) = findings(resolve, project, "train", "EXP_02")
    assert (problem.rule.name, str(problem.location)) == ("unknown-key", "settings/settings.serving.EXP_02.yaml")
    project = sectioned({**files, "typedflow.toml": UNITS.replace('"serving"', '"serve"')})
    for unit in ("train", "serve"):
        (problem,) = findings(resolve, project, unit, "EXP_01")
        assert (problem.rule.name, str(problem.location)) == ("bad-section", "typedflow.toml:2:30")
        assert problem.message.startswith("`serve` is not a field of Settings or Serving")


def test_problems_of_merging_hide_no_others(sectioned: Sectioned, findings: Problems) -> None:
    """Neither in the section nor in its file."""
    files = {"settings/settings.configuration.EXP_01.yaml": "conda: 5\nmodel: {alpha: x}\ntraget: y"}
    found = findings(resolve, sectioned(files), "train", "EXP_01")
    assert [(item.rule.name, str(item.location).rpartition("EXP_01.yaml:")[2]) for item in found] == [
        ("kind-conflict", "1:1"),
        ("invalid-value", "2:16"),
        ("unknown-key", "3:1"),
    ]


def test_a_section_that_no_file_sets(sectioned: Sectioned, findings: Problems) -> None:
    """The hint says which file to create, or which environment to select."""
    model = MODEL.replace("Configuration = Configuration()", "Configuration").replace(
        "Environment | None = None", "Environment"
    )
    project = sectioned({"model.py": model})
    (problem,) = findings(resolve, project, "train", "EXP_01")
    assert problem.message == "`environment` is missing; Settings requires it, and no environment is selected"
    assert str(problem.location) == "settings/settings.environment.yaml"
    assert problem.hint == (
        "select one of `dev`, `prod`: `--env dev`, TYPEDFLOW_ENV, or"
        ' `default = "dev"` in `[environments]` of typedflow.toml'
    )
    for name in FILES:
        (project.root / name).unlink()
    project = sectioned({**dict.fromkeys(FILES), "model.py": model})
    blocks = "settings/settings.environment.yaml, with a block for each environment"
    assert [item.hint for item in findings(resolve, project, "train", "default")] == [
        "create settings/settings.configuration.yaml, or set `configuration` in settings/settings.yaml",
        f"create {blocks}, or set `environment` in settings/settings.yaml",
    ]


def test_a_misspelled_block_is_a_related_place(sectioned: Sectioned, findings: Problems) -> None:
    """What is misspelled may be the block, not what selects it: its place is named."""
    project = sectioned()
    (problem,) = findings(resolve, project, "train", "EXP_01", "prd")
    assert problem.label == "did you mean `prod`?"
    assert [str(each.location) for each in problem.related] == ["settings/settings.environment.yaml:3:1"]
    (far,) = findings(resolve, project, "train", "EXP_01", "unlike")
    assert far.related == ()


def test_an_extended_file_of_a_section_is_for_all_models(sectioned: Sectioned, findings: Problems) -> None:
    """Its keys are those of the models of the units whose bindings extend it there."""
    serving = "class Serving(ConfigModel):\n    configuration: Port = Port()\n"
    other = f"\n\nclass Port(ConfigModel):\n    port: int = 1\n\n\n{serving}"
    files = {
        "typedflow.toml": UNITS.replace(', "serving"', ""),
        "model.py": MODEL + other,
        "settings/settings.configuration.EXP_01.yaml": "$extends: BASE",
        "settings/settings.configuration.BASE.yaml": "port: 5\ntarget: z",
    }
    project = sectioned(files)
    assert dump(resolve(project, "serve", "EXP_01").config) == {"configuration": {"port": 5}}
    assert dump(resolve(project, "train", "EXP_01").config)["configuration"]["target"] == "z"
    project = sectioned({**files, "settings/settings.configuration.BASE.yaml": "portt: 5"})
    (problem,) = findings(resolve, project, "serve", "EXP_01")
    assert (problem.rule.name, problem.label) == ("unknown-key", "did you mean `port`?")

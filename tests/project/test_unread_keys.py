"""Missing keys that a misnamed settings file sets."""

from collections.abc import Callable

import pytest

from typedflow.project import LoadedProject, resolve
from typedflow.values import Diagnostic

Make = Callable[..., LoadedProject]
Findings = Callable[..., list[Diagnostic]]

MODEL = """\
from typedflow import ConfigModel

class Model(ConfigModel):
    alpha: float
    kind: str = "ols"

class Settings(ConfigModel):
    model: Model
    title: str = ""
"""
DEV = "settings/settings.environment.dev.yaml"

#: A misnamed file, the other files, the location of the finding, and the hint.
CASES = {
    "global": ("settings/setting.yaml", {}, "settings/setting.yaml:1:1", "rename the file to `settings.yaml`"),
    "beside another file": (
        "settings/setting.yaml",
        {DEV: "title: x\n"},
        "settings/setting.yaml:1:1",
        "rename the file to `settings.yaml`",
    ),
    "one key of several": (
        "settings/setting.yaml",
        {DEV: "model: {kind: ridge}\n"},
        "settings/setting.yaml:2:3",
        "rename the file to `settings.yaml`",
    ),
    "of an environment": (
        "settings/settings.enviroment.dev.yaml",
        {DEV.replace("yaml", "json"): "{}", "settings/settings.yaml": "title: x\n"},
        "settings/settings.yaml",
        "add `model`",
    ),
    "of the binding": (
        "settings/settings.config.default.yaml",
        {"settings/settings.yaml": "title: x\n"},
        "settings/settings.config.default.yaml:1:1",
        "rename the file to `settings.configuration.default.yaml`",
    ),
    "of another environment": (
        "settings/settings.env.prod.yaml",
        {"settings/settings.yaml": "title: x\n"},
        "settings/settings.yaml",
        "add `model`",
    ),
    "with another suffix": (
        "settings/settings.txt",
        {DEV: "title: x\n"},
        "settings/settings.txt:1:1",
        "rename the file to `settings.yaml`",
    ),
    "no name is likely": (
        "settings/settings.base.yaml",
        {DEV: "title: x\n"},
        "settings/settings.base.yaml:1:1",
        "rename the file to that of a layer",
    ),
}


@pytest.mark.parametrize(("name", "others", "place", "hint"), CASES.values(), ids=CASES)
def test_a_missing_key_is_where_nothing_reads_it(
    make: Make, findings: Findings, name: str, others: dict[str, str], place: str, hint: str
) -> None:
    """The misnamed file that sets the key is reported, not an unrelated file."""
    project = make({"model.py": MODEL, name: "model:\n  alpha: 0.1\n", **others})
    environment = "dev" if any("environment.dev" in other for other in others) else None
    [found] = findings(resolve, project, "report", environment=environment)
    assert (found.rule.name, str(found.location), found.hint) == ("missing-key", place, hint)
    assert (f"and no layer reads `{name}`, which sets it" in found.message) is (not place.endswith("settings.yaml"))


@pytest.mark.parametrize("key", ["alpha", "Alpha", "rate"])
def test_a_missing_field_is_found_by_any_of_its_keys(make: Make, findings: Findings, key: str) -> None:
    """The unread file may use another key of the field than the finding."""
    field = 'Field(validation_alias=AliasChoices("alpha", "Alpha", "rate"))'
    model = MODEL.replace("alpha: float", f"alpha: float = {field}")
    model = f"from pydantic import AliasChoices, Field\n{model}"
    project = make({"model.py": model, "settings/setting.yaml": f"model:\n  {key}: 0.1\n", DEV: "model: {kind: a}\n"})
    [found] = findings(resolve, project, "report", environment="dev")
    assert (found.rule.name, str(found.location)) == ("missing-key", "settings/setting.yaml:2:3")


def test_a_misnamed_file_that_cannot_be_read(make: Make, findings: Findings) -> None:
    """Its errors are not reported: no layer reads it."""
    project = make({"model.py": MODEL, "settings/setting.yaml": "model: [", DEV: "title: x\n"})
    [found] = findings(resolve, project, "report", environment="dev")
    assert str(found.location) == DEV


#: A misnamed file of a requested layer, and the layer's key.
LAYERS = {
    "settings/settings.enviroment.prod.yaml": {"environment": "prod"},
    "settings/prod.yaml.bak": None,
    "settings/settings.config.EXP_01.yaml": {"binding": "EXP_01"},
}


@pytest.mark.parametrize(("name", "asked"), LAYERS.items(), ids=LAYERS)
def test_a_layer_whose_file_is_misnamed(
    make: Make, findings: Findings, name: str, asked: dict[str, str] | None
) -> None:
    """If an environment or a binding is missing, the hint is to rename its misnamed file, and not another."""
    project = make({name: "", "settings/settings.configuration.EXP_02.yaml": ""})
    [found] = findings(resolve, project, "train", **(asked or {"binding": "EXP_02", "environment": "prod"}))
    is_renamed = found.hint.startswith(f"rename `{name.rpartition('/')[2]}` to `settings.")
    assert is_renamed is (asked is not None)
    assert found.label == ""


def test_a_field_of_a_section_of_another_flows_model(make: Make, findings: Findings) -> None:
    """In a shared file, the hint about the section is the same from whichever flow reads it."""
    models = "from typedflow import ConfigModel\n"
    for name, field in (("Train", "epochs"), ("Serve", "port")):
        models += f"class {name}Part(ConfigModel):\n    {field}: int = 1\n"
        models += f"class {name}(ConfigModel):\n    configuration: {name}Part = {name}Part()\n"
    flows = "".join(
        f'[flows.{name.lower()}]\nfile = "{name}.py"\nmodel = "model.py:{name}"\nbindings = ["A"]\n'
        for name in ("Train", "Serve")
    )
    file = "settings/settings.configuration.A.yaml"
    project = make({"typedflow.toml": flows, "model.py": models, file: "epochs: 3\nport: 4\n"})
    for unit in ("train", "serve"):
        hints = [item.hint for item in findings(resolve, project, unit, "A")]
        assert hints == ['it is a field of `configuration`: write `sections = ["configuration"]` in typedflow.toml'] * 2

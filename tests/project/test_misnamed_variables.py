"""Environment variables that nothing reads."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from pydantic import BaseModel

from typedflow.models import ConfigModel
from typedflow.project import LoadedProject, misnamed_for, misnamed_variables, resolve, unread_variables
from typedflow.values import Diagnostic, Severity

Make = Callable[..., LoadedProject]
Findings = Callable[..., list[Diagnostic]]

SECRET = "sk-4f9a1c7e2b8d6035"  # noqa: S105 # no message shows it

#: Variables, and the names that they should have; the model's fields are name, model, features, tags and table.
MEANT = {
    "TYPEDFLOW__MODEL__EPOCHS": "TYPEDFLOW__SETTINGS__MODEL__EPOCHS",
    "TYPEDFLOW__NAME": "TYPEDFLOW__SETTINGS__NAME",
    "TYPEDFLOW__MODEL_EPOCHS": "TYPEDFLOW__SETTINGS__MODEL__EPOCHS",
    "TYPEDFLOW__TABLE__Aa": "TYPEDFLOW__SETTINGS__TABLE__Aa",
    "TYPEDFLOW__SETINGS__MODEL__EPOCHS": "TYPEDFLOW__SETTINGS__MODEL__EPOCHS",
    "TYPEDFLOW__CONFIG__NAME": "TYPEDFLOW__SETTINGS__NAME",
    "TYPEDFLOW_SETTINGS__MODEL__EPOCHS": "TYPEDFLOW__SETTINGS__MODEL__EPOCHS",
    "TYPEDFLOW___SETTINGS__NAME": "TYPEDFLOW__SETTINGS__NAME",
    "TYPEDFLOW__SETTINGS_MODEL__EPOCHS": "TYPEDFLOW__SETTINGS__MODEL__EPOCHS",
    "TYPEDFLOW_SETTINGS_MODEL_EPOCHS": "TYPEDFLOW__SETTINGS__MODEL__EPOCHS",
    "TYPEDFLOW_SETTINGS_NAME": "TYPEDFLOW__SETTINGS__NAME",
    "TYPEDFLOW_MODEL__EPOCHS": "TYPEDFLOW__SETTINGS__MODEL__EPOCHS",
    "TYPEDFLOW_MODEL_EPOCHS": "TYPEDFLOW__SETTINGS__MODEL__EPOCHS",
    "TYPEDFLOW_MODEL_EPOCH": "TYPEDFLOW__SETTINGS__MODEL__EPOCHS",
    "TYPEDFLOW_SETTING_MODEL_EPOHCS": "TYPEDFLOW__SETTINGS__MODEL__EPOCHS",
    "TYPEDFLOW_MODEL_LEARNING-RATE": "TYPEDFLOW__SETTINGS__MODEL__LEARNING-RATE",
    "TYPEDFLOW_TABLE_SOME_KEY": "TYPEDFLOW__SETTINGS__TABLE__SOME_KEY",
    "TYPEDFLOW_NAME": "TYPEDFLOW__SETTINGS__NAME",
    "TYPEDFLOW_SETTING_MODEL_EPOCHS": "TYPEDFLOW__SETTINGS__MODEL__EPOCHS",
    "TYPEDFLOW_SETTING_NAME": "TYPEDFLOW__SETTINGS__NAME",
    "TYPEDFLOW_CONFIG_MODEL_EPOCHS": "TYPEDFLOW__SETTINGS__MODEL__EPOCHS",
    "TYPEDFLOW__SETTING_MODEL_EPOCHS": "TYPEDFLOW__SETTINGS__MODEL__EPOCHS",
    "typedflow__model__epochs": "TYPEDFLOW__SETTINGS__model__epochs",
    "TYPEDFLOW__SETTINGS": "TYPEDFLOW__SETTINGS__KEY",
    "TYPEDFLOW__ENV": "TYPEDFLOW_ENV",
    "typedflow_binding": "TYPEDFLOW_BINDING",
}

#: Variables that are read, or that may belong to another program.
OTHERS = (
    *("TYPEDFLOW__SETTINGS__NAME", "typedflow__settings__name", "TYPEDFLOW__SETTINGS__NO_FIELD"),
    *("TYPEDFLOW_ENV", "TYPEDFLOW_BINDING", "TYPEDFLOW_TRACEBACK", "TYPEDFLOW_SETTINGS"),
    *(
        "TYPEDFLOW_MODEL_REGISTRY",
        "TYPEDFLOW_NAMES",
        "TYPEDFLOW_TEST_NAME",
        "TYPEDFLOW_NAME_OF",
        "TYPEDFLOW__",
        "TYPEDFLOW_",
    ),
    *("TYPEDFLOW__OTHER__KEY", "TYPEDFLOW_UNRELATED", "TYPEDFLOW", "MODEL__EPOCHS"),
)


def _label(name: str) -> str:
    return f"did you mean `{name}`?"


@pytest.mark.parametrize(("name", "meant"), MEANT.items(), ids=MEANT)
def test_a_misnamed_variable_is_an_error(make: Make, findings: Findings, name: str, meant: str) -> None:
    """A variable whose config is missing, misspelled or joined by one underscore is an error."""
    [found] = findings(resolve, make({}, {name: SECRET}), "report")
    assert (found.rule.code, str(found.location), found.severity) == ("TF517", name, Severity.ERROR)
    assert found.label == _label(meant)
    assert "the config is `settings`" in found.message
    assert SECRET not in repr(found)


@pytest.mark.parametrize("name", OTHERS)
def test_another_variable_is_none(make: Make, name: str) -> None:
    """A variable that is read, or that may have another purpose, is not an error."""
    project = make({}, {name: "1"})
    assert misnamed_variables(project) == []


def test_all_of_them_are_found(make: Make, findings: Findings) -> None:
    """All misnamed variables are reported."""
    names = ("TYPEDFLOW__NAME", "TYPEDFLOW__SETINGS__NAME")
    found = findings(resolve, make({}, dict.fromkeys(names, "x")), "report")
    assert [str(item.location) for item in found] == list(names)


MANIFEST = """\
model = "model.py:Settings"

[flows.train]
file = "flows/train.py"
config = "train-config"

[flows.report]
file = "flows/report.py"
"""
FLOW = """\
class Report:
    own = Config("name", model=Own)
    other = typedflow.Config(
        name="eval", model=Own)
"""


def test_a_project_with_several_configs(make: Make) -> None:
    """Each flow's config counts in any flow's process, and so do a flow's additional configs."""
    files = {"typedflow.toml": MANIFEST, "flows/report.py": FLOW}
    known = (
        "TYPEDFLOW__TRAIN_CONFIG__NAME",
        "TYPEDFLOW__SETTINGS__NAME",
        "TYPEDFLOW__NAME__MODEL",
        "TYPEDFLOW__EVAL__NAME",
    )
    misnamed = {
        "TYPEDFLOW__TRIAN_CONFIG__NAME": "TYPEDFLOW__TRAIN_CONFIG__NAME",
        "TYPEDFLOW__SETINGS__NAME": "TYPEDFLOW__SETTINGS__NAME",
        "TYPEDFLOW__TRAIN_CONFIG_NAME": "TYPEDFLOW__TRAIN_CONFIG__NAME",
        "TYPEDFLOW_EVAL__NAME": "TYPEDFLOW__EVAL__NAME",
    }
    project = make(files, dict.fromkeys([*known, *misnamed], "1"))
    found = misnamed_variables(project)
    assert {str(item.location): item.label for item in found} == {
        name: _label(meant) for name, meant in misnamed.items()
    }
    assert "the configs are `settings`, `train-config`" in found[0].message


NESTED = """\
from typedflow import ConfigModel

class Optimizer(ConfigModel):
    lr: float = 0.1
    lr_decay: float = 0.1

class Model(ConfigModel):
    optimizer: Optimizer = Optimizer()
    optimizer_name: str = ""

class Settings(ConfigModel):
    model: Model = Model()
    model_dir: str = ""
"""


@pytest.mark.parametrize(
    ("name", "meant"),
    {
        "TYPEDFLOW_MODEL_OPTIMIZER_LR": "MODEL__OPTIMIZER__LR",
        "TYPEDFLOW_SETTINGS_MODEL_OPTIMIZER_LR_DECAY": "MODEL__OPTIMIZER__LR_DECAY",
        "TYPEDFLOW_MODEL_OPTIMIZER_NAME": "MODEL__OPTIMIZER_NAME",
        "TYPEDFLOW_MODEL_DIR": "MODEL_DIR",
        "TYPEDFLOW__MODEL_OPTIMIZER__LR": "MODEL__OPTIMIZER__LR",
    }.items(),
)
def test_words_joined_by_one_underscore_are_keys(make: Make, name: str, meant: str) -> None:
    """A key that contains underscores is one word."""
    project = make({"model.py": NESTED}, {name: "1"})
    [found] = misnamed_variables(project)
    assert found.label == _label(f"TYPEDFLOW__SETTINGS__{meant}")


class Inner(ConfigModel):
    """A sub-model."""

    lr: float = 0.1


class Train(ConfigModel):
    """The config of a flow."""

    inner: Inner = Inner()
    epochs: int = 1


class Report(ConfigModel):
    """Another config of the flow."""

    title: str = ""


#: Variables of a flow that has the configs `train` and `report`, and the names that they should have.
ALONE: dict[str, str | None] = {
    "TYPEDFLOW__TRIAN__EPOCHS": "TYPEDFLOW__TRAIN__EPOCHS",
    "TYPEDFLOW_TRAIN__EPOCHS": "TYPEDFLOW__TRAIN__EPOCHS",
    "TYPEDFLOW__TRAIN_INNER__LR": "TYPEDFLOW__TRAIN__INNER__LR",
    "TYPEDFLOW__INNER__LR": "TYPEDFLOW__TRAIN__INNER__LR",
    "TYPEDFLOW__TITLE": "TYPEDFLOW__REPORT__TITLE",
    "TYPEDFLOW_INNER_LR": "TYPEDFLOW__TRAIN__INNER__LR",
    "TYPEDFLOW_TRIAN_INNER_LR": "TYPEDFLOW__TRAIN__INNER__LR",
    "TYPEDFLOW__REPROT__TITLE": "TYPEDFLOW__REPORT__TITLE",
    "TYPEDFLOW__TRAIN__EPOCHS": None,
    "TYPEDFLOW__TRAIN__NO_FIELD": None,
    "TYPEDFLOW__TRAINING__EPOCHS": None,
    "TYPEDFLOW__TRAIN2__EPOCHS": None,
    "TYPEDFLOW__OTHER__EPOCHS": None,
    "TYPEDFLOW__INNER__PATH": None,
    "TYPEDFLOW_INNER_PATH": None,
    "TYPEDFLOW_OTHER_INNER_LR": None,
    "TYPEDFLOW__TRAIN_INNER__PATH": None,
    "TYPEDFLOW__REPORTS__TITLE": None,
    "TYPEDFLOW__ENV": None,
}


@pytest.mark.parametrize(("name", "meant"), ALONE.items(), ids=ALONE)
def test_a_flow_without_a_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, meant: str | None
) -> None:
    """A name that can mean only one config of the flow is an error of that config; other flows share the variables."""
    (tmp_path / "other.py").write_text("reports = Config('reports')\n", encoding="utf-8")
    monkeypatch.setenv(name, SECRET)
    configs: dict[str, type[BaseModel]] = {"train": Train, "report": Report}
    found = [item for config in configs for item in misnamed_for(config, configs, tmp_path)]
    assert [(str(item.location), item.label) for item in found] == ([(name, _label(meant))] if meant else [])


#: Variables that nothing reads if the configs are `settings` and `train`, and their message and label.
UNREAD: Mapping[str, tuple[str, str] | None] = {
    "TYPEDFLOW__OTHER__KEY": ("no flow of the project has a typed config `other`", ""),
    "TYPEDFLOW__TRIAN__KEY": ("no flow of the project has a typed config `trian`", _label("TYPEDFLOW__TRAIN__KEY")),
    "TYPEDFLOW_TRAIN__KEY": ("names have two underscores", _label("TYPEDFLOW__TRAIN__KEY")),
    "TYPEDFLOW_TRAIN_KEY": ("names have two underscores", ""),
    "TYPEDFLOW__": ("the name has no config and no key", ""),
    "TYPEDFLOW__KEY": ("no flow of the project has a typed config `key`", ""),
    "TYPEDFLOW_ENVIRONMENT": ("no command reads this variable", _label("TYPEDFLOW_ENV")),
    "TYPEDFLOW_BINDNG": ("no command reads this variable", _label("TYPEDFLOW_BINDING")),
    "TYPEDFLOW__TRAIN__KEY": None,
    "TYPEDFLOW__SETTINGS__KEY": None,
    "TYPEDFLOW_ENV": None,
    "TYPEDFLOW_UNRELATED": None,
    "TYPEDFLOW_TRAIN": None,
    "PATH": None,
}


@pytest.mark.parametrize(("name", "said"), UNREAD.items(), ids=UNREAD)
def test_a_variable_of_no_config_is_a_warning(name: str, said: tuple[str, str] | None) -> None:
    """If all configs are known, variables that none of them reads are reported, with a suggestion."""
    found = list(unread_variables({name: SECRET}, ["settings", "train"]))
    assert [str(item.location) for item in found] == ([name] if said else [])
    for item in found:
        assert said
        assert (item.rule.code, item.severity) == ("TF517", Severity.WARNING)
        assert item.message.startswith(said[0])
        assert item.label == said[1]
        assert item.label or "`settings`, `train`" in item.hint
        assert SECRET not in repr(item)

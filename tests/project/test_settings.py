"""Settings files, bindings and environments."""

from collections.abc import Callable
from pathlib import Path

import pytest

from typedflow.project import LoadedProject, resolve
from typedflow.values import Diagnostic
from typedflow.workspace import read_source

Make = Callable[..., LoadedProject]
Findings = Callable[..., list[Diagnostic]]

DEFAULT = """
[environments]
default = "dev"
"""

ENVIRONMENTS = {
    f"settings/settings.environment.{name}.yaml": f"name: {name}" for name in ("dev", "prod", "staging", "other")
}


def _with(*lines: str, bindings: str = '["default"]') -> dict[str, str]:
    flows = f'[flows.train]\nfile = "flows/train.py"\nbindings = {bindings}\n'
    return {"typedflow.toml": 'model = "model.py:Settings"\n' + flows + "\n".join(lines)}


@pytest.mark.parametrize(
    ("suffix", "text"), [("toml", 'name = "x"'), ("yaml", "name: x"), ("yml", "name: x"), ("json", '{"name": "x"}')]
)
def test_a_format_is_told_by_suffix(make: Make, suffix: str, text: str) -> None:
    """Settings are TOML, YAML or JSON."""
    project = make({f"settings/settings.{suffix}": text})
    assert resolve(project, "report").config.model_dump()["name"] == "x"


def test_files_are_told_by_name(make: Make) -> None:
    """Global, environment and binding files are recognized by their names; others are ignored."""
    names = (
        *("settings.yaml", "settings.configuration.EXP_01.yaml", "settings.configuration.a.b.toml"),
        *("settings.environment.prod.json", "settings.other.yaml", "settings.configuration.yaml", "settings.txt"),
        *("settings.configuration..yaml", "other.yaml", "settings.configuration.EXP_02.txt", "README.md"),
    )
    files = make({f"settings/{name}": "{}" if name.endswith("json") else "" for name in names}).files
    assert [file.path.name for file in files.base] == ["settings.yaml"]
    assert sorted(files.bindings) == ["EXP_01", "a.b"]
    assert sorted(files.environment_files) == ["prod"]


def test_no_settings_are_needed(make: Make) -> None:
    """A project whose directory is empty has the model's defaults."""
    assert resolve(make(), "report").config.model_dump()["name"] == "unnamed"


def test_a_missing_directory_is_a_diagnostic(make: Make, findings: Findings) -> None:
    """A missing settings directory is reported, with the way to name another."""
    project = make({"typedflow.toml": 'model = "model.py:Settings"\nsettings = "conf"\n[flows.train]\nfile = "a"'})
    (problem,) = findings(resolve, project, "train")
    assert (problem.rule.name, str(problem.location)) == ("missing-file", "typedflow.toml:2:12")


def test_two_files_of_one_layer_are_ambiguous(make: Make, findings: Findings) -> None:
    """Two files for one layer are ambiguous; all such pairs are reported."""
    names = ("settings.yaml", "settings.toml", "settings.configuration.a.json", "settings.configuration.a.yml")
    project = make({f"settings/{name}": "" for name in names})
    found = findings(lambda: project.files)
    assert [(item.rule.name, str(item.location), str(item.related[0].location)) for item in found] == [
        ("ambiguous-layer", "settings/settings.configuration.a.yml", "settings/settings.configuration.a.json"),
        ("ambiguous-layer", "settings/settings.yaml", "settings/settings.toml"),
    ]


def test_an_environment_can_be_named(make: Make) -> None:
    """A name wins over the default."""
    project = make({**_with(DEFAULT), **ENVIRONMENTS})
    resolved = resolve(project, "train", environment="staging")
    assert (resolved.variant.environment, resolved.config.model_dump()["name"]) == ("staging", "staging")


def test_an_unknown_environment_is_a_diagnostic(make: Make, findings: Findings) -> None:
    """The finding lists the environments, suggests one, and names the file to create."""
    project = make({**_with(), **ENVIRONMENTS})
    (problem,) = findings(resolve, project, "train", environment="pord")
    assert (problem.rule.name, problem.label) == ("unknown-environment", "did you mean `prod`?")
    assert problem.message == "there is no environment `pord`; the project has `dev`, `other`, `prod`, `staging`"
    assert "settings/settings.environment.pord.yaml" in problem.hint


def test_a_flow_without_bindings_has_the_default(make: Make) -> None:
    """If no bindings are declared, there is one, which needs no file."""
    project = make()
    assert project.bindings("report") == ("default",)
    assert project.chosen_binding(project.unit("report"), None) == "default"


def test_bindings_are_globs_over_files(make: Make) -> None:
    """Declared bindings are matched with the files, in the order of declaration, each once."""
    files = {f"settings/settings.configuration.{name}.yaml": "" for name in ("EXP_01", "EXP_02", "other")}
    project = make({**_with(bindings='["other", "EXP_*", "*", "default"]'), **files})
    assert project.bindings("train") == ("other", "EXP_01", "EXP_02", "default")


def test_a_declared_binding_needs_a_file(make: Make, findings: Findings) -> None:
    """Each declaration that matches no file is reported at its location."""
    files = {"settings/settings.configuration.EXP_01.yaml": ""}
    project = make({**_with(bindings='["EXP_10", "EXP_01", "TEST_*"]'), **files})
    found = findings(project.bindings, "train")
    assert [(item.rule.name, str(item.location), item.label) for item in found] == [
        ("unknown-binding", "typedflow.toml:4:13", "did you mean `EXP_01`?"),
        ("unknown-binding", "typedflow.toml:4:33", ""),
    ]


def test_one_of_several_bindings_must_be_named(make: Make, findings: Findings) -> None:
    """The only binding is chosen automatically; of several, one must be named."""
    files = {f"settings/settings.configuration.{name}.yaml": "" for name in ("EXP_01", "EXP_02")}
    project = make(files)
    assert project.chosen_binding(project.unit("train"), "EXP_02") == "EXP_02"
    (problem,) = findings(project.chosen_binding, project.unit("train"), None)
    assert problem.message == "`train` has the bindings `EXP_01`, `EXP_02`, and none is named"
    assert "--binding EXP_01" in problem.hint


def test_an_unknown_binding_is_a_diagnostic(make: Make, findings: Findings) -> None:
    """The finding lists the flow's bindings and suggests one."""
    project = make({"settings/settings.configuration.EXP_01.yaml": ""})
    (problem,) = findings(resolve, project, "train", "EXP_O1")
    assert (problem.rule.name, problem.label) == ("unknown-binding", "did you mean `EXP_01`?")
    assert problem.message == "there is no binding `EXP_O1`; `train` has `EXP_01`"
    assert str(problem.location) == "typedflow.toml:6:12"


def test_a_binding_of_another_flow_is_a_diagnostic(make: Make, findings: Findings) -> None:
    """A binding that has a file, but is not declared for the flow, can be added to it."""
    project = make(
        {"settings/settings.configuration.OTHER.yaml": "", "settings/settings.configuration.EXP_01.yaml": ""}
    )
    (problem,) = findings(resolve, project, "train", "OTHER")
    assert problem.message == "`train` is not instantiated under the binding `OTHER`; `train` has `EXP_01`"
    assert problem.hint == 'add "OTHER" to `bindings` of `flows.train`'
    (problem,) = findings(resolve, project, "report", "OTHER")
    assert str(problem.location) == "typedflow.toml:8:8"


def test_an_unknown_flow_is_a_diagnostic(make: Make, findings: Findings) -> None:
    """The finding lists the existing flows."""
    (problem,) = findings(resolve, make(), "trian")
    assert (problem.rule.name, problem.label) == ("unknown-flow", "did you mean `train`?")
    assert problem.message == "`trian` is not a flow of this project; its flows: `train`, `report`"


def test_a_flow_is_known_by_its_file(make: Make, findings: Findings) -> None:
    """A flow's file leads to its name; another file can be added."""
    project = make()
    assert project.unit_of(project.root / "flows" / ".." / "flows" / "report.py").name == "report"
    (problem,) = findings(project.unit_of, project.root / "flows" / "new.py")
    assert (problem.rule.name, problem.hint) == ("unknown-flow", 'add `[flows.new]` with `file = "flows/new.py"`')


def test_what_is_wrong_with_each_file_is_found(make: Make, findings: Findings) -> None:
    """Every file of a variant is read before anything is reported, each finding with its case."""
    project = make(
        {
            "settings/settings.yaml": "a: 1\na: 2",
            "settings/settings.configuration.EXP_01.yaml": "b: [",
        }
    )
    found = findings(resolve, project, "train", "EXP_01", environment="none")
    assert [(item.rule.name, [case.binding for case in item.cases]) for item in found] == [
        ("duplicate-key", ["EXP_01"]),
        ("unknown-environment", ["EXP_01"]),
        ("invalid-syntax", ["EXP_01"]),
    ]


def test_shared_files_are_read_once(make: Make) -> None:
    """Global and environment settings are parsed once for all variants."""
    files = {"settings/settings.yaml": "name: a", "settings/settings.environment.dev.yaml": "name: b"}
    project = make(files)
    first, second = resolve(project, "train", environment="dev"), resolve(project, "report", environment="dev")
    assert first.merged.stack[0] is second.merged.stack[0]
    assert first.merged.stack[1] is second.merged.stack[1]


def test_a_missing_file_is_a_diagnostic(tmp_path: Path, findings: Findings) -> None:
    """A missing file is reported, with a similar file beside it."""
    (tmp_path / "settings.yaml").touch()
    (problem,) = findings(read_source, tmp_path / "setings.yaml", tmp_path)
    assert (problem.rule.name, problem.message) == ("missing-file", "the file `setings.yaml` does not exist")
    assert problem.label == "did you mean `settings.yaml`?"
    (problem,) = findings(read_source, tmp_path / "none" / "x.yaml", tmp_path)
    assert problem.hint == "create the file, or correct the path"
    (problem,) = findings(read_source, tmp_path / "settings.yaml" / "x.yaml", tmp_path)
    assert problem.rule.name == "missing-file"


def test_a_directory_is_unreadable(tmp_path: Path, findings: Findings) -> None:
    """A directory in the place of a file is reported."""
    (problem,) = findings(read_source, tmp_path)
    assert (problem.rule.name, problem.hint) == ("unreadable-file", "a file is expected here")


def test_a_loop_of_links_is_unreadable(tmp_path: Path, findings: Findings) -> None:
    """An error of the operating system is reported."""
    (tmp_path / "a.yaml").symlink_to(tmp_path / "a.yaml")
    (problem,) = findings(read_source, tmp_path / "a.yaml")
    assert (problem.rule.name, problem.hint) == ("unreadable-file", "check its permissions")


def test_no_more_is_read_than_a_config_may_be(make: Make, findings: Findings) -> None:
    """A file that is larger than any memory is rejected like one that is a little too large."""
    project = make()
    with (project.root / "settings" / "settings.yaml").open("wb") as stream:
        stream.truncate(1 << 36)
    (problem,) = findings(resolve, project, "report")
    assert (problem.rule.name, str(problem.location)) == ("too-large", "settings/settings.yaml")

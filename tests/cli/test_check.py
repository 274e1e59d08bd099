"""``typedflow check``: options, output, exit codes, fixes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Call, Project

pytestmark = pytest.mark.slow

FLOW = """\
from metaflow import FlowSpec, resources, step
from settings import Settings

from typedflow import SettingsMixin, config_expr


class {name}(SettingsMixin[Settings], FlowSpec):
    @resources(cpu=config_expr("len(settings.title)"))
    @step
    def start(self):
        self.next(self.end)

    @step
    def end(self):
        pass
"""
BINDING = "settings/settings.configuration.EXP_01.yaml"


@pytest.fixture(autouse=True)
def flows(project: Project) -> None:
    """Flows that can be imported; the project's own print and exit."""
    for name in ("training", "report"):
        project.write(f"flows/{name}.py", FLOW.format(name=name.title()))


def test_a_clean_project(spawn: Call) -> None:
    """Nothing on standard output, the summary on standard error, code 0."""
    done = spawn("check")
    assert (done.code, done.out) == (0, "")
    assert done.err == "no problems in 2 flows, 6 variants, 5 settings files\n"


def test_findings(project: Project, spawn: Call) -> None:
    """Findings are data: they go to standard output, their number to standard error; the code is 1."""
    project.write(BINDING, "model:\n  alpha: much\n  optmizer: {kind: sgd}\n")
    done = spawn("check")
    assert done.code == 1
    assert done.out.startswith(f"{BINDING}:2:10: error TF301 invalid-value: `model.alpha` is 'much'")
    assert f"{BINDING}:3:3: error TF302 unknown-key" in done.out
    assert done.err == "2 problems in 2 flows, 6 variants, 5 settings files; --fix can fix up to 1\n"


def test_warnings_count_in_a_strict_check_alone(project: Project, spawn: Call) -> None:
    """Warnings are printed, and the code is 0; with ``--strict`` it is 1. Errors are 1 with and without."""
    project.write(BINDING, "title: ${oc.env:TITLE}\n")
    done = spawn("check")
    assert done.code == 0
    assert done.out.startswith(f"{BINDING}:1:8: warning TF311 template-text: `title` contains `${{oc.env:TITLE}}`")
    assert done.err == "1 warning in 2 flows, 6 variants, 5 settings files\n"
    strict = spawn("check", "--strict")
    assert (strict.code, strict.out, strict.err) == (1, done.out, done.err)
    assert spawn("check", "--strict", "--ignore", "TF311").code == 0
    project.write(BINDING, "title: ${oc.env:TITLE}\nmodel:\n  alpha: much\n")
    for options in ((), ("--strict",)):
        done = spawn("check", *options)
        assert (done.code, done.err) == (1, "2 problems (1 warning) in 2 flows, 6 variants, 5 settings files\n")


def test_a_strict_check_has_failures_in_junit(project: Project, spawn: Call) -> None:
    """A report that fails a CI job agrees with the exit code."""
    project.write(BINDING, "title: ${oc.env:TITLE}\n")
    for options, code, failures in (((), 0, 0), (("--strict",), 1, 1)):
        done = spawn("check", "--format", "junit", *options)
        assert (done.code, f'failures="{failures}"' in done.out) == (code, True)


def test_a_text_that_is_meant_is_no_finding(project: Project, spawn: Call) -> None:
    """``typedflow.Template`` in the model ends the warning; the value is the text, and the schema is that of a text."""
    project.write(BINDING, "title: ${oc.env:TITLE}\n")
    assert spawn("schema", "export").code == 0
    text = (project.root / "flows/settings.py").read_text()
    text = text.replace("title: str", "title: Annotated[str, Template]").replace(
        "import ConfigModel", "import ConfigModel, Template"
    )
    project.write("flows/settings.py", text)
    assert spawn("check", "--strict").code == 0
    assert spawn("schema", "export", "--check").code == 0
    assert '"title": "${oc.env:TITLE}"' in spawn("show", "training", "--binding", "EXP_01", "--format", "json").out


def test_the_file_of_a_config_is_judged_by_its_model(spawn: Call, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A flow without a project: the default of its config is checked like settings."""
    folder = tmp_path_factory.mktemp("alone")
    flow = """\
        from typing import Annotated
        from metaflow import FlowSpec, step
        from typedflow import Config, ConfigModel, Template

        class Train(ConfigModel):
            path: str
            prompt: Annotated[str, Template]
            extra: dict[str, list[str]] = {}

        class Alone(FlowSpec):
            train = Config("train", model=Train, default="train.yaml")

            @step
            def start(self):
                self.next(self.end)

            @step
            def end(self):
                pass
        """
    (folder / "alone.py").write_text(dedent(flow), encoding="utf-8")
    (folder / "train.yaml").write_text(
        "path: ${x}\nprompt: ${x}\nextra:\n  packages:\n    - numpy:1\n", encoding="utf-8"
    )
    done = spawn("check", "--format", "concise", str(folder / "alone.py"))
    assert done.code == 0
    assert [line.partition("train.yaml")[2][:19] for line in done.out.splitlines()] == [
        ":1:7: warning TF311",
        ":5:7: warning TF113",
    ]


def test_paths_choose(project: Project, spawn: Call, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A flow, a settings file, a directory, and a flow that has no project."""
    project.write(BINDING, "model:\n  alpha: much\n")
    project.write("flows/report.py", FLOW.format(name="Report").replace("settings.title", "settings.titel"))
    alone = tmp_path_factory.mktemp("alone") / "alone.py"
    alone.write_text("from metaflow import FlowSpec\nclass Broken(FlowSpec):\n    x = 1 / 0\n", encoding="utf-8")

    def lines(*paths: str) -> list[str]:
        done = spawn("check", "--format", "concise", *paths)
        assert done.code == 1
        return sorted(line.split(" ")[1] for line in done.out.splitlines())

    assert lines() == lines(".") == lines("typedflow.toml") == ["TF301", "TF401"]
    assert lines("flows/training.py") == ["TF301"]
    assert lines(BINDING) == ["TF301"]
    assert lines(str(alone)) == ["TF409"]
    assert lines(BINDING, str(alone)) == ["TF301", "TF409"]


def test_variants_choose(project: Project, spawn: Call) -> None:
    """Bindings by glob, and one environment."""
    project.write(BINDING, "model:\n  alpha: much\n")
    done = spawn("check", "--binding", "EXP_02", "--env", "production", "--select", "TF3")
    assert (done.code, done.out) == (0, "")
    assert "2 flows, 1 variant" in done.err
    assert spawn("check", "--binding", "*_01").code == 1


def test_rules_choose(project: Project, spawn: Call) -> None:
    """Codes, their beginnings and names; the manifest's own count as well."""
    project.write(BINDING, "model:\n  alpha: much\n  optmizer: {kind: sgd}\n")
    for options in (
        ("--select", "TF302"),
        ("--select", "unknown-key"),
        ("--ignore", "TF301"),
        ("--ignore", "TF2,TF301"),
    ):
        assert [line.split(" ")[1] for line in spawn("check", "--format", "concise", *options).out.splitlines()] == [
            "TF302"
        ]
    manifest = (project.root / "typedflow.toml").read_text()
    project.write("typedflow.toml", manifest + '[check]\nignore = ["TF3"]\n')
    assert spawn("check").code == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--select", "TF9"], "there is no rule `TF9`"),
        (["--ignore", "unknown-kay"], "did you mean `unknown-key`?"),
        (["--env", "producton"], "did you mean `production`?"),
        (["--binding", "EXP_1"], "did you mean `EXP_01`?"),
        (["--binding", "EXP_01", "--binding", "EXP_\udcff"], r"no flow has a binding that matches `EXP_\udcff`"),
        (["nowhere"], "nowhere"),
        (["settings/settings.yml"], "did you mean `settings.yaml`?"),
        (["--jobs", "-1"], "--jobs"),
        (["--timeout", "0"], "--timeout"),
        (["--format", "xml"], "invalid choice"),
        (["--fix", "--diff"], "not allowed with"),
        (["--output-file", "nowhere/at/all\0"], ""),
    ],
)
def test_a_wrong_command_line(spawn: Call, project: Project, arguments: list[str], words: str) -> None:
    """A missing path, rule, binding or environment is reported with known ones; the code is 2; nothing is written."""
    if any("\0" in argument for argument in arguments):
        arguments = ["--output-file", "typedflow.toml/report"]
    before = project.files()
    done = spawn("check", "--no-cache", *arguments)
    assert done.code == 2
    assert words in done.err
    assert "Traceback" not in done.err
    assert project.files() == before


def test_a_binding_that_is_not_text_is_refused_whatever_else_is_wrong(project: Project, spawn: Call) -> None:
    """If a flow's own bindings are invalid, globs are not checked, except one that no file can have."""
    manifest = (project.root / "typedflow.toml").read_text()
    project.write("typedflow.toml", manifest.replace('"EXP_*"', '"NOPE"'))
    done = spawn("check", "--binding", "EXP_\udcff")
    assert (done.code, done.out) == (2, "")
    assert r"no flow has a binding that matches `EXP_\udcff`" in done.err
    assert "TF504 unknown-binding" in spawn("check", "--binding", "EXP_09").out


def test_a_report_in_a_file(project: Project, spawn: Call) -> None:
    """The file holds the report, and standard output nothing."""
    project.write(BINDING, "model:\n  alpha: much\n")
    done = spawn("check", "--format", "json", "--output-file", "report.json")
    assert (done.code, done.out) == (1, "")
    found = json.loads((project.root / "report.json").read_text())
    assert [item["code"] for item in found["diagnostics"]] == ["TF301"]
    assert found["diagnostics"][0]["file"] == BINDING


def test_names_are_those_from_the_working_directory(
    project: Project, spawn: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A forge shows findings at paths from where the check runs, which may be above the project."""
    project.write(BINDING, "model:\n  alpha: much\n")
    monkeypatch.chdir(project.root.parent)
    done = spawn("check", "--project", project.root.name, "--format", "github")
    assert done.out.startswith(f"::error file={project.root.name}/{BINDING},line=2,")


def test_fixes(project: Project, spawn: Call) -> None:
    """A preview changes nothing; then the misspelled key is fixed, comments are kept, and the rest is reported."""
    text = "# mine\nmodel:\n  alpha: much\n  optmizer: {kind: sgd}  # yes\n"
    project.write(BINDING, text)
    shown = spawn("check", "--diff")
    assert shown.code == 1
    assert f"--- a/{BINDING}\n+++ b/{BINDING}\n" in shown.out
    assert (project.root / BINDING).read_text() == text
    done = spawn("check", "--fix")
    assert (project.root / BINDING).read_text() == text.replace("optmizer", "optimizer")
    assert f"fixed {BINDING}\n" in done.err
    assert done.code == 1
    assert "TF302" not in done.out


def test_a_fix_changes_nothing_else(project: Project, call: Call) -> None:
    """A link stays a link to the fixed file, and its byte-order mark, line ends and permissions are kept."""
    file = project.root / "shared.yaml"
    file.write_bytes(b"\xef\xbb\xbfmodel:\r\n  optmizer: {kind: sgd}\r\n")
    file.chmod(0o600)
    (project.root / BINDING).unlink()
    (project.root / BINDING).symlink_to(file)
    call("check", "--fix", "--jobs", "1", "--select", "unknown-key", "--env", "dev", "flows/training.py")
    assert (project.root / BINDING).is_symlink()
    assert file.read_bytes() == b"\xef\xbb\xbfmodel:\r\n  optimizer: {kind: sgd}\r\n"
    assert file.stat().st_mode & 0o777 == 0o600


#: What is written in the files of bindings, and what --fix makes of it; None where it stays.
RESEMBLING = {
    "train_split: 1": None,
    "source_dir: x": None,
    "titles: x": None,
    "regnet: 18": None,
    "num_vgpus: 2": None,
    "onwer: [1]": None,
    "owner_: x\nowner: y": None,
    "owner_: x": "owner: x",
    "OWNER: x": "owner: x",
    "onwer: x": "owner: x",
    "target-dir: x": "target_dir: x",
}


def test_a_key_that_merely_resembles_another_is_not_renamed(project: Project, call: Call) -> None:
    """Anything but a slip is not changed, but reported: another word, another type, a key that is set."""
    settings = (project.root / "flows/settings.py").read_text()
    project.write(
        "flows/settings.py", f"{settings}    test_split: float = 0\n    target_dir: str = ''\n    resnet: int = 0\n"
    )
    project.write("flows/settings.py", (project.root / "flows/settings.py").read_text() + "    num_vcpus: int = 0\n")
    files = {written: f"settings/settings.configuration.EXP_1{at}.yaml" for at, written in enumerate(RESEMBLING)}
    for written, file in files.items():
        project.write(file, f"{written}\n")
    done = call("check", "--fix", "--select", "unknown-key", "--jobs", "1", "--env", "dev", "flows/training.py")
    texts = {written: (project.root / file).read_text() for written, file in files.items()}
    assert texts == {written: f"{mended or written}\n" for written, mended in RESEMBLING.items()}
    reported = {line.partition(":")[0] for line in done.out.splitlines() if "TF302" in line}
    assert reported == {files[written] for written, mended in RESEMBLING.items() if mended is None}
    assert done.code == 1


def test_what_is_not_shown_is_counted(project: Project, spawn: Call) -> None:
    """`--select` names the rules without findings; findings of other rules are counted."""
    project.write(BINDING, "model:\n  alpha: much\n  optmizer: {kind: sgd}\n")
    looked = "in 2 flows, 6 variants, 5 settings files"
    done = spawn("check", "--fix", "--select", "TF302,unknown-path")
    assert (done.code, done.out) == (0, "")
    rest = f"no findings of TF302, unknown-path {looked}; 1 other finding is not shown\n"
    assert done.err == f"fixed {BINDING}\n{rest}"
    assert spawn("check", "--select", "TF301").err == f"1 finding of TF301 {looked}\n"
    assert spawn("check", "--ignore", "TF301").err == f"no problems {looked}; 1 other finding is not shown\n"
    assert spawn("check", "typedflow.toml", "flows/training.py").err == f"1 problem {looked}\n"
    assert spawn("check", "settings/settings.yaml").err == f"no problems {looked}; 1 other finding is not shown\n"


def test_a_fix_that_breaks_another_variant_is_skipped(project: Project, spawn: Call) -> None:
    """A shared file is fixed only if no variant gets a finding, whichever were selected; the reason is printed."""
    text = "model:\n  alpha: 0.1\n  optimizer: {kind: adam}\n  faetures: [age]\n"
    project.write("settings/settings.yaml", text)
    project.write("settings/settings.configuration.EXP_02.json", '{"model": {"features": ["age"]}}')
    done = spawn("check", "--fix", "--binding", "EXP_01", "--env", "production")
    assert done.code == 1
    assert "TF302 unknown-key: `model.faetures`" in done.out
    assert (
        "did not fix `model.faetures` in settings/settings.yaml: that would cause TF205 redundant-override at "
        in done.err
    )
    place = "settings/settings.configuration.EXP_02.json:1:2"
    assert f" at {place}: `model` changes nothing: settings/settings.yaml already sets this value\n" in done.err
    assert "--fix can fix" not in done.err
    assert (project.root / "settings/settings.yaml").read_text() == text
    assert spawn("check", "--diff", "settings/settings.yaml").out == ""


def test_types(project: Project, spawn: Call) -> None:
    """With `--types`, mypy's findings are among ours, under their own names."""
    project.write("flows/report.py", FLOW.format(name="Report").replace("settings.title)", "settings.titel)"))
    done = spawn("check", "--types", "--format", "concise")
    assert done.code == 1
    assert {line.split(" ")[1] for line in done.out.splitlines()} == {"TF401", "TF412"}
    assert 'TF412 config-expr: "Settings" has no attribute "titel"; maybe "title"?' in done.out


def test_an_interrupt_leaves_no_process(project: Project) -> None:
    """Ctrl-C ends the check at once, with 130, and the flows that it was importing."""
    mark = f"marked_{os.getpid()}"
    project.write("flows/report.py", f"import time\n{mark} = 1\nopen('started', 'w').close()\ntime.sleep(600)\n")
    command = [sys.executable, "-m", "typedflow", "check", "--no-cache"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        until = time.monotonic() + 60
        while not (project.root / "started").exists() and time.monotonic() < until:
            time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
    children = [file for file in Path("/proc").glob("[0-9]*/cwd") if _is_in(file, project.root)]
    assert children == []


def _is_in(link: Path, folder: Path) -> bool:
    try:
        program = link.with_name("cmdline").read_bytes()
        return link.resolve() == folder and b"_worker" in program
    except OSError:
        return False


def test_the_same_bytes_each_time(project: Project, spawn_cold: Call) -> None:
    """The order of findings does not depend on workers or the cache."""
    project.write(BINDING, "model:\n  alpha: much\n  optmizer: {kind: sgd}\n")
    project.write("flows/report.py", FLOW.format(name="Report").replace("settings.title", "settings.titel"))
    first = spawn_cold("check", "--format", "json")
    assert first.out == spawn_cold("check", "--format", "json").out
    assert first.out == spawn_cold("check", "--format", "json", "--no-cache", "--jobs", "4").out

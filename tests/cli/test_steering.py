"""Names of files, words of the command line and messages of others steer no output of a command."""

from __future__ import annotations

import io
import json
import re
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest
from rich.console import Console
from rich.live import Live as RichLive

from typedflow.cli._complete import bindings
from typedflow.cli._console import say
from typedflow.cli._deployment_table import DeploymentTable
from typedflow.cli._fuzz_report import show
from typedflow.cli._live_table import LiveTable
from typedflow.hypothesis import Verdict
from typedflow.hypothesis._fuzz import Broken
from typedflow.operations import TriedLaw
from typedflow.units import DeploymentJob, DeploymentProgress, DeploymentRecord, PlannedDeployment, deployment_files
from typedflow.values import RULES, Diagnostic, Location

if TYPE_CHECKING:
    from tests.cli.conftest import Call, Done, Project

#: A binding is the name of a file: this one ends a line, commands a CI, reverses text and colors it.
BINDING = "EXP_\n::error::x\u202e\x1b[31m##[warning]y"
SHOWN = "EXP_\\n\\x3a:error::x\\u202e\\x1b[31m\\x23#[warning]y"
FILE, WRONG = (f"settings/settings.configuration.{BINDING}{end}.yaml" for end in ("", "2"))
SHOWN_WRONG = f"settings/settings.configuration.{SHOWN}2.yaml"
WORD = "EXP_0\n::error::\u202e"

FLOW = """\
from metaflow import FlowSpec, step


class Training(FlowSpec):
    @step
    def start(self):
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    Training()
"""


@pytest.fixture
def odd(project: Project) -> Project:
    """Make a project with a binding of such a name, and another one whose settings do not fit."""
    project.write(FILE, f"title: {json.dumps(BINDING)}\n")
    project.write(WRONG, "title: [1]\n")
    return project


def _assert_inert(done: Done) -> None:
    for line in (done.out + done.err).split("\n"):
        assert line.isprintable()
        assert not re.match(r"\s*::(?!error file=)", line)
        assert not re.search(r"##\w*\[", line)


READERS: dict[str, Callable[[str], list[str]]] = {
    "text": lambda out: re.findall("^(.*):1:8: error", out, re.MULTILINE),
    "concise": lambda out: [line.partition(":1:8: TF301")[0] for line in out.splitlines()],
    "json": lambda out: [item["file"] for item in json.loads(out)["diagnostics"]],
    "github": lambda out: [re.split("[=,]", line)[1].replace("%3A", ":") for line in out.splitlines()],
    "gitlab": lambda out: [item["location"]["path"] for item in json.loads(out)],
    "junit": lambda out: [str(case.get("name")) for case in ElementTree.fromstring(out).iter("testcase")],  # noqa: S314
    "sarif": lambda out: [SHOWN_WRONG for _ in json.loads(out)["runs"][0]["results"]],
}


@pytest.mark.slow
def test_check(odd: Project, call: Call) -> None:
    """A finding in the file of such a binding is one finding, in every format; JSON has the file's name itself."""
    for name in ("training", "report"):  # flows that can be imported: what is found in them is kept for the next format
        odd.write(f"flows/{name}.py", FLOW)
    for name, places in READERS.items():
        done = call("check", str(odd.root / WRONG), "--select=TF301", "--env=dev", "--format", name)
        _assert_inert(done)
        assert places(done.out) == [WRONG if name == "json" else SHOWN_WRONG], name


@pytest.mark.usefixtures("odd")
@pytest.mark.parametrize("format_", ["yaml", "toml", "json"])
def test_show(call: Call, format_: str) -> None:
    """Bindings stand in comments, headers and keys, values in quotes."""
    done = call("show", "training", "--all-bindings", "--origins", "--format", format_)
    _assert_inert(done)
    assert (SHOWN in done.out) == (format_ != "json")
    if format_ == "json":
        assert json.loads(done.out)[BINDING]["title"]["value"] == BINDING


@pytest.mark.usefixtures("odd")
def test_list(call: Call) -> None:
    """A row for each variant."""
    done = call("list")
    _assert_inert(done)
    assert [line.split()[1] for line in done.out.splitlines()] == [
        "BINDING", SHOWN, f"{SHOWN}2", "EXP_01", "EXP_02", "-",
    ]  # fmt: skip
    assert call("list", "--format", "json").out.isascii()


@pytest.mark.parametrize("format_", ["text", "markdown", "json"])
def test_diff(project: Project, call: Call, format_: str) -> None:
    """The sides are in the header, their values in the cells: a line each; HTML and links are code in Markdown."""
    binding = BINDING.replace(":", "<b>gh-1|")
    project.write(f"settings/settings.configuration.{binding}.yaml", f"title: {json.dumps(BINDING)}\n")
    done = call("diff", "training", "EXP_02", binding, "--format", format_)
    _assert_inert(done)
    lines = done.out.splitlines()
    shown = SHOWN.replace(":", "<b>gh-1|").replace("\\x3a", "<b>gh-1|")
    if format_ == "text":
        assert (len(lines), lines[0].split()[-1]) == (4, shown)
    elif format_ == "markdown":
        assert (len(lines), lines[0]) == (5, f"| setting | EXP_02 | `{shown.replace('|', chr(92) + '|')}` |")


@pytest.mark.usefixtures("odd")
def test_the_command_of_run(project: Project, call: Call) -> None:
    """It is a line that a shell reads as the words that they are."""
    project.write("flows/training.py", "")
    done = call("run", "training", "--binding", BINDING, "--", "run", "--tag", WORD)
    (said,) = done.err.splitlines()
    assert said.isprintable()
    assert "$'.typedflow/compiled/flow.training.EXP_\\n\\072:error::x\\342\\200\\256\\033[31m\\043#[warning]y." in said
    assert said.endswith(" run --tag $'EXP_0\\n\\072:error::\\342\\200\\256'")


REFUSED = {
    "command": (WORD,),
    "argument": ("show", "training", f"--{WORD}"),
    "choice": ("check", "--format", WORD),
    "flow": ("show", WORD),
    "binding": ("show", "training", "--binding", WORD),
    "environment": ("show", "training", "--binding", "EXP_01", "--env", WORD),
    "key": ("show", "training", "--binding", "EXP_01", "--set", f"{WORD}=1"),
    "value": ("show", "training", "--binding", "EXP_01", "--set", f"model.alpha={WORD}"),
    "path": ("show", "training", "--binding", "EXP_01", "--path", WORD),
    "glob": ("check", "--binding", WORD),
    "rule": ("rule", WORD),
    "column": ("runs", "training", "--columns", WORD),
    "expression": ("runs", "training", "--where", WORD),
    "revision": ("schema", "breaking", "--against", WORD),
    "directory": ("list", "--project", WORD),
    "file": ("check", WORD),
    "side": ("diff", "training", "EXP_01", WORD),
}


@pytest.mark.usefixtures("odd")
@pytest.mark.parametrize("arguments", REFUSED.values(), ids=REFUSED)
def test_words_of_the_command_line(call: Call, arguments: tuple[str, ...]) -> None:
    """A rejected word is shown without its control characters."""
    done = call(*arguments)
    _assert_inert(done)
    assert done.code in {1, 2}
    assert "\\n" in done.err or "\\x3a" in done.err


def test_names_of_written_files(project: Project, call: Call) -> None:
    """Files are listed a line each, and the command to go on with can be copied."""
    done = call("init", WORD)
    _assert_inert(done)
    assert len(done.out.splitlines()) == len(list((project.root / WORD).rglob("*.*")))
    assert done.err.endswith(
        "  cd $'EXP_0\\n\\072:error::\\342\\200\\256' && typedflow run training --binding EXP_01\n"
    )


def test_messages_of_validators(project: Project, call: Call) -> None:
    """What a project's own code says is on the line of our message."""
    before = project.files()["flows/settings.py"]
    code = f"""\
from pydantic import field_validator


class Checked(Settings):
    @field_validator("title")
    @classmethod
    def check(cls, title: str) -> str:
        raise ValueError({WORD!r})
"""
    project.write("flows/settings.py", before + code)
    project.write("typedflow.toml", project.files()["typedflow.toml"].replace(":Settings", ":Checked"))
    done = call("show", "training", "--binding", "EXP_01", "--set", "title=a")
    _assert_inert(done)
    assert "EXP_0\\n\\x3a:error::\\u202e" in done.err


def test_what_fuzz_has_found(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages, examples, the test and the command to try it again."""
    monkeypatch.setenv("NO_COLOR", "1")
    wrong = Diagnostic(RULES["invalid-value"], WORD, Location(WORD))
    verdict = Verdict("read-back", "all is well", 1, Broken(WORD, {WORD: BINDING}, (wrong,)), "Training")
    found = TriedLaw(None, Path(f"{WORD}.py"), verdict, f"{WORD}.json")
    show([found], 1, Path.cwd(), format="text", is_replay=False)
    out = capsys.readouterr().out
    assert out.replace("\n", "").isprintable()
    assert not re.search(r"^\s*::|##\[", out, re.MULTILINE)
    assert "\nRun it again: typedflow fuzz --replay $'EXP_0\\n\\072:error::\\342\\200\\256.json'\n" in out
    assert "\nEXP_0\\n\\x3a:error::\\u202e\n" in out


@pytest.mark.usefixtures("odd")
def test_completion() -> None:
    """A shell is offered no name that it could not show."""
    assert bindings(Namespace(project=None, flow="training")) == ["EXP_01", "EXP_02"]


def test_what_a_terminal_shows_while_deploying(tmp_path: Path) -> None:
    """Names are neither markup of rich nor moves of the cursor."""
    name = f"[/]{BINDING}[red]"
    record = DeploymentRecord("training", name, None, "airflow", name, "", "", "", "")
    planned = PlannedDeployment("new", DeploymentJob(record, deployment_files(tmp_path, "airflow", "a"), ()), {})
    out = io.StringIO()
    with RichLive(console=Console(file=out, force_terminal=True, width=200), auto_refresh=False) as shown:
        DeploymentTable(LiveTable(shown)).show(DeploymentProgress((planned,), {}, {}))
    row = out.getvalue().split("\n")[1]
    assert row.split()[:2] == [f"[/]{SHOWN}[red]"] * 2
    assert re.sub(r"\x1b\[\d?m", "", row).isprintable()


def test_a_line_is_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """All messages pass through here."""
    say(BINDING)
    assert capsys.readouterr().err == f"{SHOWN}\n"

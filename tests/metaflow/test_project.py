"""Flows of a project: settings by binding, whether typedflow or Python starts them."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Flow = Callable[..., subprocess.CompletedProcess[str]]

MANIFEST = """\
model = "project_settings.py:Settings"

[flows.training]
file = "project_flow.py"
bindings = ["EXP_*"]
"""


@pytest.fixture
def project(here: Path) -> Path:
    """A project with one flow and two bindings."""
    (here / "typedflow.toml").write_text(MANIFEST)
    folder = here / "settings"
    folder.mkdir()
    (folder / "settings.yaml").write_text("target: y\npackages: {scikit-learn: '1.5'}\nmodel:\n  alpha: 0.5\n")
    (folder / "settings.configuration.EXP_01.yaml").write_text("target: bmi\n")
    (folder / "settings.configuration.EXP_02.toml").write_text('target = "age"\ncpu = 2\nmodel.fit_intercpt = false\n')
    return here


@pytest.mark.slow
def test_python_starts_a_flow_of_a_project(project: Path, flow: Flow) -> None:
    """`python flow.py` resolves its own settings: binding by variable, decorators and steps see the same values."""
    run = flow("project_flow.py", "run", TYPEDFLOW_BINDING="EXP_01", TYPEDFLOW__SETTINGS__CPU="3")
    assert run.returncode == 0, run.stdout
    assert "settings bmi 0.5 3 0.5" in run.stdout
    assert "cron 0 0 * * *" in run.stdout
    shown = [line.partition(")] ")[2] for line in run.stdout.splitlines()]
    assert {"settings.target = bmi", "settings.cpu = 3"} <= set(shown)
    assert not any("scikit-learn" in line or "alpha" in line for line in shown)
    assert not (project / ".typedflow").exists()
    assert _origin(project, "target") == "settings/settings.configuration.EXP_01.yaml:1:9 training EXP_01"


@pytest.mark.slow
def test_typedflow_runs_a_flow_of_a_project(project: Path) -> None:
    """`typedflow run` passes the compiled config of a binding, and prints the command that does it."""
    run = _typedflow(project, "run", "training", "--binding", "EXP_01", "--set", "model.alpha=0.25")
    assert run.returncode == 0, run.stdout
    assert "settings bmi 0.25 1 0.25" in run.stdout
    compiled = list((project / ".typedflow" / "compiled").glob("flow.training.EXP_01.*.json"))
    assert len(compiled) == 2
    assert any(file.name in run.stdout for file in compiled)
    assert _origin(project, "model.alpha") == "--set model.alpha=0.25 training EXP_01"


def test_a_broken_record_of_a_compiled_config(project: Path, flow: Flow) -> None:
    """It is said where it is broken, as of any other file."""
    assert _typedflow(project, "run", "training", "--binding", "EXP_01", "--", "show").returncode == 0
    (record,) = (project / ".typedflow" / "compiled").glob("*.provenance.json")
    record.write_text('{"a": ')
    compiled = record.with_name(record.name.replace(".provenance", ""))
    run = flow("project_flow.py", "--config", "settings", str(compiled), "show")
    assert run.returncode == 1
    assert ".provenance.json:1:7: error TF101 invalid-syntax" in run.stdout
    assert "Traceback" not in run.stdout


def _origin(project: Path, path: str) -> str:
    """Return the origin that the last run stored for a value."""
    code = (
        "import metaflow, typedflow; metaflow.namespace(None); "
        "found = typedflow.origins(metaflow.Flow('ProjectFlow').latest_run, 'settings'); "
        f"print(found.leaves[{path!r}].origin, found.unit, found.binding)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=project, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_flow_level_packages(project: Path, flow: Flow) -> None:
    """`@pypi_base(packages=ref(...).packages)` is evaluated with the settings of the binding, before anything runs."""
    good = flow("project_flow.py", "--environment=pypi", "show", TYPEDFLOW_BINDING="EXP_01", PYPI="1")
    assert good.returncode == 0, good.stdout
    source = project / "project_flow.py"
    source.write_text(source.read_text().replace("SETTINGS.packages", "SETTINGS.package"))
    bad = flow("project_flow.py", "--environment=pypi", "show", TYPEDFLOW_BINDING="EXP_01", PYPI="1")
    assert bad.returncode == 1
    assert "`settings` (Settings) has no `package`" in bad.stdout
    assert "did you mean `packages`?" in bad.stdout


def test_a_mistake_in_a_binding(project: Path, flow: Flow) -> None:
    """The diagnostic names the binding, however the flow is started; nothing is left behind."""
    for run in (
        flow("project_flow.py", "run", TYPEDFLOW_BINDING="EXP_02"),
        _typedflow(project, "run", "training", "--binding", "EXP_02"),
    ):
        assert run.returncode == 1
        assert "settings/settings.configuration.EXP_02.toml:3:7: error TF302 unknown-key" in run.stdout
        assert "did you mean `fit_intercept`?" in run.stdout
        assert "(class Model); binding EXP_02" in run.stdout
        assert "Traceback" not in run.stdout
    assert not (project / ".typedflow").exists()


@pytest.mark.parametrize(
    ("binding", "text"),
    [
        ("", "`training` has the bindings `EXP_01`, `EXP_02`, and none is named"),
        (
            "EXP_03",
            "TYPEDFLOW_BINDING: error TF504 unknown-binding: there is no binding `EXP_03`; `training` has `EXP_01`",
        ),
    ],
)
@pytest.mark.usefixtures("project")
def test_a_binding_that_is_not_there(flow: Flow, binding: str, text: str) -> None:
    """A flow that is started by Python needs a binding that exists."""
    run = flow("project_flow.py", "run", **({"TYPEDFLOW_BINDING": binding} if binding else {}))
    assert run.returncode == 1
    assert text in run.stdout
    assert "Traceback" not in run.stdout


@pytest.mark.usefixtures("project")
def test_a_variable_that_nothing_reads(flow: Flow) -> None:
    """A variable of the project's settings without the config's name ends the flow before it starts."""
    run = flow("project_flow.py", "run", TYPEDFLOW_BINDING="EXP_01", TYPEDFLOW__MODEL__ALPHA="3")
    assert run.returncode == 1
    assert "TYPEDFLOW__MODEL__ALPHA: error TF517 unread-variable: nothing reads this variable" in run.stdout
    assert "did you mean `TYPEDFLOW__SETTINGS__MODEL__ALPHA`?" in run.stdout
    assert "Traceback" not in run.stdout


@pytest.fixture
def branches(project: Path) -> Path:
    """The project in a repository on `release/1`, which chooses an environment."""
    mapped = '[environments]\ndefault = "dev"\n[environments.branches]\n"release/*" = "prod"\n'
    (project / "typedflow.toml").write_text(f"{MANIFEST}\n{mapped}")
    (project / "settings" / "settings.environment.dev.yaml").write_text("cpu: 2\n")
    (project / "settings" / "settings.environment.prod.yaml").write_text("cpu: 3\n")
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org"]
    subprocess.run([*git, "init", "-q", "-b", "release/1"], cwd=project, check=True)
    subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "x"], cwd=project, check=True)
    return project


def test_no_branch_is_known(branches: Path, flow: Flow) -> None:
    """It is a question that TYPEDFLOW_ENV answers, or the manifest; help is shown all the same."""
    subprocess.run(["git", "checkout", "-q", "--detach"], cwd=branches, check=True)  # noqa: S607 # the git of PATH
    run = flow("project_flow.py", "show", TYPEDFLOW_BINDING="EXP_01")
    assert run.returncode == 1
    assert "typedflow.toml:9:15: error TF519 unknown-branch: no branch is known here: HEAD is detached at" in run.stdout
    assert 'name the environment: `TYPEDFLOW_ENV` or `[environments] unknown = "dev"`' in run.stdout
    assert "Traceback" not in run.stdout
    assert flow("project_flow.py", "--help", TYPEDFLOW_BINDING="EXP_01").returncode == 0
    named = flow("project_flow.py", "show", TYPEDFLOW_BINDING="EXP_01", TYPEDFLOW_ENV="prod")
    assert named.returncode == 0, named.stdout


@pytest.mark.usefixtures("branches")
def test_an_environment_that_is_not_there(flow: Flow) -> None:
    """The variable that names it is wrong, not the manifest."""
    run = flow("project_flow.py", "show", TYPEDFLOW_BINDING="EXP_01", TYPEDFLOW_ENV="pord")
    assert run.returncode == 1
    assert "TYPEDFLOW_ENV: error TF509 unknown-environment: there is no environment `pord`" in run.stdout
    assert "did you mean `prod`?" in run.stdout
    assert "Traceback" not in run.stdout


@pytest.mark.slow
def test_tasks_do_not_ask_for_the_branch(branches: Path, flow: Flow) -> None:
    """The branch chooses the environment once, at launch; Metaflow's own questions to git are others."""
    log, git = branches / "asked", branches / "bin" / "git"
    git.parent.mkdir()
    git.write_text(f'#!/bin/sh\necho "$1" >> {log}\nexec {shutil.which("git")} "$@"\n')
    git.chmod(0o755)
    path = f"{git.parent}{os.pathsep}{os.environ['PATH']}"
    run = flow("project_flow.py", "run", TYPEDFLOW_BINDING="EXP_01", PATH=path)
    assert run.returncode == 0, run.stdout
    assert "settings bmi 0.5 3 0.5" in run.stdout
    assert log.read_text().split().count("symbolic-ref") == 1


def test_a_flow_outside_of_a_project(flow: Flow) -> None:
    """Without a manifest there are no settings: the diagnostic says how to make one."""
    run = flow("project_flow.py", "run")
    assert run.returncode == 1
    assert "TF501 no-project" in run.stdout
    assert "typedflow init" in run.stdout


def _typedflow(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "typedflow", *arguments],
        cwd=project,
        check=False,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )

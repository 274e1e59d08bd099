"""Canaries: texts that stand where secrets live, and must be found nowhere else."""

from __future__ import annotations

import contextlib
import gzip
import json
import re
import zlib
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cli.conftest import Call, Done, Project

CANARY = "Q7canary"  # in each of them, which are like no name, path or placeholder
FORMATS = ("text", "concise", "json", "github", "gitlab", "junit", "sarif")
SETTINGS = "settings/settings.configuration.EXP_01.yaml"
ONE = ("training", "--binding", "EXP_01")
DEPLOY = ("deploy", *ONE, "--to", "argo-workflows", "--dry-run")
FLOW = """\
from metaflow import FlowSpec, step
from settings import Settings

from typedflow import SettingsMixin


class Training(SettingsMixin[Settings], FlowSpec):
    @step
    def start(self):
        self.title = self.settings.title
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    Training()
"""
ENVIRONMENT = {
    "AWS_SECRET_ACCESS_KEY": f"{CANARY}5tR8wX2zB4dF6hJ9kL1nP3sV7yC0eG0001",
    "DATABASE_URL": f"postgresql://loader:{CANARY}5tR8wX2zB4dF6hJ@db/prod",
    "TYPEDFLOW_UNRELATED": f"{CANARY}5tR8wX2zB4dF6hJ9kL1nP3sV7yC0eG0002",
    "TYPEDFLOW__OTHER__PASSWORD": f"{CANARY}5tR8wX2zB4dF6hJ9kL1nP3sV7yC0eG0003",
}


@pytest.fixture(autouse=True)
def flow(project: Project) -> None:
    """The flow is a real one."""
    project.write("flows/training.py", FLOW)


def _reports(spawn: Call, *options: str) -> Iterator[Done]:
    """Run every command that checks settings, ``check`` in every format, with a cache and without."""
    for name in FORMATS:
        yield spawn("check", "--format", name)
    yield spawn("check", "--no-cache")
    for arguments in (("show", *ONE), ("run", *ONE), DEPLOY):
        yield spawn(*arguments, *options)
    for line in ("lock", "lock --check", "diff training EXP_01 EXP_02", "list"):
        yield spawn(*line.split())


def _texts(root: Path) -> Iterator[tuple[Path, bytes]]:
    """Return the content of each file, archives unpacked."""
    for file in root.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            with contextlib.suppress(OSError, EOFError, zlib.error):
                data += gzip.decompress(data)
            yield file, data


def _holding(root: Path, *but: str) -> list[str]:
    """Return the files that contain a canary."""
    found = (file.relative_to(root).as_posix() for file, data in _texts(root) if CANARY.encode() in data)
    return sorted(name for name in found if name not in but and not name.endswith(".pyc"))


DECLARED = {
    "default": f'login: SecretStr = SecretStr("{CANARY}5tR8wX2zB4")',
    "field": f'login: Annotated[SecretStr, Field(min_length=99)] = SecretStr("{CANARY}5tR8wX2zB4")',
    "value": "login: SecretStr",
    "optional": "login: SecretStr | None = None",
}


@pytest.mark.slow
@pytest.mark.parametrize(
    "declared",
    [
        pytest.param(declared, id=name, marks=pytest.mark.stress if name in {"field", "optional"} else ())
        for name, declared in DECLARED.items()
    ],
)
def test_a_declared_secret(project: Project, spawn: Call, declared: str) -> None:
    """A secret field is reported by its name; neither its default nor its value is shown."""
    model = project.files()["flows/settings.py"].replace("import Field", "import Field, SecretStr")
    project.write("flows/settings.py", f"{model}    {declared}\n")
    project.write(SETTINGS, f"login: {CANARY}5tR8wX2zB4\n")
    done = list(_reports(spawn))
    assert not any(CANARY in each.out + each.err for each in done)
    assert all("login" in each.out + each.err for each in done[:10])
    assert _holding(project.root, SETTINGS, "flows/settings.py") == []


@pytest.mark.slow
def test_a_recognised_secret(project: Project, spawn: Call) -> None:
    """Neither the findings about a secret nor those beside it, above or below show it, in any format."""
    secret = f"{CANARY}5tR8wX2zB4"
    model = project.files()["flows/settings.py"]
    project.write("flows/settings.py", f"{model}    password: int = 0\n    api_key: dict[str, int] = {{}}\n")
    project.write(
        SETTINGS,
        f"model: {{alpa: 1, token: {secret}, alpha: x}}\npassword: {secret}\napi_key: {secret}\n"
        f"tokens: [{{password: {secret}}}]\n",
    )
    project.write("settings/settings.environment.dev.yaml", f"password: {secret}\napi_key: {{a: 1}}\n")
    done = list(_reports(spawn, "--set", f"model.password={secret}"))
    assert not any(CANARY in each.out + each.err for each in done)
    assert "TF310" in done[0].out
    assert "TF302" in done[0].out
    assert _holding(project.root, SETTINGS, "settings/settings.environment.dev.yaml") == []


def test_a_secret_on_the_command_line(project: Project, spawn: Call) -> None:
    """``--set`` is shown without its value in errors, and in records of origins."""
    model = project.files()["flows/settings.py"]
    project.write("flows/settings.py", f"{model}    password: str = ''\n    token: int = 0\n")
    wrong = spawn("show", *ONE, "--set", f"token={CANARY}5tR8wX2zB4")
    assert (wrong.code, CANARY in wrong.err) == (2, False)
    project.write("flows/training.py", "")
    done = spawn("run", *ONE, "--set", f"password={CANARY}5tR8wX2zB4")
    assert (done.code, CANARY in done.out + done.err) == (0, False)
    [record] = (project.root / ".typedflow/compiled").glob("*.provenance.json")
    assert json.loads(record.read_text())["leaves"]["password"]["origin"]["source"] == "--set password=" + "*" * 18


@pytest.mark.slow
def test_the_environment(project: Project, spawn: Call) -> None:
    """A run, its artifacts, its metadata and every report contain no variables that are not settings."""
    project.write(".env", f"API_KEY={CANARY}5tR8wX2zB4dF6hJ9kL1nP3sV7yC0eG0004\n")
    project.write("flows/.env", f"API_KEY={CANARY}5tR8wX2zB4dF6hJ9kL1nP3sV7yC0eG0005\n")
    done = spawn("run", *ONE, **ENVIRONMENT)
    assert done.code == 0, done.err
    assert re.search(r"Done!|Task finished", done.out + done.err)
    others = [spawn(*each, **ENVIRONMENT) for each in (DEPLOY, ("lock",), ("check",), ("show", *ONE, "--origins"))]
    assert not any(CANARY in each.out + each.err for each in (done, *others))
    assert any(b"Diabetes" in data for file, data in _texts(project.root) if ".metaflow" in file.parts)
    assert _holding(project.root, ".env", "flows/.env") == []

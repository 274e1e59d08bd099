"""``show_settings``: what a step's log has of the settings."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import Field

from typedflow import ConfigModel, SettingsMixin


class _Settings(ConfigModel):
    user: str = "loader"
    password: str = "hunter"  # noqa: S105 # it is the point
    passwords: dict[str, Any] = {"ann": "hunter", "bob": 271828}
    url: str = "redis://:hun/ter@h/0"
    db_password: str = Field(default="hunter", alias="login")
    entry: str = Field(default="hunter", validation_alias="db_pwd")


class _Flow(SettingsMixin[_Settings]):
    settings: Any = _Settings()


def test_secrets_are_masked(capsys: pytest.CaptureFixture[str]) -> None:
    """A log is kept with the run, for anybody to read."""
    _Flow().show_settings(["user"])
    assert capsys.readouterr().out.splitlines() == [
        'settings.password = "****"',
        'settings.passwords.ann = "****"',
        'settings.passwords.bob = "****"',
        'settings.url = "redi****"',
        'settings.login = "****"',
        'settings.db_pwd = "****"',
    ]


class _Section(ConfigModel):
    numpy: str = "1.22.4"
    python: str = "3"
    note: str = "a\n::error::b"
    empty: dict[str, str] = {}
    rates: list[float] = [0.1, 1.0]
    parts: list[dict[str, int]] = [{"a": 1}]
    owner: str | None = None


class _Sections(ConfigModel):
    project: str = "demo"
    conda: _Section = _Section()
    system: dict[str, str] = {"branch": "feature/x y"}


class _SectionFlow(SettingsMixin[_Sections]):
    settings: Any = _Sections()


LINES = [
    "settings.project = demo",
    "settings.conda.numpy = 1.22.4",
    'settings.conda.python = "3"',
    'settings.conda.note = "a\\n::error::b"',
    "settings.conda.empty = {}",
    "settings.conda.rates = [0.1, 1.0]",
    "settings.conda.parts[0].a = 1",
    "settings.conda.owner = null",
    "settings.system.branch = feature/x y",
]
CONDA = [line for line in LINES if ".conda." in line]


@pytest.mark.parametrize(
    ("patterns", "hidden", "said"),
    [
        ((), [], []),
        (["system*"], LINES[-1:], []),
        (["conda"], CONDA, []),
        (["conda", "conda.numpy", "*numpy"], CONDA, []),
        (["conda.parts*"], LINES[6:7], []),
        ("conda", CONDA, []),
        (["*"], LINES, []),
        (["artifact*"], [], ["show_settings: no setting matches 'artifact*'"]),
        (["systen*"], [], ["show_settings: no setting matches 'systen*'; did you mean `system`?"]),
        (["cond.numpy"], [], ["show_settings: no setting matches 'cond.numpy'; did you mean `conda.numpy`?"]),
        (["settings.system*"], [], ["show_settings: no setting matches 'settings.system*'; did you mean 'system*'?"]),
        (["", "x\ny", ""], [], ["show_settings: no setting matches ''", "show_settings: no setting matches 'x\\ny'"]),
    ],
)
def test_patterns(capsys: pytest.CaptureFixture[str], patterns: Any, hidden: list[str], said: list[str]) -> None:
    """A line for each setting that no pattern matches, and one for each pattern that matches nothing."""
    _SectionFlow().show_settings(patterns)
    assert capsys.readouterr().out.splitlines() == [*(line for line in LINES if line not in hidden), *said]

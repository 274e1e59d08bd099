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
        'password: "****"',
        'passwords.ann: "****"',
        'passwords.bob: "****"',
        'url: "redi****"',
        'login: "****"',
        'db_pwd: "****"',
    ]

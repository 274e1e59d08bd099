"""Metaflow's arguments that would replace the config which typedflow passes."""

from __future__ import annotations

import pytest

from typedflow.metaflow import DeploymentName, command, deploy_command
from typedflow.values import TypedflowError

REPLACING = {
    "a file": ["--config", "settings", "x.json"],
    "with a command": ["--config", "settings", "x.json", "run"],
    "an equals sign": ["--config=settings", "x.json"],
    "a value": ["--config-value", "settings", "{}"],
    "another case": ["--config", "Settings", "x.json"],
    "after other options": ["--datastore", "local", "--config", "settings", "x.json", "show"],
}
OTHER = {
    "another config": ["--config", "other", "x.json"],
    "a parameter of the same name": ["run", "--config", "settings"],
    "none": ["--tag", "settings"],
}


@pytest.mark.parametrize("arguments", REPLACING.values(), ids=REPLACING)
def test_the_settings_cannot_be_replaced(arguments: list[str]) -> None:
    """They are refused, since what typedflow has printed, locked or recorded would be wrong."""
    with pytest.raises(TypedflowError) as run:
        command("flow.py", "settings", "compiled.json", arguments)
    with pytest.raises(TypedflowError) as deployment:
        deploy_command("flow.py", "settings", "c.json", "argo-workflows", DeploymentName("x"), arguments)
    assert run.value.diagnostics == deployment.value.diagnostics
    (found,) = run.value.diagnostics
    assert (found.rule.name, str(found.location)) == ("bad-option", "--")
    assert "would replace the settings" in found.message


@pytest.mark.parametrize("arguments", OTHER.values(), ids=OTHER)
def test_other_arguments_are_passed_on(arguments: list[str]) -> None:
    """As they are given."""
    words = command("flow.py", "settings", "compiled.json", arguments)
    assert [word for word in words[5:] if word in arguments] == arguments

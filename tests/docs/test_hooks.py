"""The hooks that pre-commit offers to users: what they run works in a project."""

from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


@pytest.mark.slow
@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_a_hook_runs_in_a_project(hook: dict[str, Any], clone: Any) -> None:
    """The hook runs without file names, in the installed environment, and finds nothing in the demo."""
    pytest.importorskip("sklearn")
    clone.directory /= "examples/demo"
    assert (hook["language"], hook["pass_filenames"]) == ("system", False)
    clone.run("typedflow schema export")
    code, printed = clone.run(" ".join([hook["entry"], *hook.get("args", [])]))
    assert code == 0, printed


@pytest.mark.slow
def test_the_check_fails_for_warnings(clone: Any) -> None:
    """pre-commit hides the output of hooks that pass, so warnings must fail."""
    pytest.importorskip("sklearn")
    clone.directory /= "examples/demo"
    file = clone.directory / "settings/settings.configuration.EXP_01.yaml"
    file.write_text(file.read_text().replace("[progression]", '["${oc.env:USER}"]'))
    hook = next(hook for hook in HOOKS if hook["id"] == "typedflow-check")
    code, printed = clone.run(" ".join([hook["entry"], *hook["args"]]))
    assert (code, "warning TF311" in printed) == (1, True)
    assert clone.run(hook["entry"])[0] == 0


def test_the_page_names_the_hooks() -> None:
    """Users find each hook on the page of check."""
    page = (ROOT / "docs" / "check.md").read_text(encoding="utf-8")
    assert [f"- id: {hook['id']}" in page for hook in HOOKS] == [True] * len(HOOKS)

"""Files of bindings that no flow uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from typedflow.check.rules.unused_binding import find
from typedflow.values import Severity

if TYPE_CHECKING:
    from tests.check.rules.conftest import MakeFacts, Show

MODEL = "from typedflow import ConfigModel\n\n\nclass Settings(ConfigModel):\n    a: int = 1\n"
HEAD = 'model = "settings.py:Settings"\n'

#: The bindings of the flows, the files there are, and those that no flow uses.
CASES = {
    "a glob": ([["EXP_*"]], ["EXP_01", "EXP_02"], []),
    "a name": ([["EXP_01"]], ["EXP_01"], []),
    "another name": ([["EXP_01"]], ["EXP_01", "EXP_02"], ["EXP_02"]),
    "two flows": ([["EXP_01"], ["EXP_02"]], ["EXP_01", "EXP_02", "EXP_03"], ["EXP_03"]),
    "case matters": ([["EXP_*"]], ["EXP_01", "exp_02"], ["exp_02"]),
    "no bindings": ([[]], ["EXP_01"], ["EXP_01"]),
    "the default binding": ([[]], ["default"], []),
    "the default binding of a flow that has others": ([["EXP_*"]], ["EXP_01", "default"], []),
    "no flows": ([], ["EXP_01"], []),
}


@pytest.mark.parametrize(("flows", "files", "expected"), CASES.values(), ids=CASES)
def test_what_no_flow_is_instantiated_under(
    make_facts: MakeFacts, flows: list[list[str]], files: list[str], expected: list[str]
) -> None:
    """A binding is used if the glob of a flow matches it."""
    tables = [f'[flows.f{index}]\nfile = "f{index}.py"\nbindings = {globs}\n' for index, globs in enumerate(flows)]
    written = {f"configuration.{name}.yaml": "a: 2\n" for name in files}
    facts = make_facts({"settings.py": MODEL, "typedflow.toml": HEAD + "".join(tables), **written})
    assert [item.message.split("`")[1] for item in find(facts)] == expected


def test_the_finding(make_facts: MakeFacts, show: Show) -> None:
    """It is a warning about the file, with what was probably meant and what to do."""
    files = {"configuration.EXP_01.yaml": "a: 2\n", "configuration.EPX_02.yaml": "a: 3\n"}
    [found] = find(make_facts({"settings.py": MODEL, **files}))
    assert (found.rule.code, show(found), found.severity) == ("TF515", "configuration.EPX_02.yaml", Severity.WARNING)
    assert found.label == "did you mean `EXP_*`?"
    assert found.hint == 'add "EPX_02" to `bindings` of `flows.training` in typedflow.toml, or remove the file'
    assert [str(item.location) for item in found.related] == ["typedflow.toml:5:12"]

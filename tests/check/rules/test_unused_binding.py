"""Files of bindings that no flow uses."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from typedflow.check import Facts
from typedflow.check.rules.unused_binding import find
from typedflow.project import open_project
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
    named = [f"bindings = {globs}\n" if globs else "" for globs in flows]
    tables = [f'[flows.f{index}]\nfile = "f{index}.py"\n{globs}' for index, globs in enumerate(named)]
    written = {f"configuration.{name}.yaml": "a: 2\n" for name in files}
    facts = make_facts({"settings.py": MODEL, "typedflow.toml": HEAD + "".join(tables), **written})
    assert [item.message.split("`")[1] for item in find(facts)] == expected


def test_the_finding(make_facts: MakeFacts, show: Show) -> None:
    """It is a warning about the file, with what was probably meant and what to do."""
    files = {"configuration.EXP_01.yaml": "a: 2\n", "configuration.EPX_02.yaml": "a: 3\n"}
    [found] = find(make_facts({"settings.py": MODEL, **files}))
    assert (found.rule.code, show(found), found.severity) == ("TF515", "configuration.EPX_02.yaml", Severity.WARNING)
    assert found.label == "did you mean `EXP_02`?"
    assert found.hint == 'add "EPX_02" to `bindings` of `flows.training` in typedflow.toml, or remove the file'
    assert [str(item.location) for item in found.related] == ["typedflow.toml:5:12"]


@pytest.mark.parametrize(
    ("glob", "name", "label"),
    [
        ("EXP_01", "EXP_10", "did you mean `EXP_01`?"),
        ("EXP_*", "exp_10", "did you mean `EXP_10`?"),
        ("EXP_*", "EXP10", "did you mean a name that matches `EXP_*`?"),
        ("e*", "E1", "did you mean `e1`?"),
        ("e*_a", "E1", "did you mean a name that matches `e*_a`?"),
        ("EXP_*", "trial", ""),
        ("*_a", "b", ""),
    ],
)
def test_what_was_probably_meant(make_facts: MakeFacts, glob: str, name: str, label: str) -> None:
    """A name that is almost a flow's binding, or that begins almost as its glob does."""
    manifest = f'{HEAD}[flows.f]\nfile = "f.py"\nbindings = ["{glob}", "x"]\n'
    files = {
        "configuration.x.yaml": "",
        f"configuration.{glob.replace('*', '1')}.yaml": "",
        f"configuration.{name}.yaml": "",
    }
    [found] = find(make_facts({"settings.py": MODEL, "typedflow.toml": manifest, **files}))
    assert found.label == label


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ({"EXP_01": "$extends: base", "base": "$extends: deep", "deep": ""}, []),
        ({"EXP_01": "", "base": "$extends: deep", "deep": ""}, ["base", "deep"]),
    ],
)
def test_a_binding_that_others_extend_is_used(
    make_facts: MakeFacts, texts: dict[str, str], expected: list[str]
) -> None:
    """Directly or not, by a binding that is in use."""
    files = {f"configuration.{name}.yaml": f"{text}\n" for name, text in texts.items()}
    assert [item.message.split("`")[1] for item in find(make_facts({"settings.py": MODEL, **files}))] == expected


def test_a_file_that_cannot_be_read_extends_nothing(make_facts: MakeFacts, tmp_path: Path) -> None:
    """Its own finding is reported elsewhere."""
    make_facts({"settings.py": MODEL, "configuration.EXP_01.yaml": "", "configuration.base.yaml": ""})
    (tmp_path / "settings/settings.configuration.EXP_01.yaml").write_text("$extends: [", encoding="utf-8")
    assert len(list(find(Facts(open_project(tmp_path, {}))))) == 1


def test_a_directory_that_cannot_be_judged(make_facts: MakeFacts, tmp_path: Path) -> None:
    """Where two files are the same layer, that is the finding."""
    make_facts({"settings.py": MODEL, "configuration.EXP_01.yaml": ""})
    (tmp_path / "settings/settings.configuration.EXP_01.json").write_text("{}", encoding="utf-8")
    assert list(find(Facts(open_project(tmp_path, {})))) == []

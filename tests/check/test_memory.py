"""The cache of a check: it is used for everything that has not changed, and for nothing that has."""

from __future__ import annotations

import compileall
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from typedflow.check import _tasks
from typedflow.check._dependencies import is_of_project
from typedflow.check._worker_messages import Outcome, Task
from typedflow.check._workers import Workers
from typedflow.render import report

if TYPE_CHECKING:
    from tests.check.conftest import Checked, Found, Make

pytestmark = pytest.mark.slow

FLOW = "flows/training.py"
BINDING = "settings/settings.configuration.EXP_02.yaml"
#: An edit of a file, and the rule that is found then.
EDITS = {
    "the flow": (FLOW, "settings.cpu * 2", "settings.cpus * 2", "unknown-name"),
    "the model": ("flows/settings.py", '"ridge"', '"lasso"', "invalid-value"),
    "a binding": (BINDING, "kind", "kinds", "unknown-key"),
    "a module that the flow imports": ("flows/helpers.py", "FACTOR", "FACTORS", "import-failed"),
    "a file that the flow reads": ("flows/factor.txt", "2", "two", "import-failed"),
    "the manifest": ("typedflow.toml", "EXP_*", "EXP_9*", "unknown-binding"),
}


@pytest.fixture
def project(make: Make) -> Checked:
    """A project whose flow imports a module, which reads a file."""
    helpers = "from pathlib import Path\nFACTOR = int(Path(__file__).with_name('factor.txt').read_text())\n"
    project = make({"flows/helpers.py": helpers, "flows/factor.txt": "2\n"})
    project.edit(FLOW, "from settings import Settings\n", "from helpers import FACTOR\nfrom settings import Settings\n")
    return project


def _imports(project: Checked) -> int:
    """Count how often the flow has been imported: it says so in a file that is not opened in Python's own way."""
    log = project.root.parent / "imports.log"
    return len(log.read_text().splitlines()) if log.exists() else 0


def _counting(project: Checked) -> None:
    text = (project.root / FLOW).read_text()
    log = project.root.parent / "imports.log"
    count = f"import os\nos.system('echo x >> {log}')\n"
    project.write(FLOW, text.replace("\nsettings = ref", f"\n{count}settings = ref"))


def test_what_has_not_changed_is_not_judged_again(project: Checked) -> None:
    """A second check gives the same findings and counts, and imports nothing."""
    _counting(project)
    project.edit(FLOW, "settings.cpu * 2", "settings.cpus * 2")
    first = project.check(cached=True), project.report
    assert _imports(project) == 1
    assert (project.check(cached=True), project.report) == first
    assert _imports(project) == 1


@pytest.mark.parametrize("name", EDITS)
def test_what_has_changed_is_judged_again(project: Checked, name: str) -> None:
    """An edit of anything that a flow depends on is noticed, and so is its reversal."""
    file, old, new, rule = EDITS[name]
    assert project.check(cached=True) == []
    project.edit(file, old, new)
    assert rule in {found[0] for found in project.check(cached=True)}
    project.edit(file, new, old)
    assert project.check(cached=True) == []


BASE = "settings/settings.configuration.base.yaml"
#: Edits of an extended binding's file, and the rules that are found then.
EXTENDED = {
    "its text": ("cpu: 4\n", "cpu: four\n", {"invalid-value"}),
    "what it extends": ("$extends: EXP_01\n", "$extends: EXP_02\n", {"circular-reference"}),
    "its existence": ("cpu: 4\n", None, {"unknown-binding"}),
}


@pytest.mark.parametrize("name", EXTENDED)
def test_an_edit_of_an_extended_binding_is_seen_where_it_is_extended(project: Checked, name: str) -> None:
    """Each binding that extends it, directly or not, is judged again; and once more when the edit is undone."""
    before, after, rules = EXTENDED[name]
    project.write(BASE, before)
    project.edit(BINDING, "model:", "$extends: base\nmodel:")
    assert project.check(cached=True) == []
    if after is None:
        (project.root / BASE).unlink()
    else:
        project.write(BASE, after)
    assert {found[0] for found in project.check(cached=True)} == rules
    project.write(BASE, before)
    assert project.check(cached=True) == []


def test_a_new_package_makes_everything_new(project: Checked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Installed packages are part of the cache's key."""
    _counting(project)
    project.check(cached=True)
    (tmp_path / "site" / "thing-1.0.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    project.check(cached=True)
    assert _imports(project) == 2


def test_memory_that_is_broken_or_gone_is_no_loss(project: Checked) -> None:
    """A cache file that is truncated or deleted is written again."""
    project.check(cached=True)
    (memory,) = (project.root / ".typedflow").glob("*.json")
    text = memory.read_text()
    for broken in (text[: len(text) // 2], "[]", ""):
        memory.write_text(broken)
        assert project.check(cached=True) == []
        said = ".typedflow/check.json cannot be read, so this check starts without a cache, and writes a new one"
        assert project.report.notes == (said,)
        assert memory.read_text() == text
    assert project.check(cached=True) == []
    assert project.report.notes == ()
    memory.unlink()
    assert project.check(cached=True) == []


def test_a_finding_that_may_go_away_by_itself_is_not_remembered(project: Checked) -> None:
    """A failed import may succeed without a change in the project."""
    _counting(project)
    project.write("flows/helpers.py", "import os\nFACTOR = int(os.popen('echo two').read())\n")
    for count in (1, 2):
        assert [found[0] for found in project.check(cached=True)] == ["import-failed"]
        project.write("flows/factor.txt", f"{count}\n")
    assert project.check(cached=True) != []


def test_a_large_memory_is_a_memory(project: Checked) -> None:
    """It may be larger than any config."""
    _counting(project)
    project.check(cached=True)
    (memory,) = (project.root / ".typedflow").glob("*.json")
    memory.write_text(memory.read_text() + " " * 5_000_000)
    assert project.check(cached=True) == []
    assert (_imports(project), project.report.notes) == (1, ())


def test_a_data_file_counts_for_each_flow_whose_code_reads_it(project: Checked) -> None:
    """Though a module that two flows import reads it once."""
    project.edit("typedflow.toml", "[flows.training]", '[flows.other]\nfile = "flows/other.py"\n\n[flows.training]')
    text = (project.root / FLOW).read_text().replace("Training", "Other")
    project.write("flows/other.py", text.replace("settings.cpu * 2", "settings.cpu // FACTOR"))
    project.edit(FLOW, "settings.cpu * 2", "settings.cpu // FACTOR")
    assert project.check(cached=True) == []
    project.write("flows/factor.txt", "0\n")
    assert {found[1] for found in project.check(cached=True)} == {"flows/other.py", FLOW}


@pytest.fixture
def many(make: Make) -> Checked:
    """A project with so many bindings that its tasks have parts."""
    return make({f"settings/settings.configuration.EXP_{i}.yaml": f"cpu: {i + 2}\n" for i in range(100, 500)})


def test_an_edit_of_one_binding_costs_its_part(many: Checked, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever happens to a binding is seen, and most of the others are not judged again."""
    judged: list[Task] = []
    judge = Workers.judge

    def watched(workers: Workers, task: Task) -> Outcome:
        judged.append(task)
        return judge(workers, task)

    monkeypatch.setattr(Workers, "judge", watched)
    assert many.check(cached=True) == []
    first = many.report
    assert sorted(task.about for task in judged) == ["bindings", "bindings", "settings", "unit", "unit"]
    file = "settings/settings.configuration.EXP_123.yaml"
    for text, rules in (("cpus: 3\n", {"unknown-key"}), ("cpu: 125\n", set()), ("cpu: 0\n", {"invalid-value"})):
        judged.clear()
        many.write(file, text)
        assert {found[0] for found in many.check(cached=True)} == rules
        assert sorted(task.about for task in judged) == ["bindings", "unit"]
        assert {"EXP_123" in (task.bindings or ()) for task in judged} == {True}
    (many.root / file).unlink()
    assert many.check(cached=True) == []
    assert many.report.variants == first.variants - 2  # in two environments
    many.write(file, "cpus: 1\n")
    assert {found[0] for found in many.check(cached=True)} == {"unknown-key"}
    many.write(file, "labels: [a]\n")
    judged.clear()
    many.write("settings/settings.yaml", "model:\n  alpha: 0.1\nlabels: [a]\n")
    assert [found[:2] for found in many.check(cached=True)] == [("redundant-override", file)]
    assert len(judged) == 5


def test_parts_are_judged_as_the_whole(many: Checked, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is found under some bindings of each part is one finding, with all of them."""
    for index in range(100, 110):
        many.write(f"settings/settings.configuration.EXP_{index}.yaml", "cpu: -1\n")
    many.write("settings/settings.yaml", "model:\n  alpha: x\n")
    for _ in range(2):
        many.check(cached=True)
    parts = many.report
    monkeypatch.setattr(_tasks, "_MOST", 1000)
    many.check()
    assert many.report == parts
    (alpha,) = (item for item in parts.diagnostics if item.path == ("model", "alpha"))
    assert len({case.binding for case in alpha.cases}) == 401
    label = "EXP_02, EXP_100, EXP_101, EXP_102, EXP_103 and 396 more"
    assert f"; binding {label} " in " ".join(report(parts, format="text").split()) + " "


def _rule(found: Found) -> set[str]:
    return {each[0] for each in found}


def test_a_file_of_another_format_is_another_file(project: Checked) -> None:
    """Though its name but for the suffix, and its text, are the same."""
    project.write("settings/settings.configuration.EXP_03.toml", "cpu = 3\n")
    assert project.check(cached=True) == []
    file = project.root / "settings/settings.configuration.EXP_03.toml"
    file.rename(file.with_suffix(".yaml"))
    assert _rule(project.check(cached=True)) == {"not-a-mapping"}


def test_a_link_that_leads_elsewhere_is_another_file(make: Make, tmp_path: Path) -> None:
    """A file that becomes a link out of the project, or a broken link, is checked again."""
    project = make()
    file = project.root / "settings/settings.environment.dev.yaml"
    outside = tmp_path / "outside.yaml"
    outside.write_text(file.read_text())
    assert project.check(cached=True) == []
    file.unlink()
    file.symlink_to(outside)
    assert _rule(project.check(cached=True)) == {"outside-project"}
    file.unlink()
    file.symlink_to("nothing.yaml")
    assert "missing-file" in _rule(project.check(cached=True))


def test_a_variable_that_code_reads_counts(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """The model's, and that of a module that two flows import, whether it is set or not."""
    model = "from os import environ\nfrom typing"
    project = make()
    project.edit("flows/settings.py", "from typing", model)
    project.edit("flows/settings.py", "ge=1", 'ge=int(environ.get("LEAST", "1"))')
    assert project.check(cached=True) == []
    monkeypatch.setenv("LEAST", "2")
    assert "invalid-value" in _rule(project.check(cached=True))
    monkeypatch.delenv("LEAST")
    assert project.check(cached=True) == []


def test_a_module_of_a_package_counts(make: Make) -> None:
    """It is imported by a relative name, and its bytecode is there."""
    project = make()
    text = (project.root / "flows/settings.py").read_text()
    project.write("pkg/__init__.py", "")
    project.write("pkg/limits.py", "LEAST = 1\n")
    project.write(
        "pkg/model.py",
        text.replace("ge=1", "ge=LEAST").replace("from typing", "from .limits import LEAST\nfrom typing"),
    )
    project.write("flows/settings.py", "from pkg.model import Settings\n")
    project.edit("typedflow.toml", "flows/settings.py:Settings", "pkg.model:Settings")
    assert compileall.compile_dir(project.root / "pkg", quiet=1)
    assert project.check(cached=True) == []
    project.write("pkg/limits.py", "LEAST = 20\n")
    assert "invalid-value" in _rule(project.check(cached=True))


def test_an_edit_while_a_flow_is_judged_is_seen_the_next_time(make: Make) -> None:
    """The check saw the old text, and the file has a new one."""
    project = make()
    edit = "import os, pathlib\nfile = pathlib.Path(__file__).with_name('settings.py')\n"
    edit += "os.system(f\"sed -i s/ge=1/ge=20/ '{file}'\")\n"
    project.edit(FLOW, "from metaflow", f"{edit}from metaflow")
    assert project.check(cached=True) == []
    assert "invalid-value" in _rule(project.check(cached=True))


@pytest.mark.parametrize(
    ("file", "is_ours"),
    [
        ("/work/project/a.py", True),
        ("/work/project/.venv/lib/python3.13/site-packages/a.py", False),
        ("/work/project/.venv/lib/python3.13/os.py", False),
        ("/work/projects/a.py", True),
        ("/usr/lib/python3.13/os.py", False),
        ("/usr/src/app/a.py", True),
        ("/data/a.csv", True),
        ("/proc/cpuinfo", False),
    ],
)
def test_which_files_are_of_the_project(file: str, is_ours: bool) -> None:  # noqa: FBT001 # of a table
    """The nearest directory decides, not a common prefix of names."""
    root = "/usr/src/app" if file.startswith("/usr/src") else "/work/project"
    assert is_of_project(file, root, ("/work/project/.venv", "/usr")) is is_ours

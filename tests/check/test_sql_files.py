"""Files of SQL in a check: what is judged again, where findings are, what a path on the command line means."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from typedflow.check import Options, check
from typedflow.check._tasks import groups
from typedflow.check._worker_messages import Task
from typedflow.check._workers import Workers
from typedflow.project import open_project, targets
from typedflow.render import report as rendered
from typedflow.units import judge_sql_file
from typedflow.values import Diagnostic, Report, Severity, TypedflowError

if TYPE_CHECKING:
    from collections.abc import Callable

MANIFEST = """\
model = "model.py:Settings"

[tables."schemas/*.yaml"]

[sql."sql/*.sql"]
params = {least = "int"}
"""
FILES = {
    "typedflow.toml": MANIFEST,
    "model.py": "from typedflow import ConfigModel\nclass Settings(ConfigModel):\n    rate: float = 0.1\n",
    "settings/settings.yaml": "rate: 0.2\n",
    "schemas/visits.tbl.yaml": "table: demo.visits\ncolumns:\n  day: date\n  count: int\n",
    "sql/first.sql": "SELECT day FROM visits;\n",
    "sql/second.sql": "SELECT count FROM visits WHERE count > :least;\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with a table and two files of SQL."""
    for name, text in FILES.items():
        _write(tmp_path / name, text)
    return tmp_path.resolve()


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the SQL files that workers judge, as they do."""
    names: list[str] = []
    judge = Workers.judge

    def spied(self: Workers, task: Task) -> object:
        names.extend([task.name] if task.about == "sql" else [])
        return judge(self, task)

    monkeypatch.setattr(Workers, "judge", spied)
    return names


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(exist_ok=True, parents=True)
    file.write_text(text, encoding="utf-8")


def _check(*paths: Path, **options: object) -> Report:
    found, alone, _ = targets(paths, {})
    return check(found, alone, Options(jobs=1, **options))  # type: ignore[arg-type]


def _shown(root: Path, found: tuple[Diagnostic, ...]) -> list[str]:
    return [f"{item.location}: {item.rule.name}".removeprefix(f"{root}/") for item in found]


def _direct(root: Path, name: str = "sql/first.sql", glob: str = "sql/*.sql") -> list[Diagnostic]:
    return list(judge_sql_file(open_project(root, {}), name, glob))


@pytest.mark.slow
def test_what_has_not_changed_is_not_judged_again(root: Path, judged: list[str]) -> None:
    """A file is judged again when it, a table or the manifest has changed; not for settings."""
    both = ["sql/first.sql", "sql/second.sql"]
    assert (_check(root).diagnostics, judged) == ((), both)
    _write(root / "settings/settings.yaml", "rate: 0.3\n")
    assert (_check(root).diagnostics, judged) == ((), both)
    _write(root / "sql/first.sql", "SELECT dya FROM visits;\n")
    assert _shown(root, _check(root).diagnostics) == ["sql/first.sql:1:8: unknown-column"]
    assert judged == [*both, "sql/first.sql"]
    assert _shown(root, _check(root).diagnostics) == ["sql/first.sql:1:8: unknown-column"]
    assert judged == [*both, "sql/first.sql"]
    _write(root / "schemas/visits.tbl.yaml", "table: demo.visits\ncolumns:\n  dya: date\n  count: int\n")
    assert (_check(root).diagnostics, judged[3:]) == ((), both)
    _write(root / "schemas/clicks.src.yaml", "table: web.clicks\n")
    assert (_check(root).diagnostics, judged[5:]) == ((), both)
    _write(root / "typedflow.toml", MANIFEST.replace("least", "most"))
    assert _shown(root, _check(root).diagnostics) == ["sql/second.sql:1:40: unbound-placeholder"]
    assert judged[7:] == both


@pytest.mark.slow
def test_a_file_on_the_command_line(root: Path, judged: list[str]) -> None:
    """Only it is judged, whatever is wrong with others."""
    for name in ("first", "second"):
        _write(root / f"sql/{name}.sql", "SELECT dya FROM visits;\n")
    found = _check(root / "sql/second.sql")
    assert _shown(root, found.diagnostics) == ["sql/second.sql:1:8: unknown-column"]
    assert (judged, found.sql_files, dict(found.units)) == (["sql/second.sql"], 1, {})


def test_a_file_that_no_entry_matches(root: Path) -> None:
    """Is refused, since nothing of it would be checked."""
    _write(root / "other/x.sql", "SELEC")
    with pytest.raises(TypedflowError) as raised:
        targets([root / "other/x.sql"], {})
    (found,) = raised.value.diagnostics
    assert (found.rule.name, found.hint) == ("bad-sql-files", 'declare it: `[sql."other/x.sql"]`')


@pytest.mark.slow
def test_reports_show_sql(root: Path) -> None:
    """With the line, the suggestion, and where the column is declared."""
    _write(root / "sql/first.sql", "SELECT 1;\nSELECT dya FROM visits;\n")
    found = _check(root, select=("TF8",))
    text = rendered(found, format="text", root=root, width=100, color=False)
    assert text.splitlines() == [
        "sql/first.sql:2:8: error TF812 unknown-column: `dya` is not a column of `visits`",
        "  2 | SELECT dya FROM visits;",
        "    |        ^^^ did you mean `day`?",
        "  = declared at schemas/visits.tbl.yaml:3",
    ]
    (item,) = json.loads(rendered(found, format="json", root=root))["diagnostics"]
    assert (item["code"], item["file"], item["line"]) == ("TF812", "sql/first.sql", 2)
    assert "sql/first.sql" in rendered(found, format="sarif", root=root)


def test_without_the_parser(root: Path) -> None:
    """One finding for all files says what to install: nothing is passed over in silence."""
    code = """
import sys
from pathlib import Path
sys.modules["sqlglot"] = None
from typedflow.project import open_project
from typedflow.units import judge_sql_file
project = open_project(Path("."))
found = {item for name, glob in project.sql_files.globs.items() for item in judge_sql_file(project, name, glob)}
for item in found:
    print(item.location, item.severity.value, item.rule.name, item.hint)
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout == "typedflow.toml:5:2 error unchecked-sql pip install 'typedflow[sql]'\n"


@pytest.mark.parametrize(
    "text",
    [
        "SELECT anything FROM visits;",
        "INSERT INTO visits SELECT 1 AS a;",
        "UPDATE visits SET a = 1;",
        "DELETE FROM visits WHERE a = 1;",
        "MERGE INTO visits USING (SELECT 1 AS x) s ON visits.a = s.x WHEN MATCHED THEN UPDATE SET b = 2;",
    ],
)
@pytest.mark.parametrize("table", ["columns: {day: dat}\n", "table: [\n", "table: demo.visits\ncolumns: {}\n"])
def test_a_table_whose_file_is_broken(root: Path, text: str, table: str) -> None:
    """Its columns may be any; what is wrong is reported at its file."""
    _write(root / "schemas/visits.tbl.yaml", table)
    _write(root / "sql/first.sql", text)
    assert _direct(root) == []


def test_rows_for_a_broken_table(root: Path) -> None:
    """Are not compared with it; columns of other tables are."""
    _write(root / "typedflow.toml", MANIFEST.replace("params", 'into = "visits"\nparams'))
    _write(root / "schemas/visits.tbl.yaml", "table: [\n")
    _write(root / "schemas/clicks.src.yaml", "table: web.clicks\ncolumns: {day: date}\n")
    _write(root / "sql/first.sql", "SELECT dya AS x FROM clicks;")
    assert [item.rule.name for item in _direct(root)] == ["unknown-column"]


def test_what_is_not_checked_is_a_warning(root: Path) -> None:
    """It does not fail a check."""
    _write(root / "sql/first.sql", "VACUUM;\n")
    (found,) = _direct(root)
    assert (found.rule.name, found.severity) == ("unchecked-sql", Severity.WARNING)
    assert not Report((found,)).fails()


@pytest.mark.parametrize(("content", "rule"), [(b"SELECT '\xff'", "not-text"), (None, "missing-file")])
def test_a_file_that_cannot_be_read(root: Path, content: bytes | None, rule: str) -> None:
    """Is a finding with its name: it may have been removed meanwhile."""
    file = root / "sql/first.sql"
    file.write_bytes(content) if content else file.unlink()
    with pytest.raises(TypedflowError) as raised:
        _direct(root)
    assert [(item.rule.name, str(item.location).partition(":")[0]) for item in raised.value.diagnostics] == [
        (rule, "sql/first.sql")
    ]


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ('[sql."sql/frist.sql"]', "no file matches `sql/frist.sql`|did you mean `sql/first.sql`?"),
        (
            '[sql."sql"]',
            "no file matches `sql`|correct the glob, which is relative to the manifest, or remove the entry",
        ),
        ('[sql."sql/*.sql"]\ninto = "vists"', "there is no table `vists`|did you mean `visits`?"),
        ('[sql."sql/*.sql"]\ninto = "x"', "there is no table `x`|the tables are `visits`"),
        (
            '[sql."sql/*.sql"]\n[sql."sql/f*.sql"]',
            (
                "`sql/first.sql` is matched by two entries, here and `sql/*.sql`|let one entry match each file: its "
                "`into` and `params` are those of the file"
            ),
        ),
    ],
)
def test_entries_of_the_manifest(root: Path, entries: str, expected: str) -> None:
    """What is wrong with one is found at its line."""
    _write(root / "typedflow.toml", f"{MANIFEST.partition('[sql')[0]}{entries}\n")
    (found,) = open_project(root, {}).sql_files.problems
    assert f"{found.message}|{found.label or found.hint}" == expected
    assert found.rule.name == "bad-sql-files"
    assert found.location is not None
    assert found.location.span is not None
    assert found.location.span.line in {5, 6}


def test_a_link_that_leads_outside(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Is refused, as elsewhere; a folder that the manifest allows is not."""
    file = tmp_path_factory.mktemp("other") / "x.sql"
    file.write_text("SELECT 1;\n")
    (root / "sql/x.sql").symlink_to(file)
    found = open_project(root, {}).sql_files
    assert [item.rule.name for item in found.problems] == ["outside-project"]
    assert list(found.globs) == ["sql/first.sql", "sql/second.sql"]
    _write(root / "typedflow.toml", f'outside = ["{file.parent}"]\n{MANIFEST}')
    assert "sql/x.sql" in open_project(root, {}).sql_files.globs


def test_one_worker_judges_many_files() -> None:
    """Loading the parser takes longer than judging some files."""
    tasks = [Task("settings"), *(Task("sql", name=f"{number}.sql") for number in range(300))]
    sizes = [len(group) for group in groups(tasks)]
    assert sizes == [128, 128, 44, 1]


def test_a_project_without_sql_loads_no_parser(
    root: Path, start: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    """Nor does this process where workers judge it."""
    _write(root / "typedflow.toml", MANIFEST.partition("[sql")[0])
    code = """
import sys
from typedflow.check._worker import judge_in
from typedflow.check._worker_messages import SCOPES, TASKS, Scope, Task
judge = judge_in(SCOPES.dump_json(Scope(".")).decode())
judge(TASKS.dump_json(Task("settings")).decode())
judge(TASKS.dump_json(Task("unit", "table", "visits", "schemas/visits.tbl.yaml")).decode())
print("sqlglot" in sys.modules)
"""
    assert start("-c", code, cwd=root, environ={}).stdout == "False\n"

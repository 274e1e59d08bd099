"""Mistakes in a project with tables and SQL: one line is edited, and what is found is at that line, or names it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from typedflow.check import Options, check
from typedflow.check._cases import Cases
from typedflow.check._tasks import project_tasks
from typedflow.check._worker import _judged
from typedflow.check._worker_messages import Scope
from typedflow.project import open_project, targets
from typedflow.values import Diagnostic, TypedflowError, merge_findings

if TYPE_CHECKING:
    from collections.abc import Iterable

MANIFEST, ENVIRONMENTS, BINDING = (
    "typedflow.toml",
    "settings/settings.environment.yaml",
    "settings/settings.configuration.EXP_01.yaml",
)
FEATURES, PREDICTIONS = "schemas/features.tbl.yaml", "schemas/predictions.tbl.yaml"
TITLES, METRICS = "schemas/titles.src.yaml", "schemas/metrics.src.yaml"
LOAD, REPORT, CLEAN = "sql/features.sql", "sql/reports/best.sql", "sql/clean.sql"
FILES = {
    MANIFEST: """\
model = "metaflows/settings.py:Settings"
sections = ["configuration", "environment"]

[flows.training]
file = "metaflows/training.py"
bindings = ["EXP_*"]

[tables."schemas/[!p]*.yaml"]

[tables."schemas/p*.yaml"]
bindings = ["EXP_*"]

[environments]
default = "dev"

[engine]
kind = "duckdb"

[sql."sql/features.sql"]
into = "features"
params = {day = "date"}

[sql."sql/reports/*.sql"]
params = {least = "double"}

[sql."sql/clean.sql"]
""",
    "metaflows/settings.py": """\
from typing import Literal

from typedflow import ConfigModel

Column = Literal["runtime", "reviews", "meter"]


class Configuration(ConfigModel):
    features: list[Column]


class Environment(ConfigModel):
    READ_DATABASE: str
    TARGET_DATABASE: str


class Settings(ConfigModel):
    configuration: Configuration
    environment: Environment
""",
    "metaflows/training.py": """\
from metaflow import FlowSpec, step
from settings import Settings
from typedflow import SettingsMixin


class Training(SettingsMixin[Settings], FlowSpec):
    @step
    def start(self):
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    Training()
""",
    BINDING: "features:\n  - runtime\n  - reviews\n",
    ENVIRONMENTS: """\
dev:
  READ_DATABASE: movies
  TARGET_DATABASE: demo_dev
prod:
  READ_DATABASE: movies
  TARGET_DATABASE: demo
""",
    TITLES: """\
table: ${environment.READ_DATABASE}.titles
columns:
  title_id: bigint
  title: text
  runtime: double
  opened: date
""",
    METRICS: """\
table: ${environment.READ_DATABASE}.metrics
columns:
  title_id: bigint
  reviews: bigint
  meter: double
  source: "struct<site: text, votes: int>"
  runtime: double
""",
    FEATURES: """\
table: ${environment.TARGET_DATABASE}.features
partitioned_by: [day]
columns:
  day: {type: date, nullable: false}
  title_id: {type: bigint, nullable: false}
  runtime: double
  reviews: bigint
  meter: double
  site: text
""",
    PREDICTIONS: """\
table: ${environment.TARGET_DATABASE}.predictions_${binding}
columns:
  title_id: {type: bigint, nullable: false}
  value: double
""",
    LOAD: """\
-- The features of films that have opened.
SELECT
    CAST(:day AS date) AS day,
    t.title_id,
    t.runtime,
    m.reviews,
    m.meter,
    m.source.site AS site
FROM titles AS t
JOIN metrics AS m ON m.title_id = t.title_id
WHERE t.opened <= :day;
""",
    REPORT: """\
SELECT title, meter
FROM titles
JOIN metrics USING (title_id)
WHERE meter >= :least
ORDER BY meter DESC;
""",
    CLEAN: """\
DELETE FROM predictions
WHERE value IS NULL;
INSERT INTO predictions
SELECT title_id, meter AS value
FROM features;
""",
}


class Mistake(NamedTuple):
    """A line of a file, what it becomes, and the rule of what is found then, in as many findings as places have it."""

    file: str
    old: str
    new: str
    rule: str
    findings: int = 1


MISTAKES = {
    "a misspelled setting": Mistake(BINDING, "features:", "feature:", "unknown-key"),
    "a setting that is not a column": Mistake(BINDING, "  - reviews", "  - review", "invalid-value"),
    "a database that cannot be in a name": Mistake(
        ENVIRONMENTS, "  TARGET_DATABASE: demo_dev", "  TARGET_DATABASE: demo dev", "bad-table-path", 2
    ),
    "a database that is a list": Mistake(
        ENVIRONMENTS, "  TARGET_DATABASE: demo_dev", "  TARGET_DATABASE: [demo]", "invalid-value"
    ),
    "an unknown setting in a name": Mistake(
        FEATURES,
        "table: ${environment.TARGET_DATABASE}.features",
        "table: ${environment.TARGET_DATABSE}.features",
        "bad-table-path",
    ),
    "a bound table without its binding": Mistake(
        PREDICTIONS,
        "table: ${environment.TARGET_DATABASE}.predictions_${binding}",
        "table: ${environment.TARGET_DATABASE}.predictions",
        "bad-table-path",
    ),
    "an unknown type": Mistake(FEATURES, "  runtime: double", "  runtime: doubel", "invalid-value"),
    "a partition that is not a column": Mistake(
        FEATURES, "partitioned_by: [day]", "partitioned_by: [days]", "bad-table"
    ),
    "a misspelled key of a table": Mistake(FEATURES, "partitioned_by: [day]", "partition_by: [day]", "unknown-key"),
    "a misspelled key of a column": Mistake(
        FEATURES,
        "  title_id: {type: bigint, nullable: false}",
        "  title_id: {type: bigint, nulable: false}",
        "unknown-key",
    ),
    "two columns that differ in case": Mistake(FEATURES, "  site: text", "  Meter: text", "bad-table", 2),
    "a table that cannot be read": Mistake(TITLES, "  title: text", "  title: text: x", "invalid-syntax"),
    "a column of a source that is renamed": Mistake(TITLES, "  opened: date", "  openend: date", "unknown-column"),
    "a column of the target that is renamed": Mistake(
        FEATURES, "  reviews: bigint", "  reviewers: bigint", "unknown-output"
    ),
    "another type of the target": Mistake(FEATURES, "  reviews: bigint", "  reviews: date", "output-type"),
    "another type of a source": Mistake(METRICS, "  reviews: bigint", "  reviews: text", "output-type"),
    "a new column of the target": Mistake(
        FEATURES, "  site: text", "  site: text\n  oscars: {type: int, nullable: false}", "missing-output"
    ),
    "a field of a struct that is renamed": Mistake(
        METRICS,
        '  source: "struct<site: text, votes: int>"',
        '  source: "struct<page: text, votes: int>"',
        "unknown-column",
    ),
    "a target that becomes external": Mistake(FEATURES, "partitioned_by: [day]", "external: true", "bad-sql-files"),
    "a misspelled column": Mistake(LOAD, "    m.meter,", "    m.metre,", "unknown-column"),
    "a misspelled column without an alias": Mistake(
        REPORT, "SELECT title, meter", "SELECT titel, meter", "unknown-column"
    ),
    "a misspelled table": Mistake(LOAD, "FROM titles AS t", "FROM titels AS t", "unknown-table"),
    "a misspelled alias": Mistake(LOAD, "    t.runtime,", "    tt.runtime,", "unknown-table"),
    "a column of two tables": Mistake(LOAD, "    t.runtime,", "    runtime,", "ambiguous-column"),
    "a misspelled placeholder": Mistake(REPORT, "WHERE meter >= :least", "WHERE meter >= :last", "unbound-placeholder"),
    "a misspelled word": Mistake(REPORT, "ORDER BY meter DESC;", "ORDER BYE meter DESC;", "unreadable-sql"),
    "a comma too many": Mistake(LOAD, "    m.source.site AS site", "    m.source.site AS site,,", "unreadable-sql"),
    "a column that is left out": Mistake(LOAD, "    t.title_id,", "", "missing-output"),
    "a misspelled output": Mistake(LOAD, "    m.source.site AS site", "    m.source.site AS sitee", "unknown-output"),
    "another type of an output": Mistake(LOAD, "    m.source.site AS site", "    m.source AS site", "output-type"),
    "columns in another order": Mistake(
        CLEAN, "SELECT title_id, meter AS value", "SELECT meter AS value, title_id", "output-order", 2
    ),
    "a write into an external table": Mistake(
        CLEAN, "INSERT INTO predictions", "INSERT INTO metrics", "external-write"
    ),
    "what is not checked": Mistake(CLEAN, "WHERE value IS NULL;", "WHERE value IS NULL; VACUUM;", "unchecked-sql"),
    "a glob that matches nothing": Mistake(
        MANIFEST, '[sql."sql/reports/*.sql"]', '[sql."sql/report/*.sql"]', "bad-sql-files"
    ),
    "two globs that match one file": Mistake(
        MANIFEST, '[sql."sql/reports/*.sql"]', '[sql."sql/**/*.sql"]', "bad-sql-files", 2
    ),
    "files that are not the project's": Mistake(
        MANIFEST, '[sql."sql/reports/*.sql"]', '[sql."../reports/*.sql"]', "outside-project"
    ),
    "a misspelled target": Mistake(MANIFEST, 'into = "features"', 'into = "feature"', "bad-sql-files"),
    "an external target": Mistake(MANIFEST, 'into = "features"', 'into = "titles"', "bad-sql-files"),
    "a misspelled parameter": Mistake(
        MANIFEST, 'params = {least = "double"}', 'params = {last = "double"}', "unbound-placeholder"
    ),
    "an unknown type of a parameter": Mistake(
        MANIFEST, 'params = {least = "double"}', 'params = {least = "doubel"}', "invalid-value"
    ),
    "a parameter of another type": Mistake(
        MANIFEST, 'params = {least = "double"}', 'params = {least = ["double"]}', "invalid-value"
    ),
    "a misspelled key of SQL files": Mistake(MANIFEST, 'into = "features"', 'int = "features"', "unknown-key"),
    "an unknown engine": Mistake(MANIFEST, 'kind = "duckdb"', 'kind = "duckbd"', "invalid-value"),
    "a glob of tables that matches nothing": Mistake(
        MANIFEST, '[tables."schemas/p*.yaml"]', '[tables."schemas/p*.yml"]', "bad-glob"
    ),
}
#: Where the place is that has lost something, not the edited line: the SELECT that lacks a column.
ELSEWHERE = {"a column that is left out": (LOAD, 2)}


@pytest.fixture(autouse=True)
def forget_modules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Import the model of each project anew."""
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.delitem(sys.modules, "settings", raising=False)


def _findings(root: Path) -> tuple[Diagnostic, ...]:
    """Return what a check finds, except in flows; what a worker does is done in this process."""
    found: list[Diagnostic] = []
    try:
        project, scope = open_project(root, {}), Scope(str(root))
        found += project.sql_files.problems
        tables = {unit: str(root / unit.file) for unit in project.units if unit.kind == "table"}
        cases = Cases(project, scope)
        found += (item for _, attempt in cases.of(project.unit("training"), None) for item in attempt.diagnostics)
        for task in project_tasks(project, scope, tables, project.sql_files.globs):
            found += _judged(task, cases).diagnostics
    except TypedflowError as error:
        found += error.diagnostics
    return merge_findings(found)


def _written(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        file = root / name
        file.parent.mkdir(exist_ok=True, parents=True)
        file.write_text(text, encoding="utf-8")
    return root


def _places(found: Iterable[Diagnostic]) -> set[tuple[str, int]]:
    """Return the files and lines of findings, and of the places that they name beside their own."""
    places = (place for item in found for place in (item.location, *(other.location for other in item.related)))
    return {(place.name, place.span.line if place.span else 0) for place in places if place}


def test_the_project_is_right(tmp_path: Path) -> None:
    """Without a mistake, nothing is found: here, nor by a check in workers."""
    root = _written(tmp_path, FILES)
    assert _findings(root) == ()
    whole, alone, _ = targets([root], {})
    report = check(whole, alone, Options(jobs=1))
    assert report.diagnostics == ()
    assert (dict(report.units), report.sql_files) == ({"flow": 1, "table": 4}, 3)


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_found_at_its_line(tmp_path: Path, mistake: Mistake, request: pytest.FixtureRequest) -> None:
    """By one rule, which names the line that was edited, and no other."""
    text = FILES[mistake.file]
    assert text.count(f"{mistake.old}\n") >= 1
    line = text[: text.index(f"{mistake.old}\n")].count("\n") + 1 + mistake.new.count("\n")
    root = _written(tmp_path, {**FILES, mistake.file: text.replace(f"{mistake.old}\n", f"{mistake.new}\n", 1)})
    found = _findings(root)
    shown = [f"{item.location}: {item.rule.name}: {item.message} {item.label} {item.hint}" for item in found]
    assert {item.rule.name for item in found} == {mistake.rule}, shown
    assert len(found) == mistake.findings, shown
    expected = ELSEWHERE.get(request.node.callspec.id, (mistake.file, line))
    assert expected in _places(found), (expected, shown, _places(found))

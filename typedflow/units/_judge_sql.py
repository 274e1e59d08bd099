"""Judges a project's files of SQL against its tables: findings with their places, also in tables and the manifest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from typedflow.project import DeclaredTable, LoadedProject, external_target
from typedflow.values import (
    RULES,
    Diagnostic,
    Location,
    Related,
    Severity,
    Span,
    TableColumns,
    TypedflowError,
    parse_column_type,
)
from typedflow.workspace import read_source

if TYPE_CHECKING:
    from typedflow.sql import SqlFinding, Target

_unchecked = partial(Diagnostic, RULES["unchecked-sql"])
_DIAGNOSTICS = {
    "unreadable-sql": partial(Diagnostic, RULES["unreadable-sql"]),
    "unknown-table": partial(Diagnostic, RULES["unknown-table"]),
    "unknown-column": partial(Diagnostic, RULES["unknown-column"]),
    "ambiguous-column": partial(Diagnostic, RULES["ambiguous-column"]),
    "unbound-placeholder": partial(Diagnostic, RULES["unbound-placeholder"]),
    "missing-output": partial(Diagnostic, RULES["missing-output"]),
    "unknown-output": partial(Diagnostic, RULES["unknown-output"]),
    "output-order": partial(Diagnostic, RULES["output-order"]),
    "output-type": partial(Diagnostic, RULES["output-type"]),
    "external-write": partial(Diagnostic, RULES["external-write"]),
    "unchecked-sql": partial(_unchecked, severity=Severity.WARNING),
}


def judge_sql_file(project: LoadedProject, name: str, glob: str) -> Iterator[Diagnostic]:
    """Yield what is wrong with a file of SQL, which the manifest declares by a glob.

    The columns of a table whose file is broken are not judged: what is wrong with the file is found elsewhere.

    Raises:
        TypedflowError: the file cannot be read.
    """
    try:
        from typedflow.sql import judge_sql
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "sqlglot":
            raise
        yield _not_installed(project)
        return
    entry = project.manifest.sql[glob]
    source = read_source(project.root / name, project.root)
    tables = _declared(project)
    known = {each: table.columns if table else TableColumns(()) for each, table in tables.items()}
    into, problem = _target(project, glob, entry.into, tables)
    if problem is not None:
        yield problem
    judgement = judge_sql(
        source,
        project.manifest.engine.spoken,
        known,
        {each: parse_column_type(kind) for each, kind in entry.params.items()},
        into,
        [each for each, table in tables.items() if table is None],
    )
    places = _Places(project, tables, source.name, glob)
    yield from (places.diagnostic(finding) for finding in judgement.findings)


def _not_installed(project: LoadedProject) -> Diagnostic:
    message = "the files of SQL are not checked: sqlglot, which reads them, is not installed"
    hint = "pip install 'typedflow[sql]'"
    return _unchecked(message, project.place_of_table("sql"), hint=hint)


def _declared(project: LoadedProject) -> dict[str, DeclaredTable | None]:
    """Return the tables of a project by name; None for one whose file is broken."""
    found: dict[str, DeclaredTable | None] = {}
    for unit in project.tables.units:
        try:
            found[unit.name] = project.tables.declared(unit)
        except TypedflowError:
            found[unit.name] = None
    return found


def _target(
    project: LoadedProject, glob: str, name: str | None, tables: Mapping[str, DeclaredTable | None]
) -> tuple[Target | None, Diagnostic | None]:
    """Return the table that the rows are written into, if its columns are known, or why it cannot be."""
    from typedflow.sql import Target

    table = tables.get(name or "")
    if name is None or table is None:  # there is none, or it is reported elsewhere
        return None, None
    if table.columns.is_external:
        place = project.place("sql", glob, "into")
        return None, external_target(place, name, table.place("external", key=True))
    return Target(name, table.columns), None


class _Places:
    """The places that findings in one file are about."""

    def __init__(
        self, project: LoadedProject, tables: Mapping[str, DeclaredTable | None], file: str, glob: str
    ) -> None:
        self._project, self._tables, self._file, self._glob = project, tables, file, glob

    def diagnostic(self, finding: SqlFinding) -> Diagnostic:
        """Return a finding of SQL as one of the project."""
        return _DIAGNOSTICS[finding.rule](
            finding.message,
            self._in_file(finding.span),
            label=finding.label,
            hint=finding.hint,
            related=(
                *(Related("also at", self._in_file(span)) for span in finding.others),
                *(Related("declared at", place) for place in self._declared(finding)),
                *(Related("named at", place) for place in self._in_manifest(finding)),
            ),
        )

    def _in_file(self, span: Span) -> Location:
        return Location(self._file, span)

    def _declared(self, finding: SqlFinding) -> Iterator[Location]:
        """Yield where the tables and columns that a finding is about are declared."""
        for name, column in finding.declared:
            table = self._tables.get(name)
            if table is not None:
                yield table.place("columns", *([column] if column else []), key=True)
        if finding.rule == "unbound-placeholder" and self._project.manifest.sql[self._glob].params:
            yield self._project.place_of_key(("sql", self._glob, "params"))

    def _in_manifest(self, finding: SqlFinding) -> Iterator[Location]:
        """Yield where the manifest names the table that the rows are written into."""
        into = self._project.manifest.sql[self._glob].into
        place = self._project.place("sql", self._glob, "into")
        is_output = finding.rule in {"missing-output", "unknown-output", "output-type"}
        if place and is_output and into in {name for name, _ in finding.declared}:
            yield place

"""What the judge knows while it reads a statement: queries' results, sources in FROM, scopes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect as Grammar

from typedflow.sql._dialects import Dialect, Traits
from typedflow.sql._findings import Findings
from typedflow.sql._names import Names, is_plain
from typedflow.values import ColumnType, TableColumns


@dataclass(slots=True, eq=False)
class Unknown:
    """Columns that are not known: of what, and the names that are accepted for that reason.

    It is silent where a finding already says why.
    """

    label: str = ""
    place: tuple[int, int] = (0, 0)
    is_silent: bool = False
    names: dict[str, None] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Output:
    """A column of a result. One without a name may go by engines' own names for it (``defaults``, in keys).

    ``table`` is the declared table whose column it is.

    ``node`` is the expression that makes it, or ``branches`` are columns, one of which it is. ``type`` is the declared
    type, or once ``is_typed``, what is known of it.
    """

    name: str | None
    key: str
    node: exp.Expr | None = None
    type: ColumnType | None = None
    defaults: frozenset[str] = frozenset()
    branches: tuple[Output, ...] = ()
    is_typed: bool = False
    table: str = ""


@dataclass(slots=True, eq=False)
class Result:
    """The columns of a table or a query, in order; there may be more of them where ``unknown`` has any."""

    outputs: list[Output]
    unknown: list[Unknown] = field(default_factory=list)
    _by_key: dict[str, Output] | None = None

    def find(self, key: str) -> Output | None:
        """Return the first column with a key."""
        if self._by_key is None:
            self._by_key = {output.key: output for output in reversed(self.outputs) if output.name is not None}
        return self._by_key.get(key)

    def find_default(self, key: str) -> Output | None:
        """Return the column without a name that an engine calls so."""
        unnamed = (output for output in self.outputs if output.name is None)
        return next((output for output in unnamed if key in output.defaults or not is_plain(key)), None)


@dataclass(slots=True, eq=False)
class Relation:
    """A source in FROM: the keys of its alias, or of the parts of its name; ``table`` is a declared one's.

    A hidden one is seen only by its own join: the right side of a semi-join.
    """

    path: tuple[str, ...]
    shown: str
    result: Result
    table: str = ""
    is_table: bool = False
    is_hidden: bool = False

    @property
    def title(self) -> str:
        """The name for a message."""
        if not self.shown:
            return "the subquery"
        return f"`{self.shown}` (`{self.table}`)" if self.table not in {"", self.shown} else f"`{self.shown}`"


@dataclass(slots=True, eq=False)
class Scope:
    """What an expression sees: the sources of its SELECT, aliases, common table expressions, and the outer query.

    ``merged`` are the columns of USING. ``sees_aliases`` says whether the clause that is read may use aliases;
    one ``is_broken`` where an alias would have the name of a column that is reported.
    """

    outer: Scope | None
    tables: Mapping[str, Result]
    relations: list[Relation] = field(default_factory=list)
    merged: dict[str, Output] = field(default_factory=dict)
    aliases: dict[str, Output] = field(default_factory=dict)
    sees_aliases: bool = False
    is_broken: bool = False

    def chain(self) -> Iterator[Scope]:
        """Yield this scope and those around it, innermost first."""
        scope: Scope | None = self
        while scope is not None:
            yield scope
            scope = scope.outer

    def visible(self) -> list[Relation]:
        """Return the sources that are not hidden."""
        return [relation for relation in self.relations if not relation.is_hidden]


#: Resolves a query that stands in a scope, if any, and sees these common table expressions.
Resolve: TypeAlias = Callable[["Context", exp.Expr, "Scope | None", Mapping[str, Result]], Result]


@dataclass(slots=True, eq=False)
class Context:
    """The judge's data for one text.

    ``tables`` are the declared ones with their names, by those in lower case. By node: ``columns`` are what columns
    mean, ``reported`` those with a finding, ``results`` those of nested queries, ``named`` declared tables' names.
    ``natives`` are the places of the dialect's own placeholders. ``broken`` are the tables whose columns are not known
    for a reason that is reported elsewhere. ``has_unread``: a statement could not be read, and may create tables.
    """

    text: str
    dialect: Dialect
    grammar: Grammar
    traits: Traits
    names: Names
    tables: Mapping[str, tuple[str, TableColumns]]
    parameters: Mapping[str, ColumnType | None]
    findings: Findings
    resolve: Resolve
    unknown: list[Unknown] = field(default_factory=list)
    columns: dict[int, Output | None] = field(default_factory=dict)
    reported: set[int] = field(default_factory=set)
    results: dict[int, Result] = field(default_factory=dict)
    created: dict[str, Result] = field(default_factory=dict)
    reads: dict[str, None] = field(default_factory=dict)
    writes: dict[str, None] = field(default_factory=dict)
    placeholders: dict[str, None] = field(default_factory=dict)
    named: dict[int, str] = field(default_factory=dict)
    natives: list[tuple[int, int]] = field(default_factory=list)
    broken: Collection[str] = ()
    has_unread: bool = False

    def place(self, node: exp.Expr) -> tuple[int, int]:
        """Return the place of a node in the text: from its first name to its last."""
        found = [(each.meta.get("start"), each.meta.get("end")) for each in node.walk()]
        places = [(start, end + 1) for start, end in found if start is not None and end is not None]
        return (min(start for start, _ in places), max(end for _, end in places)) if places else (0, 0)

    def written(self, node: exp.Expr) -> str:
        """Return a node as the text has it."""
        start, end = self.place(node)
        return self.text[start:end]

    def is_placeholder(self, column: exp.Expr) -> bool:
        """Return whether a column, or an identifier, is a placeholder such as ``:name``."""
        name = column.this if isinstance(column, exp.Column) else column
        if not isinstance(name, exp.Identifier) or not name.name.startswith(":"):
            return False
        return self.text[self.place(name)[0]] == ":"  # not `":name"`

    def open(self, label: str, place: tuple[int, int], *, is_silent: bool = False) -> Unknown:
        """Return new unknown columns."""
        unknown = Unknown(label, place, is_silent)
        self.unknown.append(unknown)
        return unknown

"""The tables that a run uses: their names in the engine and columns, and the engine, as the run stores them."""

from __future__ import annotations

from typing import Literal

from typedflow.models._model import ConfigModel
from typedflow.values import TableColumn, parse_column_type


class RunColumn(ConfigModel):
    """A column: its type, None if it is not declared, and whether its values may be NULL."""

    type: str | None = None
    nullable: bool = True


class RunTable(ConfigModel):
    """A table: its name in the engine, its columns in their order, and what divides it into partitions."""

    table: str
    external: bool = False
    partitioned_by: tuple[str, ...] = ()
    columns: dict[str, RunColumn] = {}

    @property
    def whole_columns(self) -> tuple[TableColumn, ...]:
        """The columns with their names, as engines expect them."""
        return tuple(
            TableColumn(name, parse_column_type(each.type) if each.type else None, each.nullable)
            for name, each in self.columns.items()
        )


class RunEngine(ConfigModel):
    """The database: DuckDB's file, or the dialect and the name of the variable that has the URL; never the URL."""

    kind: Literal["duckdb", "sqlalchemy"] = "duckdb"
    file: str | None = None
    dialect: str = "duckdb"
    url_env: str | None = None

    @property
    def spoken(self) -> str:
        """The dialect of SQL that the engine speaks."""
        return self.dialect


class RunTables(ConfigModel):
    """The tables of a run by their names in the project, and the engine that has them."""

    engine: RunEngine
    tables: dict[str, RunTable]

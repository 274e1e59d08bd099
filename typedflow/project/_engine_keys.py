"""The manifest's keys about the project's database: the engine, and the files of SQL."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator
from typing_extensions import Self

from typedflow.models import ConfigModel
from typedflow.project._unit_keys import Filled

Variable = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]


def _type(text: str) -> str:
    from typedflow.values import parse_column_type

    return str(parse_column_type(text))


TypeText = Annotated[str, AfterValidator(_type)]
"""A type of a column as files write it; see ``values.parse_column_type``."""
Dialect = Literal["duckdb", "postgres", "spark", "trino", "snowflake", "bigquery"]


class EngineKeys(ConfigModel, defer_build=True):
    """The database of the project's tables."""

    kind: Literal["duckdb", "sqlalchemy"] = "duckdb"
    """`duckdb`, a database in one file, or `sqlalchemy`, a database that SQLAlchemy reaches by a URL."""
    file: Filled | None = None
    """DuckDB's file, relative to the manifest; if not set, `tables.duckdb`."""
    dialect: Dialect | None = None
    """The dialect of SQL that the database behind the URL speaks."""
    url_env: Variable | None = None
    """The environment variable that contains the URL of the database, which is never stored."""

    @model_validator(mode="after")
    def _belong_together(self) -> Self:
        if self.kind == "duckdb" and (self.dialect or self.url_env):
            raise ValueError('`dialect` and `url_env` require `kind = "sqlalchemy"`')
        if self.kind == "sqlalchemy" and (self.dialect is None or self.url_env is None):
            raise ValueError('`kind = "sqlalchemy"` requires `dialect` and `url_env`')
        if self.kind == "sqlalchemy" and self.file is not None:
            raise ValueError('`file` requires `kind = "duckdb"`')
        return self

    @property
    def spoken(self) -> Dialect:
        """The dialect of SQL that the engine speaks."""
        return self.dialect or "duckdb"


class SqlFiles(ConfigModel, defer_build=True):
    """What is the same for some files of SQL."""

    into: Variable | None = None
    """The table that the rows of each file's last query are written into."""
    params: dict[Variable, TypeText] = Field(default_factory=dict)
    """The placeholders that the files may have, `:name`, with the type of each."""

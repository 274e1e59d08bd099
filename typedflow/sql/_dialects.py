"""The dialects that are judged, and what SQL means where they differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

Dialect: TypeAlias = Literal["duckdb", "postgres", "spark", "trino", "snowflake", "bigquery"]
#: The dialects that tests cover.
DIALECTS: tuple[Dialect, ...] = get_args(Dialect)


@dataclass(frozen=True, slots=True)
class Traits:
    """What a dialect does that others do not.

    ``has_lateral_aliases``: all of a SELECT sees the aliases of its columns. ``has_paths``: ``a:b`` reads a field.
    ``has_row_values``: the name of a table is a value. ``has_implicit_lateral``: a subquery in FROM sees what is left
    of it. ``has_array_joins``: ``FROM t, t.items``. ``pseudo_columns``: what tables have beside declared columns.
    """

    has_lateral_aliases: bool = False
    has_paths: bool = False
    has_row_values: bool = False
    has_implicit_lateral: bool = False
    has_array_joins: bool = False
    pseudo_columns: frozenset[str] = frozenset()


TRAITS: dict[Dialect, Traits] = {
    "duckdb": Traits(
        has_lateral_aliases=True,
        has_row_values=True,
        has_implicit_lateral=True,
        pseudo_columns=frozenset({"rowid", "filename", "file_row_number"}),
    ),
    "postgres": Traits(
        has_row_values=True,
        pseudo_columns=frozenset({"ctid", "xmin", "xmax", "cmin", "cmax", "tableoid", "oid"}),
    ),
    "spark": Traits(has_lateral_aliases=True, has_paths=True, pseudo_columns=frozenset({"_metadata"})),
    "trino": Traits(
        pseudo_columns=frozenset({"$path", "$partition", "$bucket", "$file_size", "$file_modified_time", "$properties"})
    ),
    "snowflake": Traits(
        has_lateral_aliases=True,
        has_paths=True,
        pseudo_columns=frozenset(
            {
                "METADATA$FILENAME",
                "METADATA$FILE_ROW_NUMBER",
                "METADATA$FILE_LAST_MODIFIED",
                "METADATA$ACTION",
                "METADATA$ISUPDATE",
                "METADATA$ROW_ID",
            }
        ),
    ),
    "bigquery": Traits(
        has_row_values=True,
        has_array_joins=True,
        pseudo_columns=frozenset({"_partitiontime", "_partitiondate", "_table_suffix", "_file_name", "_change_type"}),
    ),
}

#: Whose parser reads a dialect, where it is another: Databricks' Spark has more syntax, such as ``a:b``.
GRAMMARS = {"spark": "databricks"}

#: Names that are functions without parentheses in some dialect.
FUNCTIONS = frozenset(
    {
        *("current_catalog", "current_database", "current_date", "current_datetime", "current_role", "current_schema"),
        *("current_time", "current_timestamp", "current_user", "level", "localtime", "localtimestamp", "session_user"),
        *("sysdate", "systimestamp", "user"),
    }
)
#: Units of time, which functions accept as names, also with an s.
UNITS = frozenset(
    {
        *("microsecond", "millisecond", "nanosecond", "second", "minute", "hour", "day", "dayofweek", "dayofyear"),
        *("week", "isoweek", "month", "quarter", "year", "isoyear", "decade", "century", "millennium"),
    }
)

"""The database of a project's tables, from the manifest or from what a run was given of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from typedflow.values import RULES, Diagnostic, Location, TypedflowError

if TYPE_CHECKING:
    from typedflow.engines import Engine
    from typedflow.models import RunEngine
    from typedflow.project import EngineKeys

DEFAULT_FILE = "tables.duckdb"
_RULE = RULES["engine-failed"]


def open_engine(
    keys: EngineKeys | RunEngine, root: Path, environ: Mapping[str, str], place: Location | None = None
) -> Engine:
    """Return the database that a manifest declares: DuckDB's file below ``root``, or the one at the variable's URL.

    Nothing is opened yet; ``place`` is where the engine is declared.

    Raises:
        TypedflowError: ``engine-failed``: the variable is not set.
    """
    if keys.kind == "duckdb":
        from typedflow.engines import DuckDB

        return DuckDB(root / (keys.file or DEFAULT_FILE))
    from typedflow.engines import Warehouse

    url = environ.get(keys.url_env or "")
    if not url:
        message = f"the environment variable {keys.url_env} is not set, and it has the URL of the tables' database"
        raise TypedflowError([engine_failed(message, place)])
    return Warehouse(url, keys.spoken)


def engine_failed(message: str, place: Location | None = None, hint: str = "") -> Diagnostic:
    """Return the finding for a database that cannot be used; the message is an ``EngineError``'s, or says no secret."""
    return Diagnostic(_RULE, message, place, hint=hint)

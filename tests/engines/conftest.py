"""Engines, each with an empty database."""

from pathlib import Path

import pytest

from typedflow.engines import DuckDB, Engine, Warehouse


@pytest.fixture(params=["duckdb", "postgres"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    """Each engine."""
    if request.param == "duckdb":
        return DuckDB(tmp_path / "data" / "demo.duckdb")
    return Warehouse(request.getfixturevalue("postgres_url"), "postgres")

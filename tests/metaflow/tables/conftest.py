"""A project with tables, whose flows read and write them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import duckdb
import pytest

#: Runs `typedflow`, or the flow of a file, with arguments and environment variables.
Run = Callable[..., subprocess.CompletedProcess[str]]

COLUMNS = {
    "films": "day date NOT NULL, title text NOT NULL, runtime int",
    "log": "number int NOT NULL, note text",
    "predictions_EXP_01": "title text NOT NULL, score double precision NOT NULL",
}


@pytest.fixture
def cinema(tmp_path: Path) -> Path:
    """A copy of the project, whose engine has no tables yet."""
    root = tmp_path / "cinema"
    shutil.copytree(Path(__file__).with_name("flows"), root, ignore=shutil.ignore_patterns("__pycache__"))
    (root / ".metaflow").mkdir()
    return root


@pytest.fixture
def database(cinema: Path) -> Path:
    """The database of the project, with its tables in the environments `dev` and `prod`."""
    file = cinema / "cinema.duckdb"
    with duckdb.connect(str(file)) as connection:
        for schema in ("dev", "prod"):
            connection.execute(f"CREATE SCHEMA {schema}")
            for name, columns in COLUMNS.items():
                connection.execute(f"CREATE TABLE {schema}.{name} ({columns})")
    return file


@pytest.fixture
def run(cinema: Path) -> Run:
    """Runs a command in the project; standard error follows standard output."""

    def started(*arguments: str, variables: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        words = arguments if arguments[0].endswith(".py") else ("-m", "typedflow", *arguments)
        environ = {**os.environ, "COLUMNS": "120", **(variables or {})}
        return subprocess.run(
            [sys.executable, *words],
            cwd=cinema,
            env=environ,
            check=False,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    return started

"""Fills the external tables with films that a package has: `python metaflows/custom/movies.py`."""

import sqlite3
from contextlib import closing
from pathlib import Path

import duckdb
import pandas as pd
from bokeh_sampledata.movies_data import movie_path

DATABASE = Path(__file__).parents[2] / "tables.duckdb"
TITLES = """
    CREATE OR REPLACE TABLE movies.titles AS
    SELECT ID::INT AS title_id, Title AS title, Year::INT AS year, Runtime::DOUBLE AS runtime, Oscars::INT AS oscars
    FROM omdb
"""
METRICS = """
    CREATE OR REPLACE TABLE movies.metrics AS
    SELECT ID::INT AS title_id, Reviews::INT AS reviews, Meter::INT AS meter, Rating::DOUBLE AS rating,
        BoxOffice::DOUBLE AS box_office
    FROM tomatoes
"""


def main():
    """Copy two tables of the package to the project's database, as somebody else's."""
    with closing(sqlite3.connect(movie_path)) as movies, duckdb.connect(str(DATABASE)) as database:
        for name in ("omdb", "tomatoes"):
            database.register(name, pd.read_sql(f"SELECT * FROM {name}", movies).convert_dtypes())
        for statement in ("CREATE SCHEMA IF NOT EXISTS movies", TITLES, METRICS):
            database.execute(statement)
        (count,) = database.execute("SELECT count(*) FROM movies.titles").fetchone()
    print(f"{DATABASE.name} has {count} films")


if __name__ == "__main__":
    main()

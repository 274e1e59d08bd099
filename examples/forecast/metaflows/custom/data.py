"""The tables: SQLite files, one for each database."""

import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path

from bokeh_sampledata.movies_data import movie_path

HERE = Path(__file__).parents[2]

FEATURES = """
    CREATE TABLE demo_features_f AS
    SELECT titles.ID AS title_id, titles.Runtime AS runtime, titles.Year AS year, titles.Oscars AS oscars,
        metrics.Reviews AS reviews, metrics.Meter AS meter, metrics.Rating AS rating, metrics.BoxOffice AS box_office
    FROM {read}.omdb AS titles JOIN {read}.tomatoes AS metrics USING (ID)
    WHERE titles.Runtime > 0 AND metrics.Rating IS NOT NULL AND metrics.BoxOffice > 0
    ORDER BY title_id
"""


@contextmanager
def connect(environment):
    """Open the target database, with the external tables beside it, for one transaction."""
    with closing(sqlite3.connect(HERE / f"{environment.TARGET_DATABASE}.db", timeout=60)) as connection:
        connection.execute(f"ATTACH DATABASE ? AS {environment.READ_DATABASE}", [str(movie_path)])
        with connection:
            yield connection


def load_features(environment):
    """Join titles with their metrics, and return the number of rows."""
    with connect(environment) as connection:
        connection.execute("DROP TABLE IF EXISTS demo_features_f")
        connection.execute(FEATURES.format(read=environment.READ_DATABASE))
        return connection.execute("SELECT count(*) FROM demo_features_f").fetchone()[0]


def read_features(environment, columns):
    """Return the rows of some columns."""
    with connect(environment) as connection:
        return connection.execute(f"SELECT {', '.join(columns)} FROM demo_features_f").fetchall()


def write_predictions(environment, target, rows):
    """Replace the predictions of a target column; a row is a title and its prediction."""
    with connect(environment) as connection:
        connection.execute(
            "CREATE TABLE IF NOT EXISTS demo_predictions_f (target TEXT, title_id INTEGER, predicted REAL)"
        )
        connection.execute("DELETE FROM demo_predictions_f WHERE target = ?", [target])
        connection.executemany("INSERT INTO demo_predictions_f VALUES (?, ?, ?)", [(target, *row) for row in rows])

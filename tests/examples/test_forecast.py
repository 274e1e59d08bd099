"""The forecast: a project with sections, shared settings files and a model per unit, on real data."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import tomli

pytest.importorskip("sklearn")
pytest.importorskip("bokeh_sampledata")
duckdb = pytest.importorskip("duckdb")

TYPEDFLOW = ("-m", "typedflow")


@pytest.fixture
def forecast(example: Callable[[str], Any]) -> Any:
    """A copy of the project."""
    return example("forecast")


def test_everything_is_valid(forecast: Any) -> None:
    """`check` finds nothing: each unit reads its own fields of the files that it shares."""
    assert "no problems" in forecast.python(*TYPEDFLOW, "check")


def test_origins_of_all_bindings(forecast: Any) -> None:
    """Key paths include the section, and each value has its file, line and column."""
    shown = forecast.python(*TYPEDFLOW, "show", "--all-bindings", "--path", "configuration", "--origins")
    assert "target_column: box_office  # settings/settings.configuration.EXP_01.yaml:2:16" in shown
    assert "target_column: reviews  # settings/settings.configuration.EXP_02.yaml:2:16" in shown
    assert "fit_intercept: true  # settings/settings.configuration.yaml:3:18" in shown


def test_the_extra_has_what_data_frames_require(forecast: Any) -> None:
    """`pip install '.[examples]'` is all that the page says; no version of pandas from 3 on requires pyarrow."""
    assert ".pandas()" in (forecast.directory / "metaflows/features.py").read_text(encoding="utf-8")
    text = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    extra = tomli.loads(text)["project"]["optional-dependencies"]["examples"]
    names = {re.split(r"[^\w-]", requirement)[0] for requirement in extra}
    assert names >= {"bokeh_sampledata", "duckdb", "pandas", "pyarrow", "scikit-learn", "sqlglot"}


@pytest.mark.slow
def test_both_bindings_learn_from_the_features(forecast: Any) -> None:
    """The tables are created, both bindings run at once, and their predictions are in one table."""
    assert "tables.duckdb has 17472 films" in forecast.python("metaflows/custom/movies.py")
    assert "2 tables created" in forecast.python(*TYPEDFLOW, "table", "apply")
    assert "no differences in 4 tables" in forecast.python(*TYPEDFLOW, "table", "plan")
    log = forecast.python(*TYPEDFLOW, "run", "features")
    assert "settings.environment.TARGET_DATABASE = demo_dev" in log
    assert "demo_dev.demo_features_f has 2680 rows" in log
    forecast.python(*TYPEDFLOW, "run", "training", "--binding", "EXP_*")
    stored = forecast.artifact("Training", "settings")
    assert stored["environment"]["TARGET_DATABASE"] == "demo_dev"
    assert stored["system"].keys() == {"repository", "branch", "commit", "dirty"}
    with duckdb.connect(str(forecast.directory / "tables.duckdb")) as connection:
        counts = connection.execute("SELECT target, count(*) FROM demo_dev.demo_predictions_f GROUP BY 1 ORDER BY 1")
        assert counts.fetchall() == [("box_office", 2680), ("reviews", 2680)]


def test_the_types_of_tables_are_current(forecast: Any) -> None:
    """Settings may name only columns that the table has."""
    forecast.python(*TYPEDFLOW, "table", "types", "--check")
    file = forecast.directory / "settings/settings.configuration.EXP_01.yaml"
    file.write_text(file.read_text().replace("runtime", "runtim"))
    found = forecast.python(*TYPEDFLOW, "check", code=1)
    assert "settings/settings.configuration.EXP_01.yaml:3:12: error TF301 invalid-value" in found
    assert "did you mean `runtime`?" in found


def test_identities(forecast: Any) -> None:
    """Units are called by project, binding and name; the digest stands beside it."""
    listing = forecast.python(*TYPEDFLOW, "list", "--format", "json")
    units = json.loads(listing[listing.index("{") :])["units"]
    identities = [binding["identity"] for unit in units for binding in unit["bindings"]]
    assert "demo.EXP_01.training" in identities

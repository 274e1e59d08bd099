"""The demo: its settings under every variant, and real runs of both bindings."""

import json
from collections.abc import Callable
from typing import Any

import pytest

pytest.importorskip("sklearn")

TYPEDFLOW = ("-m", "typedflow")
_SHOW_DECORATORS = """
import contextlib, json, sys
sys.path.insert(0, "flows")
from metaflow import flowspec
from nightly import Nightly
with contextlib.suppress(SystemExit):
    Nightly()
keys = getattr(flowspec, "FlowStateItems", None)
decorators = Nightly._flow_state[keys.FLOW_DECORATORS] if keys else Nightly._flow_decorators
print()
print(json.dumps({name: found[0].attributes for name, found in decorators.items()}, default=str))
"""


@pytest.mark.slow
def test_a_binding_runs_as_the_readme_says(example: Callable[[str], Any]) -> None:
    """``typedflow run`` fits a model in each fold, on the binding's columns, and keeps the settings with the run."""
    here = example("demo")
    log = here.python(*TYPEDFLOW, "run", "training", "--binding", "EXP_01")
    assert "ols predicts `target`: age -0.085, bmi +6.143, bp +0.966, s1 -0.210, s3 -0.526, s5 +52.810" in log
    assert "r2 0.480, mean absolute error 45.13" in log
    assert log.count(": r2 ") == 3
    settings = here.artifact("Training", "settings")
    assert settings["data"] == {"features": ["age", "bmi", "bp", "s1", "s3", "s5"], "target": "target"}
    assert settings["labels"] == ["demo", "dev", "progression"]
    assert here.artifact("Training", "metrics")["r2"] == pytest.approx(0.4803, abs=0.0005)


@pytest.mark.slow
def test_python_alone_runs_the_other_binding(example: Callable[[str], Any]) -> None:
    """A flow that is started by Python resolves its own settings; the binding switches the model's kind.

    A step shows them with a line for each key path, as Metaflow strips the indentation of what it streams.
    """
    here = example("demo")
    log = here.python("flows/training.py", "run", TYPEDFLOW_BINDING="EXP_02", TYPEDFLOW_ENV="prod")
    assert "ridge predicts `bp`: age +0.216, sex +3.757, bmi +0.870, s4 -0.311, s6 +0.246" in log
    assert log.count(": r2 ") == 5
    assert ')] settings.data.features = ["age", "sex", "bmi", "s4", "s6"]\n' in log
    assert "schedule." not in log
    assert "packages." not in log
    model = here.artifact("Training", "settings")["model"]
    assert model == {"kind": "ridge", "alpha": 10.0, "fit_intercept": True, "solver": "auto"}


@pytest.mark.slow
def test_the_deployed_flow_gets_packages_and_schedule(example: Callable[[str], Any]) -> None:
    """Flow-level decorators have plain values: the packages of the settings, the schedule of the environment."""
    here = example("demo")
    log = here.python("-c", _SHOW_DECORATORS, "--environment", "pypi", "show", TYPEDFLOW_ENV="prod")
    decorators = json.loads(log.splitlines()[-1])
    assert decorators["pypi_base"]["packages"] == {"scikit-learn": "1.7.2", "pydantic": "2.12.5"}
    assert decorators["schedule"]["cron"] == "0 * * * *"
    assert decorators["schedule"]["timezone"] == "Europe/Amsterdam"
    assert decorators["project"]["name"] == "diabetes"


def test_bindings_and_environments_resolve(example: Callable[[str], Any]) -> None:
    """Every variant of the demo is valid, and no two of one flow are the same."""
    here = example("demo")
    units = []
    for environment in ("dev", "prod"):
        log = here.python(*TYPEDFLOW, "list", "--format", "json", "--env", environment)
        head, listing = log[: log.index("{")], json.loads(log[log.index("{") :])
        assert head == f"environment {environment}: selected with --env\n"
        units += [binding for unit in listing["units"] for binding in unit["bindings"]]
    assert all(binding["valid"] for binding in units)
    assert len({(binding["identity"], binding["digest"]) for binding in units}) == len(units) == 6

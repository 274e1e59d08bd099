"""Where a config's value may be given, and how the places rank; a Parameter's default in `run --help` shows it."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.smoke

Flow = Callable[..., subprocess.CompletedProcess[str]]
VALUE = '{"schedule": {"cron": "x"}, "name": "by value"}'


def _shown(run: subprocess.CompletedProcess[str], name: str = "shown") -> str:
    found = re.search(rf"--{name} [\s\S]*?\[default:\s+([^\]]*)\]", run.stdout)
    assert found, run.stdout
    return found[1]


@pytest.mark.parametrize(
    ("arguments", "variables", "name"),
    [
        pytest.param([], {}, "hello", id="default file"),
        pytest.param(["--config", "config", "other.yaml"], {}, "from yaml", id="file option"),
        pytest.param(["--config=config", "other.yaml"], {}, "from yaml", id="file option with an equals sign"),
        pytest.param(["--config-value", "config", VALUE], {}, "by value", id="value option"),
        pytest.param([], {"METAFLOW_FLOW_CONFIG": '{"config": "other.yaml"}'}, "from yaml", id="file variable"),
        pytest.param([], {"METAFLOW_FLOW_CONFIG_VALUE": f'{{"config": {VALUE}}}'}, "by value", id="value variable"),
        pytest.param([], {"TYPEDFLOW__CONFIG__NAME": "by variable"}, "by variable", id="one field"),
        pytest.param([], {"TYPEDFLOW__OTHER__NAME": "by variable"}, "hello", id="a field of another flow's config"),
        pytest.param(
            ["--config", "config", "other.yaml"], {"typedflow__config__name": "above"}, "above", id="field above file"
        ),
    ],
)
def test_a_config_is_given(flow: Flow, arguments: list[str], variables: dict[str, str], name: str) -> None:
    """Files by suffix, values as JSON, Metaflow's variables, and a variable for each field above them."""
    run = flow("small.py", *arguments, "run", "--help", **variables)
    assert _shown(run) == name


def test_a_json_file(flow: Flow, here: Path) -> None:
    """A JSON file needs no parser."""
    (here / "c.json").write_text(VALUE)
    assert _shown(flow("small.py", "--config", "config", "c.json", "run", "--help")) == "by value"


def test_the_default_file_is_found_beside_the_flow(here: Path) -> None:
    """A flow that is started from elsewhere finds its default file in its own directory."""
    (here / "elsewhere").mkdir()
    run = subprocess.run(
        [sys.executable, "../small.py", "run", "--help"],
        cwd=here / "elsewhere",
        check=False,
        text=True,
        capture_output=True,
    )
    assert _shown(run) == "hello"


def test_help_names_the_default_file(flow: Flow) -> None:
    """`--help` shows the file that a config is read from by default."""
    run = flow("typed.py", "--help")
    assert re.search(r"config: How to train\. \[default:\s+myconfig\.toml\]", run.stdout)


def test_a_compiled_config_is_taken_as_it_is(flow: Flow, here: Path) -> None:
    """Variables are part of a compiled config already, so they do not change it again."""
    from typedflow.project import digest_of

    folder = here / ".typedflow" / "compiled"
    folder.mkdir(parents=True)
    file = folder / f"small.default.{digest_of(VALUE)}.json"
    file.write_text(VALUE)
    run = flow("small.py", "--config", "config", str(file), "run", "--help", TYPEDFLOW__CONFIG__NAME="again")
    assert _shown(run) == "by value"
    file.write_text(VALUE.replace("by value", "edited"))
    run = flow("small.py", "--config", "config", str(file), "run", "--help", TYPEDFLOW__CONFIG__NAME="again")
    assert _shown(run) == "again"


def test_without_a_model_it_is_metaflows_own() -> None:
    """`Config` without `model=` gives Metaflow's object."""
    import metaflow

    from typedflow import Config

    assert type(Config("raw", default_value={"a": 1})) is metaflow.Config

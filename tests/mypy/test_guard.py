"""What the plugin does not foresee is an error of its own code, and mypy goes on."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

# A first line of its own makes the program one that mypy has not seen.
PROGRAM = """\
# {case}
from metaflow import FlowSpec

from typedflow import Config, ConfigModel, config_expr


class Train(ConfigModel):
    rate: float = 0.1


class Flow(FlowSpec):
    config = Config("config", model=Train, default="train.toml")
    value = config_expr("config.rat")
    wrong: int = ""
"""

# The same text for each case, so that mypy's cache holds for all of them.
BROKEN = """\
import os

from typedflow.mypy import _record_configs, _expressions, plugin


def broken(*_: object, **__: object) -> None:
    raise {"RuntimeError": RuntimeError("unforeseen"), "SystemExit": SystemExit(2)}[error]


module, name, error = os.environ["BROKEN"].split()
setattr({"_expressions": _expressions, "_record_configs": _record_configs}[module], name, broken)
"""


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache for all cases: most of what mypy reads is the same."""
    return tmp_path_factory.mktemp("cache")


@pytest.mark.slow
@pytest.mark.parametrize("error", ["RuntimeError: unforeseen", "SystemExit: 2"])
@pytest.mark.parametrize(
    ("module", "name", "line"),
    [("_expressions", "texts_in", 13), ("_expressions", "report", 13), ("_record_configs", "argument_of", 12)],
)
def test_an_unforeseen_exception_is_an_error(
    tmp_path: Path, cache: Path, error: str, module: str, name: str, line: int
) -> None:
    """Mypy reports what is not the plugin's, and where the plugin gave up, whatever it met."""
    case = f"{module} {name} {error.partition(':')[0]}"
    (tmp_path / "flow.py").write_text(PROGRAM.format(case=case))
    (tmp_path / "broken.py").write_text(BROKEN)
    (tmp_path / "mypy.ini").write_text("[mypy]\nplugins = broken.py\nignore_missing_imports = true\n")
    command = [sys.executable, "-m", "mypy", f"--cache-dir={cache}", "flow.py"]
    environ = {**os.environ, "BROKEN": case}
    done = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stdout + done.stderr
    assert not done.stderr
    message = f"Not checked, please report this error to typedflow: {error}  [config-internal]"
    assert f"flow.py:{line}: error: {message}" in done.stdout
    assert "flow.py:14: error: Incompatible types in assignment" in done.stdout

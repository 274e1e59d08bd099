"""What the plugin does not foresee is an error of its own code, and mypy goes on."""

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """\
from metaflow import FlowSpec

from typedflow import Config, ConfigModel, config_expr


class Train(ConfigModel):
    rate: float = 0.1


class Flow(FlowSpec):
    config = Config("config", model=Train, default="train.toml")
    value = config_expr("config.rat")
    wrong: int = ""
"""

BROKEN = """\
from typedflow.mypy import _record_configs, _expressions, plugin


def broken(*_: object, **__: object) -> None:
    raise {error}


{module}.{name} = broken
"""


@pytest.mark.slow
@pytest.mark.parametrize("error", ["RuntimeError('unforeseen')", "SystemExit(2)"])
@pytest.mark.parametrize(
    ("module", "name", "line"),
    [("_expressions", "texts_in", 12), ("_expressions", "report", 12), ("_record_configs", "argument_of", 11)],
)
def test_an_unforeseen_exception_is_an_error(tmp_path: Path, error: str, module: str, name: str, line: int) -> None:
    """Mypy reports what is not the plugin's, and where the plugin gave up, whatever it met."""
    (tmp_path / "flow.py").write_text(PROGRAM)
    (tmp_path / "broken.py").write_text(BROKEN.format(error=error, module=module, name=name))
    (tmp_path / "mypy.ini").write_text("[mypy]\nplugins = broken.py\nignore_missing_imports = true\n")
    command = [sys.executable, "-m", "mypy", "flow.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stdout + done.stderr
    assert not done.stderr
    kind, said = error.rstrip(")").split("(")
    message = f"Not checked, please report this error to typedflow: {kind}: {said.strip(chr(39))}  [config-internal]"
    assert f"flow.py:{line}: error: {message}" in done.stdout
    assert "flow.py:13: error: Incompatible types in assignment" in done.stdout

"""What Metaflow packages with a flow."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
_FLOW = """\
from metaflow import FlowSpec, step

from typedflow import Config, ConfigModel


class Train(ConfigModel):
    epochs: int


class PackedFlow(FlowSpec):
    train = Config("train", model=Train, default="train.toml")

    @step
    def start(self):
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    PackedFlow()
"""


@pytest.mark.slow
@pytest.mark.parametrize("how", [["--editable"], []], ids=["editable", "wheel"])
def test_typedflow_comes_with_the_flow(how: list[str], tmp_path: Path) -> None:
    """The code package has typedflow, whether it was installed from a wheel or is edited, and no config file."""
    python = tmp_path / "venv" / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "venv")], check=True)
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", *how, str(ROOT)], check=True)
    (tmp_path / "flow.py").write_text(_FLOW)
    (tmp_path / "train.toml").write_text("epochs = 3\n")
    command = [str(python), "flow.py", "package", "list"]
    done = subprocess.run(command, cwd=tmp_path, env=dict(os.environ), check=False, text=True, capture_output=True)
    assert done.returncode == 0, done.stderr
    packaged = done.stdout + done.stderr
    assert "typedflow/metaflow/_config.py" in packaged
    assert "typedflow_origins.py" in packaged
    assert ".toml" not in packaged

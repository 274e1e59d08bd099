"""What a fuzzer makes up, guided by the lines that a text reaches, for a minute each."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from effort import STRESS

PROGRAM = Path(__file__).with_name("guided.py")


@pytest.mark.skipif(not STRESS, reason="it takes minutes: `tox -e stress`")
@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris has no wheel for this Python or system")
@pytest.mark.parametrize("format_name", ["toml", "yaml", "json"])
def test_no_text_breaks_a_law(format_name: str, tmp_path: Path) -> None:
    """The laws are true of texts that nobody would write, and none of them takes ten seconds."""
    folder = tmp_path / "texts"
    folder.mkdir()
    options = ["-max_total_time=60", "-timeout=10", "-max_len=600", f"-seed={STRESS}", f"-artifact_prefix={tmp_path}/"]
    command = [sys.executable, str(PROGRAM), format_name, *options, str(folder)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, errors="replace")
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]

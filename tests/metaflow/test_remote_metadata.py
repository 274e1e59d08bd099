"""Runs whose metadata a service keeps."""

import os
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

_READ = """
import metaflow, typedflow
from models import TrainConfig
metaflow.namespace(None)
run = metaflow.Flow("TypedFlow").latest_run
print(run.pathspec, typedflow.load(run, TrainConfig, "config") == typedflow.load(run.pathspec, TrainConfig, "config"))
print(typedflow.origins(run, "config").leaves["name"].origin)
"""


def _service() -> Any:
    spec = spec_from_file_location("metadata_service", Path(__file__).with_name("metadata_service.py"))
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.metadata_service()


def test_a_run_is_read_back_from_a_service(here: Path) -> None:
    """The config and its origins, by a process that finds the run through the service alone."""
    with _service() as address:
        environ = {
            **os.environ,
            "METAFLOW_DEFAULT_METADATA": "service",
            "METAFLOW_SERVICE_URL": address,
            "METAFLOW_DATASTORE_SYSROOT_LOCAL": str(here / "store"),
        }

        def python(*arguments: str) -> str:
            command = [sys.executable, *arguments]
            done = subprocess.run(command, cwd=here, env=environ, check=False, capture_output=True, text=True)
            assert done.returncode == 0, done.stdout + done.stderr
            return done.stdout

        python("typed.py", "run")
        assert list((here / ".metaflow").iterdir()) == []
        assert python("-c", _READ).splitlines() == ["TypedFlow/1 True", "myconfig.toml:1:8"]

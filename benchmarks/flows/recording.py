"""What a task process was started with, so that the same process can be started again and measured."""

import json
import os
import shutil
import sys
from pathlib import Path


def record() -> None:
    """Write this process's command and environment to the file that a variable names, if it does."""
    file = os.environ.pop("BENCHMARK_RECORD", None)
    if file is None:
        return
    command = [sys.executable, *sys.argv]
    at = command.index("--local-config-file") + 1
    command[at] = shutil.copy(command[at], f"{file}.configs")  # the run removes its own at its end
    Path(file).write_text(json.dumps({"command": command, "environ": dict(os.environ)}), encoding="utf-8")

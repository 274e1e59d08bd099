"""Runs Python programs, each in a separate process that has already loaded typedflow and Metaflow.

Importing them takes most of the time of a short command. A request is a line of JSON: ``argv`` as after ``python``, the
working directory ``cwd``, the variables ``environ``, and the files ``out`` and ``err`` that the output goes to. The
answer is a line with the exit code, negative where a signal ended the process.
"""

from __future__ import annotations

import json
import os
import runpy
import signal
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

#: What commands and flows load, loaded once.
LOADED = [
    *(f"typedflow.{name}" for name in ("check", "cli", "metaflow", "models", "operations", "project", "schema")),
    *("typedflow.render", "typedflow.render._settings", "metaflow", "pydantic_settings"),
]
#: A program that takes longer hangs.
SECONDS = 300


def serve() -> None:
    """Answer requests until there are no more."""
    for name in LOADED:
        import_module(name)
    print("ready", flush=True)  # noqa: T201 # the answer
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _become(json.loads(line))
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201 # the answer


def _become(request: dict[str, Any]) -> None:
    """Run a program in this process, which ends with it."""
    out = os.open(request["out"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    err = out if request["err"] == request["out"] else os.open(request["err"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(out, 1)
    os.dup2(err, 2)
    os.environ.clear()
    os.environ.update(request["environ"])
    os.chdir(request["cwd"])
    signal.alarm(SECONDS)
    # Metaflow puts tuples that it pickles (`metaflow.tuple_util`) into the main module.
    kept = {name: value for name, value in globals().items() if isinstance(value, type) and issubclass(value, tuple)}
    first, *rest = request["argv"]
    if first == "-m":
        sys.argv[:] = rest
        sys.path[:0] = [request["cwd"]]
        runpy.run_module(rest[0], kept, "__main__", alter_sys=True)
    else:
        sys.argv[:] = [first, *rest]
        sys.path[:0] = [str(Path(first).resolve().parent)]
        runpy.run_path(first, kept, "__main__")
    sys.exit()


if __name__ == "__main__":
    sys.path.pop(0)  # this folder
    serve()

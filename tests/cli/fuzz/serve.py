"""Runs command lines, each in a process of its own that has loaded typedflow already.

A request is a line of JSON: ``argv``, and ``root``, the directory to work in. What a command writes goes to the files
``out`` and ``err`` beside that directory; the answer is a line with its exit code, negative where a signal ended it.
"""

import json
import os
import signal
import sys
from importlib import import_module
from pathlib import Path

from typedflow.cli import main

#: What commands load, loaded once.
LOADED = ["check", "metaflow", "models", "operations", "project", "render", "render._settings", "schema"]
#: A command that takes so long hangs.
SECONDS = 60


def serve() -> None:
    """Answer requests until there are no more."""
    for name in LOADED:
        import_module(f"typedflow.{name}")
    for line in sys.stdin:
        request = json.loads(line)
        child = os.fork()
        if not child:
            sys.exit(_run(request["argv"], Path(request["root"])))
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201 # the answer


def _run(argv: list[str], root: Path) -> int:
    """Run a command line in this process, which ends with it."""
    for descriptor, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(root.parent / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), descriptor)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.chdir(root)
    signal.alarm(SECONDS)
    return main(argv)


if __name__ == "__main__":
    serve()

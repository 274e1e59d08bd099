"""A process that has imported what checks and flows import, and forks, so that a check does not pay for imports.

Whoever asks sends one message: the arguments of a Python, its directory and variables, and open files with the numbers
that they are to have. The fork runs them as Python would, and its exit code is the answer.
"""

from __future__ import annotations

import array
import contextlib
import fcntl
import gc
import json
import os
import select
import signal
import socket
import sys
import traceback
from types import FrameType
from typing import Any

_MESSAGE = 1 << 20
_FREE = 200
#: The highest number of a standard stream.
_STANDARD = 2
_MODULES = (
    "metaflow",
    "metaflow.plugins",
    "pydantic",
    "pydantic_settings",
    "yaml",
    "tomli",
    "tree_sitter",
    "tree_sitter_toml",
    "numpy",
    "sklearn.datasets",
    "sklearn.linear_model",
    "sklearn.metrics",
    "sklearn.model_selection",
)


def serve(place: str) -> None:
    """Answer at a socket until standard input ends."""
    import importlib

    sys.dont_write_bytecode = True
    for name in _MODULES:
        with contextlib.suppress(ImportError):  # missing modules are not tried each time
            importlib.import_module(name)
    _import_own()
    gc.collect()
    gc.freeze()
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(place)
    listening.listen(64)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    # Nobody writes to this process: its standard input ends when its parent ends.
    while listening in select.select([listening, 0], [], [])[0]:
        asking, _ = listening.accept()
        if os.fork() == 0:
            listening.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _answer(asking)
        asking.close()


def _import_own() -> None:
    """Import all of typedflow: otherwise each fork would import the lazy modules again."""
    import importlib
    import pkgutil

    import typedflow

    for found in pkgutil.walk_packages(typedflow.__path__, "typedflow.", onerror=lambda _: None):
        if not found.name.startswith(("typedflow.mypy", "typedflow.hypothesis", "typedflow.__main__")):
            with contextlib.suppress(ImportError):
                importlib.import_module(found.name)


def _answer(asking: socket.socket) -> None:
    message, files = _received(asking)
    asking = socket.socket(fileno=_moved(asking.detach()))
    for number, file in zip(message["files"], files, strict=True):
        os.dup2(file, number, inheritable=number <= _STANDARD)
        os.close(file)
    os.chdir(message["folder"])
    os.environ.clear()
    os.environ.update(message["environ"])
    sys.executable = message["executable"]
    # A check's process ends when it has another parent than the one that started it: the fork's is this server.
    os.getppid = lambda: int(message["parent"])
    code = _run(message["arguments"])
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    asking.sendall(f"{code}\n".encode())
    os._exit(code)


def _received(asking: socket.socket) -> tuple[dict[str, Any], list[int]]:
    """Return a message and its files, at descriptors that do not collide with the requested ones."""
    found = array.array("i")
    text, ancillary, _, _ = asking.recvmsg(_MESSAGE, socket.CMSG_LEN(16 * found.itemsize))
    for _, _, data in ancillary:
        found.frombytes(data[: len(data) - len(data) % found.itemsize])
    while not text.endswith(b"\n"):
        text += asking.recv(_MESSAGE)
    return json.loads(text), [_moved(file) for file in found]


def _moved(file: int) -> int:
    """Move an open file to a descriptor that nobody requests."""
    moved = fcntl.fcntl(file, fcntl.F_DUPFD_CLOEXEC, _FREE)
    os.close(file)
    return moved


def _run(arguments: list[str]) -> int:
    """Run a program (``-c``) or a file, and return its exit code."""
    import runpy

    signal.signal(signal.SIGTERM, _stop)
    try:
        if arguments[0] == "-c":
            sys.argv = ["-c", *arguments[2:]]
            sys.path[0:0] = [""]
            exec(compile(arguments[1], "<string>", "exec"), {"__name__": "__main__"})  # noqa: S102 # as Python does
        else:
            sys.argv = list(arguments)
            sys.path[0:0] = [os.path.dirname(os.path.abspath(arguments[0]))]  # noqa: PTH100, PTH120 # links stay
            runpy.run_path(arguments[0], run_name="__main__")
    except SystemExit as stop:
        if isinstance(stop.code, str):
            print(stop.code, file=sys.stderr)
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except BaseException:  # noqa: BLE001 # as Python does
        traceback.print_exc()
        return 1
    return 0


def _stop(_: int, __: FrameType | None) -> None:
    os._exit(143)

"""Commands whose output goes to a file: each has a process group of its own, which ends with this process.

Between this process and the command is a child process, which ends the group if this process is killed.
"""

from __future__ import annotations

import json
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from typedflow.workspace._child_process import ChildEndedError, ChildProcess, ChildTimeoutError

_PROGRAM = f"{__name__}:answer"


class LoggedProcess:
    """A command that runs, and appends what it prints to a file. ``close`` ends what is left of its group."""

    def __init__(self, command: Sequence[str], log: Path, environ: Mapping[str, str]) -> None:
        """Start the command in this process's working directory.

        Raises:
            OSError: no process can be started.
        """
        self._code: int | None = None
        self._child = ChildProcess(_PROGRAM, environ=environ)
        self._child.send(json.dumps({"command": list(command), "log": str(log)}))

    def wait(self, seconds: float) -> int | None:
        """Return the exit code as a shell reports it; None if the command runs longer than that."""
        try:
            if self._code is None:
                self._code = int(self._child.receive(seconds))
        except ChildTimeoutError:
            return None
        except ChildEndedError as error:
            self._code = 128 - error.code if error.code < 0 else error.code or 1
        return self._code

    def interrupt(self) -> None:
        """Interrupt the command, and what it has started, as a terminal's Ctrl-C does."""
        self._child.interrupt()

    def kill(self) -> None:
        """Kill the command, and what it has started."""
        self._child.kill()

    def close(self) -> None:
        """Kill what is left of the group."""
        self._child.close(grace=0)


def answer(line: str) -> str:
    """Run a command, and return its exit code; interrupts are for the command."""
    request, relay = json.loads(line), _Relay()
    signal.signal(signal.SIGINT, relay.interrupt)
    with Path(request["log"]).open("ab") as log:
        relay.child = subprocess.Popen(request["command"], stdin=subprocess.DEVNULL, stdout=log, stderr=log)  # noqa: S603 # what this is for
    relay.catch_up()
    code = relay.child.wait()
    return str(128 - code if code < 0 else code)


class _Relay:
    """Remembers an interrupt that came before there was a command; a later one reaches the whole group."""

    child: subprocess.Popen[bytes] | None = None
    is_early = False

    def interrupt(self, *_: object) -> None:
        """Handle an interrupt."""
        self.is_early = self.is_early or self.child is None

    def catch_up(self) -> None:
        """Pass an early interrupt on."""
        if self.is_early and self.child is not None:
            self.child.send_signal(signal.SIGINT)

"""Launching a flow: the command line that Metaflow gets, and the process that it runs in.

Metaflow itself is not imported here, only in the child process.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from types import FrameType

from typedflow.project import Variant
from typedflow.values import RULES, Diagnostic, Location, TypedflowError
from typedflow.workspace import bad_option, handling

# Options of a flow's own command, before the subcommand, by their number of values
# (metaflow/cli.py, 2.19: `start` and what `add_decorator_options` and `LocalFileInput` add to it).
_FLAGS = ("quiet", "pylint", "coverage", "force-rebuild-environments")
_ONE_VALUE = (
    "metadata",
    "environment",
    "datastore",
    "datastore-root",
    "package-suffixes",
    "with",
    "event-logger",
    "monitor",
    "mode",
    "local-config-file",
)
_OPTIONS = {
    **{f"--{prefix}{name}": 0 for name in _FLAGS for prefix in ("", "no-", "not-")},
    **{f"--{name}": 1 for name in _ONE_VALUE},
    "--config": 2,
    "--config-value": 2,
}


def command(flow_file: Path | str, config: str, compiled: Path | str, arguments: Sequence[str] = ("run",)) -> list[str]:
    """Return the command that starts a flow with a compiled config.

    Arguments without a Metaflow subcommand are those of ``run``. Metaflow rejects a config with ``resume``, which uses
    the config of the origin run: there the command has none.

    Raises:
        TypedflowError: the arguments give the config, too.
    """
    reject_config(arguments, config)
    given = list(arguments)
    at = subcommand_index(given)
    if at == len(given) or given[at].startswith("-"):
        given.insert(at, "run")
    chosen = [] if given[at] == "resume" else ["--config", config, str(compiled)]
    return [sys.executable, str(flow_file), *chosen, *given]


def subcommand_index(arguments: Sequence[str]) -> int:
    """Return the index after the options that stand before Metaflow's subcommand."""
    at = 0
    while at < len(arguments):
        name, equals, _ = arguments[at].partition("=")
        if name not in _OPTIONS:
            break
        at += 1 + (_OPTIONS[name] - bool(equals) if _OPTIONS[name] else 0)
    return min(at, len(arguments))


def reject_config(arguments: Sequence[str], config: str) -> None:
    """Reject Metaflow's arguments that give the config which typedflow compiles; the one given last would count.

    Raises:
        TypedflowError: ``bad-option``.
    """
    before = arguments[: subcommand_index(arguments)]
    words = [word for each in before for word in (each.split("=", 1) if each.startswith("--config") else [each])]
    for option, name in pairwise(words):
        if option in {"--config", "--config-value"} and name.lower() == config.lower():
            message = f"`{option} {name}` would replace the settings that typedflow resolves and passes"
            hint = "to change values, use `--set`; to use another file, start the flow with `python`"
            raise TypedflowError([bad_option(message, Location("--"), hint=hint)])


def environ_of(variant: Variant, around: Mapping[str, str]) -> dict[str, str]:
    """Return environment variables, with the binding and environment for a flow added."""
    environ = {name: value for name, value in around.items() if name != "TYPEDFLOW_ENV"}
    environ["TYPEDFLOW_BINDING"] = variant.binding
    if variant.environment is not None:
        environ["TYPEDFLOW_ENV"] = variant.environment
    return environ


def launch(command: Sequence[str], cwd: Path | None = None, environ: Mapping[str, str] | None = None) -> int:
    """Run a command with this process's own streams, and return its exit code as a shell would.

    A request to terminate is passed on to the child.

    Raises:
        KeyboardInterrupt: this process was interrupted; the child has ended by itself.
        TypedflowError: ``launch-failed``, when the command cannot be started.
    """
    for stream in (sys.stdout, sys.stderr):  # what was printed before comes before what the flow prints
        with suppress(AttributeError, OSError, ValueError):
            stream.flush()
    relay = _Relay()
    with handling(signal.SIGINT, relay.interrupt), handling(signal.SIGTERM, relay.terminate):
        # The handlers are Python functions: unlike SIG_IGN, a child does not inherit them.
        try:
            relay.child = subprocess.Popen(list(command), cwd=cwd, env=environ)  # noqa: S603 # launching is what this is for
        except OSError as error:
            message = f"the flow cannot be started: {error.strerror or error}"
            raise TypedflowError([Diagnostic(RULES["launch-failed"], message, Location(command[0]))]) from None
        relay.catch_up()
        code = relay.child.wait()
    if relay.interrupted:
        raise KeyboardInterrupt
    return code if code >= 0 else 128 - code


class _Relay:
    """Passes signals of this process on to the child."""

    def __init__(self) -> None:
        self.child: subprocess.Popen[bytes] | None = None
        self.interrupted = False
        self._early: list[int] = []

    def interrupt(self, number: int, _: FrameType | None) -> None:
        """Handle an interrupt; a terminal's Ctrl-C reaches the child by itself, and a second would end its clean-up."""
        self.interrupted = True
        if not _is_in_foreground():
            self._pass_on(number)

    def terminate(self, number: int, _: FrameType | None) -> None:
        """Pass on a request to terminate."""
        self._pass_on(number)

    def catch_up(self) -> None:
        """Send the child the signals that came before it was started."""
        for number in self._early:
            self._pass_on(number)

    def _pass_on(self, number: int) -> None:
        if self.child is None:
            self._early.append(number)
        else:
            self.child.send_signal(number)


def _is_in_foreground() -> bool:
    """Return whether the terminal sends Ctrl-C to this process's group."""
    try:
        terminal = os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY)
    except OSError:
        return False
    try:
        return os.tcgetpgrp(terminal) == os.getpgrp()
    except OSError:
        return False
    finally:
        os.close(terminal)

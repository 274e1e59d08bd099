"""What Metaflow prints while it runs a flow: the step that it is in, and why a run failed.

Metaflow has no interface for these without its Client; the lines are those of ``Task.log`` (2.16.8 to 2.19.39).
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from typedflow.metaflow._create_deployment import last_words
from typedflow.metaflow._launch import subcommand_index
from typedflow.workspace import file_text

#: ``2026-12-01 04:27:30.297 [1796099250225314/start/1 (pid 18370)] Task is starting.``
_LINE = re.compile(r"[\d-]{10} [\d:.]{8,20} \[[^\s/\]]{1,80}/(\w{1,200})/([^\s/\]]{1,80}) \(pid \d{1,9}\)\] (.*)")
_ERROR = re.compile(r"[A-Za-z_][\w.]{0,200}(?:Error|Exception|Exit|Interrupt|Fault|Failure|Timeout)(?::|$)")
_LAST = 30
_LONGEST = 300
#: Options of Metaflow's `run` that name a file, which several runs cannot share, or that run nothing.
_ALONE = ("--run-id-file", "--runner-attribute-file", "--help")


class RunOutput:
    """The lines of a run: ``step`` is the latest that has started or, after a failure, that has failed."""

    def __init__(self) -> None:
        """Begin before the first line."""
        self.step = ""
        self._errors: dict[str, str] = {}
        self._error = ""
        self._last: deque[str] = deque(maxlen=_LAST)

    def add(self, line: str) -> None:
        """Read a line."""
        self._last.append(line)
        found = _LINE.match(line)
        if found is None:
            return
        step, task, message = found.groups()
        if message == "Task is starting.":
            self.step = step
        elif message.startswith("Task failed"):
            self.step, self._error = step, self._errors.pop(task, "")
        elif message == "Task finished successfully.":
            self._errors.pop(task, None)
        elif _ERROR.match(message):
            self._errors[task] = message

    @property
    def reason(self) -> str:
        """Why the run failed: the error of the task that failed last, or the last words."""
        return (self._error or last_words("\n".join(self._last)))[:_LONGEST]


def attribute_option(file: Path) -> tuple[str, str]:
    """Return the option with which Metaflow writes to a file what a run is called."""
    return "--runner-attribute-file", str(file)


def read_pathspec(file: Path) -> str | None:
    """Return the pathspec that Metaflow has written to a file; None as long as it has not."""
    try:
        found = json.loads(file_text(file))
        return f"{found['flow_name']}/{found['run_id']}"
    except (ValueError, LookupError, TypeError):
        return None


def tags_in(arguments: Sequence[str]) -> tuple[str, ...]:
    """Return the tags that Metaflow's arguments give a run."""
    words = [word for each in arguments for word in (each.split("=", 1) if each.startswith("--tag=") else [each])]
    return tuple(value for option, value in pairwise(words) if option == "--tag")


def why_alone(arguments: Sequence[str]) -> str:
    """Return why Metaflow's arguments are valid only for one run, in words; empty if they are valid for several."""
    at = subcommand_index(arguments)
    named = arguments[at] if at < len(arguments) else "run"
    if named == "run" or named.startswith("-"):
        options = [each.partition("=")[0] for each in arguments[at:]]
        named = next((option for option in options if option in _ALONE), "")
    return f"`{named}` is for one variant on the terminal, not for runs with logs" if named else ""

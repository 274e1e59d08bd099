"""Metaflow's commands that deploy, run to their end: what they created, or their last words."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typedflow.metaflow._shared_findings import deployment_failed
from typedflow.values import Case, TypedflowError
from typedflow.workspace import file_text, open_log, remove_file, write_atomically

_LAST = 3


@dataclass(frozen=True, slots=True)
class CreateResult:
    """The name that Metaflow chose, empty where it reports none; or the ``reason`` why nothing was created."""

    name: str = ""
    reason: str = ""


def create_deployment(
    command: Sequence[str], *, log: Path, attributes: Path, generated: Path, output: Path | None
) -> CreateResult:
    """Run the command that creates a deployment; all that it prints goes to the log.

    Metaflow writes the name that it chose to ``attributes``; where there is an ``output``, it writes a file instead,
    which is put there when it is complete.

    Raises:
        TypedflowError: ``unwritable-file``.
    """
    added = ("--deployer-attribute-file", str(attributes)) if output is None else (str(generated),)
    with open_log(log) as stream:
        code = subprocess.run(  # noqa: S603 # Metaflow's command is what this is for
            (*command, *added), stdin=subprocess.DEVNULL, stdout=stream, stderr=stream, check=False
        ).returncode
    try:
        if code:
            return CreateResult(reason=last_words(file_text(log)) or f"the command ended with exit code {code}")
        text = file_text(attributes)
        if output is not None:
            # Airflow is told where the file is, too.
            write_atomically(output, file_text(generated).replace(str(generated), str(output)))
        return CreateResult(str(json.loads(text)["name"]) if text else "")
    finally:
        for file in (attributes, generated):
            remove_file(file)


def deployment_template(command: Sequence[str], environ: Mapping[str, str], *, name: str, case: Case) -> Any:
    """Return what a deployment would create, as JSON values; nothing is created.

    Raises:
        TypedflowError: ``deployment-failed``, with Metaflow's last words.
    """
    done = subprocess.run(  # noqa: S603 # Metaflow's own command
        [*command, "--only-json"], env=environ, check=False, capture_output=True, text=True
    )
    try:
        return json.loads(done.stdout)
    except ValueError:
        message = f"`{name}` cannot be compiled: {last_words(done.stderr + done.stdout)}"
        raise TypedflowError([deployment_failed(message, cases=(case,))]) from None


def last_words(text: str) -> str:
    """Return the last paragraph of what Metaflow printed, where its errors are; of a traceback, its last line."""
    lines = re.split(r"\n\s*\n", text.strip())[-1].splitlines()
    is_traceback = any(line.startswith("Traceback ") for line in text.splitlines())
    return " ".join(line.strip() for line in lines[-1 if is_traceback else -_LAST :])

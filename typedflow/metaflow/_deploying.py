"""The process that deploys one variant: it outlives a killed ``typedflow deploy``, and writes the record itself.

So the same command finds what was deployed in the meantime, and waits for what is being deployed.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter

from typedflow.project import Deployment, DeploymentFiles, keep, kept
from typedflow.values import TypedflowError
from typedflow.workspace import exclusive_lock, file_text, open_log, remove_file, utc_now, write_atomically


@dataclass(frozen=True, slots=True)
class Job:
    """A variant to deploy: the record that it gets, its files, Metaflow's command, and ``own`` arguments that we add.

    ``output``: where a file goes that the command makes; ``again``: deploy the variant even if nothing has changed.
    """

    deployment: Deployment
    files: DeploymentFiles
    command: tuple[str, ...]
    own: tuple[str, ...]
    output: Path | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: ``deployed``, ``unchanged``, or ``failed`` with the last words; the name that Metaflow gave."""

    state: str
    name: str = ""
    reason: str = ""


JOBS = TypeAdapter(Job)
OUTCOMES = TypeAdapter(Outcome)
_LAST = 3


def main() -> None:
    """Deploy what is asked for on standard input, and answer on standard output."""
    job = JOBS.validate_json(sys.stdin.buffer.read())
    try:
        with exclusive_lock(job.files.lock):
            outcome = _deployed(job)
    except TypedflowError as error:
        outcome = Outcome("failed", reason=str(error))
    sys.stdout.buffer.write(OUTCOMES.dump_json(outcome))


def _deployed(job: Job) -> Outcome:
    known = kept(job.files.record)
    if known is not None and known.inputs == job.deployment.inputs and not job.again:
        return Outcome("unchanged", known.name)
    with open_log(job.files.log) as log:
        code = subprocess.run(  # noqa: S603 # Metaflow's command is what this is for
            (*job.command, *job.own), stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False
        ).returncode
    try:
        if code:
            return Outcome("failed", reason=_reason(job.files.log, code))
        name = _given_name(job)
        if job.output is not None:
            # Airflow is told where the file is, too.
            write_atomically(job.output, file_text(job.files.made).replace(str(job.files.made), str(job.output)))
    finally:
        for file in (job.files.attributes, job.files.made):
            remove_file(file)
    keep(replace(job.deployment, name=name, at=utc_now()), job.files.record)
    return Outcome("deployed", name)


def _given_name(job: Job) -> str:
    """Give the name that Metaflow has told us, as its Deployer is told it."""
    text = file_text(job.files.attributes)
    return str(json.loads(text)["name"]) if text else job.deployment.name


def _reason(log: Path, code: int) -> str:
    return last_words(file_text(log)) or f"the command ended with exit code {code}"


def last_words(text: str) -> str:
    """Give the last paragraph of what Metaflow has said, where its errors stand; of a traceback, its last line."""
    lines = re.split(r"\n\s*\n", text.strip())[-1].splitlines()
    is_traceback = any(line.startswith("Traceback ") for line in text.splitlines())
    return " ".join(line.strip() for line in lines[-1 if is_traceback else -_LAST :])


if __name__ == "__main__":
    main()

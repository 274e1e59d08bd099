"""The process that deploys one variant: it outlives a killed ``typedflow deploy``, and writes the record itself.

So a repeated command finds what was deployed in the meantime, and waits for running deployments.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter

from typedflow.metaflow import create_deployment, last_words
from typedflow.units._deployment_records import DeploymentFiles, DeploymentRecord, load_record, save_record
from typedflow.values import TypedflowError
from typedflow.workspace import ChildEndedError, ChildProcess, exclusive_lock, utc_now

_PROGRAM = f"{__name__}:answer"


@dataclass(frozen=True, slots=True)
class DeploymentJob:
    """A variant to deploy: its record, its files, and Metaflow's command.

    ``output``: where to move a file that the command writes; ``again``: deploy the variant even if nothing has changed.
    """

    record: DeploymentRecord
    files: DeploymentFiles
    command: tuple[str, ...]
    output: Path | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class DeploymentOutcome:
    """The result of a job, and the name that Metaflow chose.

    ``state`` is ``deployed``, ``unchanged``, ``interrupted``, or ``failed`` for a reason.
    """

    state: str
    name: str = ""
    reason: str = ""


_job_adapter = TypeAdapter(DeploymentJob)
_outcome_adapter = TypeAdapter(DeploymentOutcome)


def run_job(job: DeploymentJob, environ: Mapping[str, str]) -> DeploymentOutcome:
    """Deploy a variant in a separate process, and return the outcome."""
    child = ChildProcess(_PROGRAM, environ=environ, is_own_group=False)
    try:
        return _outcome_adapter.validate_json(child.ask(_job_adapter.dump_json(job).decode()))
    except ChildEndedError as error:
        if "KeyboardInterrupt" in error.output or error.code < 0:
            return DeploymentOutcome("interrupted")
        return DeploymentOutcome("failed", reason=last_words(error.output))
    finally:
        child.close()


def answer(line: str) -> str:
    """Run a job, and return its outcome, both as JSON."""
    job = _job_adapter.validate_json(line)
    try:
        with exclusive_lock(job.files.lock):
            outcome = _deploy(job)
    except TypedflowError as error:
        outcome = DeploymentOutcome("failed", reason=str(error))
    return _outcome_adapter.dump_json(outcome).decode()


def _deploy(job: DeploymentJob) -> DeploymentOutcome:
    files, known = job.files, load_record(job.files.record)
    if known is not None and known.inputs == job.record.inputs and not job.again:
        return DeploymentOutcome("unchanged", known.name)
    created = create_deployment(
        job.command, log=files.log, attributes=files.attributes, generated=files.generated, output=job.output
    )
    if created.reason:
        return DeploymentOutcome("failed", reason=created.reason)
    name = created.name or job.record.name
    save_record(replace(job.record, name=name, at=utc_now()), files.record)
    return DeploymentOutcome("deployed", name)

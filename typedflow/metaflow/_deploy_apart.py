"""Starting Metaflow's deployments, and taking what they answer."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from typedflow.metaflow._deploying import JOBS, OUTCOMES, Job, Outcome, last_words
from typedflow.metaflow._shared_findings import deployment_failed
from typedflow.values import TypedflowError

_PROGRAM = "typedflow.metaflow._deploying"


def deploy_apart(job: Job, environ: Mapping[str, str]) -> Outcome:
    """Deploy a variant in a process of its own, which outlives this one, and give what came of it."""
    pipe = subprocess.PIPE
    process = subprocess.Popen(  # noqa: S603 # this Python, and a program of ours
        [sys.executable, "-m", _PROGRAM], env=environ, stdin=pipe, stdout=pipe, stderr=pipe
    )
    out, err = process.communicate(JOBS.dump_json(job))
    if process.returncode == 0:
        return OUTCOMES.validate_json(out)
    if b"KeyboardInterrupt" in err or process.returncode < 0:
        return Outcome("interrupted")
    return Outcome("failed", reason=last_words(err.decode(errors="replace")))


def template(job: Job, environ: Mapping[str, str]) -> Any:
    """Give what a deployment would create, as JSON values; nothing is created.

    Raises:
        TypedflowError: ``deployment-failed``, with Metaflow's last words.
    """
    done = subprocess.run(  # noqa: S603 # Metaflow's own command
        [*job.command, "--only-json"], env=environ, check=False, capture_output=True, text=True
    )
    try:
        return json.loads(done.stdout)
    except ValueError:
        message = f"`{job.deployment.name}` cannot be compiled: {last_words(done.stderr + done.stdout)}"
        found = deployment_failed(message, cases=(job.deployment.case,))
        raise TypedflowError([found]) from None

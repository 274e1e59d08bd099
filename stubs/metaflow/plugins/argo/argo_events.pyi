# Made by typedflow's stubs/generate.py from metaflow-stubs (Apache-2.0) and patches: do not edit.
import metaflow.exception
import typing

from ...exception import MetaflowException as MetaflowException

ARGO_EVENTS_WEBHOOK_AUTH: str
ARGO_EVENTS_WEBHOOK_URL: typing.Any
SERVICE_HEADERS: dict[typing.Any, typing.Any]
SERVICE_RETRY_COUNT: int

class ArgoEventException(metaflow.exception.MetaflowException): ...

class ArgoEvent:
    def __init__(
        self,
        name: str | typing.Callable[[], str],
        url: str | None = None,
        payload: dict[str, typing.Any] | None = None,
        access_token: str | None = None,
    ) -> None: ...
    def add_to_payload(self, key: str, value: typing.Any) -> ArgoEvent: ...
    def safe_publish(self, payload: dict[str, typing.Any] | None = None, ignore_errors: bool = True) -> str | None: ...
    def publish(
        self, payload: dict[str, typing.Any] | None = None, force: bool = True, ignore_errors: bool = True
    ) -> str | None: ...

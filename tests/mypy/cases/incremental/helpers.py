"""What expressions are made of, and what they use."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

TEXT: Final = "config.cpu"
LIMIT = 3


def count() -> int:
    return 1


def option(*, cpu: float = 1, cron: str = "", anything: object = None) -> Callable[[F], F]:
    raise NotImplementedError

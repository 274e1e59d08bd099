"""What expressions are made of, and what they use."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

from models import Settings

from typedflow import ref

F = TypeVar("F", bound=Callable[..., Any])

LIMIT = 3
EXTRA: Final = "extra" if LIMIT else "more"
TEXT: Final = "config.cpu"
shared = ref(Settings, "config")


def count() -> int:
    return 1


def option(*, cpu: float = 1, cron: str = "", anything: object = None) -> Callable[[F], F]:
    raise NotImplementedError

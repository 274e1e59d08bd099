"""What an expression of ``--where`` can read of a run; unreadable data raises."""

from __future__ import annotations

from typing import Any

from typedflow.metaflow import PastRun, UnreadableError


class VisibleRun:
    """A run as an expression sees it; ``doubt`` is set if the expression used its status, which is unknown."""

    def __init__(self, past: PastRun) -> None:
        self._past = past
        self.doubt = ""

    @property
    def names(self) -> dict[str, Any]:
        """The names of the expression."""
        past, artifacts = self._past, _Artifacts(self._past)
        config = _Unreadable(past) if past.problem else past.config
        return {"config": config, "run": _Facts(past, self), "data": artifacts, "artifacts": artifacts}


class _Facts:
    """The facts of a run; an unknown binding raises, and is not None."""

    def __init__(self, past: PastRun, seen: VisibleRun) -> None:
        self._past = past
        self._seen = seen

    def __getattr__(self, name: str) -> Any:
        past = self._past
        if name in ("binding", "environment", "identity") and past.lost:
            raise UnreadableError(f"{past.pathspec}: {past.lost}")
        if name == "status" and isinstance(past.outcome, str):
            self._seen.doubt = f"{past.pathspec}: {past.outcome}"
        return getattr(past, name)


class _Artifacts:
    """The artifacts of a run, read on first use."""

    def __init__(self, past: PastRun) -> None:
        self._past = past

    def __getattr__(self, name: str) -> Any:
        return self._past.artifact(name)


class _Unreadable:
    """Settings that cannot be read: any use of them raises the reason."""

    def __init__(self, past: PastRun) -> None:
        self._past = past

    def __getattr__(self, name: str) -> Any:
        raise UnreadableError(f"{self._past.pathspec}: {self._past.problem}")

    def _raise(self, *_: object) -> Any:
        raise UnreadableError(f"{self._past.pathspec}: {self._past.problem}")

    __getitem__ = __iter__ = __contains__ = __len__ = __bool__ = __eq__ = _raise

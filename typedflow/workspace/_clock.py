"""The clock."""

import time
from datetime import datetime, timezone


def utc_now() -> str:
    """Return the current time in UTC by ISO 8601, to the second."""
    return datetime.now(timezone.utc).isoformat(timespec="seconds")


def monotonic() -> float:
    """Return the seconds of a monotonic clock; only differences are meaningful."""
    return time.monotonic()

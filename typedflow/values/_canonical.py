"""Canonical JSON: equal values are equal bytes."""

import json
from typing import Any


def canonical(data: Any) -> str:
    """Return the canonical text of JSON values: sorted keys, two spaces of indentation, a final line end."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, indent=2, allow_nan=False) + "\n"

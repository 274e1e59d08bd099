"""The one text of JSON values: equal values are equal bytes."""

import json
from typing import Any


def canonical(data: Any) -> str:
    """Give the one text of JSON values: sorted keys, two blanks of indentation, a line end at the end."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, indent=2, allow_nan=False) + "\n"

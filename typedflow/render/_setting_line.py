"""One setting on one line, for logs: ``settings.conda.numpy = 1.22.4``."""

import json
import re
from typing import Any

from typedflow.render._json import json_line
from typedflow.values import KeyPath, format_path, printable

_PLAIN = re.compile(r"[\w./-][\w./@%+:-]*(?: [\w./@%+:-]+)*")


def setting_line(path: KeyPath, value: Any) -> str:
    """Return a key path and its value: text as it is where it cannot be taken for anything else, all else as JSON."""
    return f"{printable(format_path(path))} = {value if _is_plain(value) else json_line(value)}"


def _is_plain(value: Any) -> bool:
    if not isinstance(value, str) or not _PLAIN.fullmatch(value) or printable(value) != value:
        return False
    try:
        json.loads(value)
    except ValueError:
        return True
    return False

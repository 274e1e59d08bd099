"""What tells one finding from another, in a report and in later ones."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from typedflow.render._names import file_of
from typedflow.values import Diagnostic, format_path


def fingerprints(items: Iterable[Diagnostic], root: Path | None) -> list[str]:
    """Give the fingerprint of each finding.

    Lines are not part of it, so that a finding stays the same when text above it comes or goes.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    found = []
    for item in items:
        path = "" if item.path is None else format_path(item.path)
        parts = (item.rule.code, file_of(item, root), path, item.binding or "", item.message)
        seen[parts] += 1
        text = "\0".join((*parts, str(seen[parts])))
        found.append(hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest())
    return found

"""What tells one finding from another, in a report and in later ones."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

from typedflow.render._case_label import case_label
from typedflow.render._names import file_of
from typedflow.values import Report, format_path


def fingerprints(found: Report, root: Path | None) -> list[str]:
    """Return the fingerprint of each finding.

    Lines are not part of it, so that a finding stays the same when text above it comes or goes.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    marks = []
    for item in found.diagnostics:
        path = "" if item.path is None else format_path(item.path)
        parts = (item.rule.code, file_of(item, root), path, case_label(item.cases, found.environments), item.message)
        seen[parts] += 1
        text = "\0".join((*parts, str(seen[parts])))
        marks.append(hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest())
    return marks

"""Fingerprints, which identify a finding within a report and across reports."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

from typedflow.render._case_label import case_label
from typedflow.render._finding_text import file_name
from typedflow.values import Report, format_path


def fingerprints(found: Report, root: Path | None) -> list[str]:
    """Return the fingerprint of each finding.

    Line numbers are not part of it, so that edits above a finding do not change it.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    marks = []
    for item in found.diagnostics:
        path = "" if item.path is None else format_path(item.path)
        parts = (item.rule.code, file_name(item, root), path, case_label(item.cases, found.environments), item.message)
        seen[parts] += 1
        text = "\0".join((*parts, str(seen[parts])))
        marks.append(hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest())
    return marks

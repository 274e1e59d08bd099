"""The exit codes of commands."""

from __future__ import annotations

from collections.abc import Iterable

from typedflow.values import Diagnostic, Severity

FINDINGS = 1
USAGE = 2

# These rules report only invalid command lines, environment variables and databases.
_USAGE_RULES = frozenset(
    {"no-project", "unknown-flow", "unknown-path", "bad-option", "unread-variable", "unknown-branch", "engine-failed"}
)


def exit_code(diagnostics: Iterable[Diagnostic]) -> int:
    """Return 2 for an invalid command line, 1 for errors in files, configs or models, 0 for warnings or nothing."""
    found = [item for item in diagnostics if item.severity is Severity.ERROR]
    if any(map(_is_usage, found)):
        return USAGE
    return FINDINGS if found else 0


def _is_usage(diagnostic: Diagnostic) -> bool:
    place = diagnostic.location
    return diagnostic.rule.name in _USAGE_RULES or (place is not None and place.name.startswith("--"))

"""The exit code that findings mean."""

from __future__ import annotations

import pytest

from typedflow.cli._exit_codes import exit_code
from typedflow.values import RULES, Diagnostic, Location, Severity

ERROR = Diagnostic(RULES["unknown-key"], "wrong")
USAGE = Diagnostic(RULES["unknown-flow"], "wrong")
OPTION = Diagnostic(RULES["invalid-value"], "wrong", Location("--set a=b"))
WARNING = Diagnostic(RULES["template-text"], "odd", severity=Severity.WARNING)
OF_OPTION = Diagnostic(RULES["template-text"], "odd", Location("--set a=b"), severity=Severity.WARNING)


@pytest.mark.parametrize(
    ("found", "code"),
    [
        ((), 0),
        ((WARNING,), 0),
        ((OF_OPTION, WARNING), 0),
        ((WARNING, ERROR), 1),
        ((OF_OPTION, ERROR), 1),
        ((ERROR, USAGE), 2),
        ((WARNING, OPTION), 2),
    ],
)
def test_warnings_never_change_it(found: tuple[Diagnostic, ...], code: int) -> None:
    """Errors decide: 2 where the command line is wrong, 1 where a file is; warnings are 0."""
    assert exit_code(found) == code

"""Findings of rules that several modules report: the place of each rule's ``Diagnostic``."""

from functools import partial

from typedflow.values import RULES, Diagnostic

bad_directive = partial(Diagnostic, RULES["bad-directive"])
unknown_key = partial(Diagnostic, RULES["unknown-key"])
circular_reference = partial(Diagnostic, RULES["circular-reference"])
too_large = partial(Diagnostic, RULES["too-large"])
unknown_reference = partial(Diagnostic, RULES["unknown-reference"])

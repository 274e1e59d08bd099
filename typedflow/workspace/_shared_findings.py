"""Findings of rules that several modules report: the place of each rule's ``Diagnostic``."""

from functools import partial

from typedflow.values import RULES, Diagnostic

bad_option = partial(Diagnostic, RULES["bad-option"])
import_failed = partial(Diagnostic, RULES["import-failed"])
import_timeout = partial(Diagnostic, RULES["import-timeout"])
missing_file = partial(Diagnostic, RULES["missing-file"])
unreadable_file = partial(Diagnostic, RULES["unreadable-file"])
unwritable_file = partial(Diagnostic, RULES["unwritable-file"])

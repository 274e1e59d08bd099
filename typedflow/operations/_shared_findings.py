"""Findings of rules that several modules report: the place of each rule's ``Diagnostic``."""

from functools import partial

from typedflow.values import RULES, Diagnostic

unknown_path = partial(Diagnostic, RULES["unknown-path"])

"""Findings of rules that several modules report: the place of each rule's ``Diagnostic``."""

from functools import partial

from typedflow.values import RULES, Diagnostic

invalid_value = partial(Diagnostic, RULES["invalid-value"])
missing_key = partial(Diagnostic, RULES["missing-key"])
model_not_found = partial(Diagnostic, RULES["model-not-found"])
not_round_trip = partial(Diagnostic, RULES["not-round-trip"])
reserved_field = partial(Diagnostic, RULES["reserved-field"])

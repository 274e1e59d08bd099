"""Constructors of the diagnostics that several modules report, one for each rule."""

from functools import partial

from typedflow.values import RULES, Diagnostic

invalid_value = partial(Diagnostic, RULES["invalid-value"])
missing_key = partial(Diagnostic, RULES["missing-key"])
model_not_found = partial(Diagnostic, RULES["model-not-found"])
not_round_trip = partial(Diagnostic, RULES["not-round-trip"])
reserved_field = partial(Diagnostic, RULES["reserved-field"])
system_field = partial(Diagnostic, RULES["system-field"])

"""Constructors of the diagnostics that several modules report, one for each rule."""

from functools import partial

from typedflow.values import RULES, Diagnostic

default_failed = partial(Diagnostic, RULES["default-failed"])
deployment_failed = partial(Diagnostic, RULES["deployment-failed"])
expression_failed = partial(Diagnostic, RULES["expression-failed"])
no_flow = partial(Diagnostic, RULES["no-flow"])
no_origins = partial(Diagnostic, RULES["no-origins"])
no_plain_value = partial(Diagnostic, RULES["no-plain-value"])
no_value = partial(Diagnostic, RULES["no-value"])
other_model = partial(Diagnostic, RULES["other-model"])
parser_failed = partial(Diagnostic, RULES["parser-failed"])
unknown_config = partial(Diagnostic, RULES["unknown-config"])
unknown_name = partial(Diagnostic, RULES["unknown-name"])
unknown_run = partial(Diagnostic, RULES["unknown-run"])

"""Findings of rules that several modules report; each rule's ``Diagnostic`` is created in one place only."""

from functools import partial

from typedflow.values import RULES, Diagnostic

bad_glob = partial(Diagnostic, RULES["bad-glob"])
bad_table = partial(Diagnostic, RULES["bad-table"])
bad_section = partial(Diagnostic, RULES["bad-section"])
no_project = partial(Diagnostic, RULES["no-project"])
not_text = partial(Diagnostic, RULES["not-text"])
secret_value = partial(Diagnostic, RULES["secret-value"])
unknown_binding = partial(Diagnostic, RULES["unknown-binding"])
unknown_environment = partial(Diagnostic, RULES["unknown-environment"])
unknown_flow = partial(Diagnostic, RULES["unknown-flow"])
unread_variable = partial(Diagnostic, RULES["unread-variable"])

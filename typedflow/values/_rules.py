"""Every rule's code and kebab name. Families follow the floors of the house (TF1 parsing ... TF7 runs)."""

from typing import NamedTuple


class Rule(NamedTuple):
    """A rule that a diagnostic can be about."""

    code: str
    name: str


RULES = {
    name: Rule(code, name)
    for code, name in (
        ("TF101", "invalid-syntax"),
        ("TF102", "duplicate-key"),
        ("TF103", "not-finite"),
        ("TF104", "too-large"),
        ("TF105", "unsupported-tag"),
        ("TF106", "not-a-mapping"),
        ("TF107", "not-text"),
        ("TF108", "parser-failed"),
        ("TF109", "key-not-a-string"),
        ("TF110", "default-failed"),
        ("TF111", "unknown-format"),
        ("TF201", "kind-conflict"),
        ("TF202", "bad-directive"),
        ("TF203", "delete-nothing"),
        ("TF204", "missing-merge-key"),
        ("TF301", "invalid-value"),
        ("TF302", "unknown-key"),
        ("TF303", "missing-key"),
        ("TF304", "secret-in-config"),
        ("TF305", "not-round-trip"),
        ("TF306", "reserved-field"),
        ("TF401", "unknown-name"),
        ("TF402", "expression-failed"),
        ("TF403", "no-plain-value"),
        ("TF404", "no-value"),
        ("TF405", "used-too-early"),
        ("TF501", "no-project"),
        ("TF503", "unknown-flow"),
        ("TF504", "unknown-binding"),
        ("TF505", "missing-file"),
        ("TF506", "unreadable-file"),
        ("TF507", "bad-option"),
        ("TF508", "model-not-found"),
        ("TF509", "unknown-environment"),
        ("TF510", "unknown-path"),
        ("TF511", "unwritable-file"),
        ("TF512", "ambiguous-layer"),
        ("TF701", "launch-failed"),
    )
}

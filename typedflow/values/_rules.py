"""The table of rules. Families of codes follow the layers of the architecture (TF1 parsing ... TF7 runs)."""

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
        ("TF112", "ambiguous-scalar"),
        ("TF113", "missing-space"),
        ("TF201", "kind-conflict"),
        ("TF202", "bad-directive"),
        ("TF203", "delete-nothing"),
        ("TF204", "missing-merge-key"),
        ("TF205", "redundant-override"),
        ("TF206", "unmergeable-default"),
        ("TF207", "unknown-reference"),
        ("TF208", "circular-reference"),
        ("TF301", "invalid-value"),
        ("TF302", "unknown-key"),
        ("TF303", "missing-key"),
        ("TF304", "secret-in-config"),
        ("TF305", "not-round-trip"),
        ("TF306", "reserved-field"),
        ("TF307", "ignored-key"),
        ("TF308", "mutable-model"),
        ("TF309", "permissive-model"),
        ("TF310", "secret-value"),
        ("TF311", "template-text"),
        ("TF312", "system-field"),
        ("TF313", "artifact-needs-class"),
        ("TF401", "unknown-name"),
        ("TF402", "expression-failed"),
        ("TF403", "no-plain-value"),
        ("TF404", "no-value"),
        ("TF405", "used-too-early"),
        ("TF406", "wrong-argument"),
        ("TF407", "decorator-refused"),
        ("TF408", "wrong-default"),
        ("TF409", "import-failed"),
        ("TF410", "import-timeout"),
        ("TF411", "no-flow"),
        ("TF412", "config-expr"),
        ("TF413", "config-expr-unchecked"),
        ("TF414", "config-decorator"),
        ("TF415", "config-key"),
        ("TF416", "type-error"),
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
        ("TF513", "unknown-config"),
        ("TF514", "other-model"),
        ("TF515", "unused-binding"),
        ("TF516", "outside-project"),
        ("TF517", "unread-variable"),
        ("TF518", "unread-file"),
        ("TF519", "unknown-branch"),
        ("TF520", "bad-glob"),
        ("TF521", "bad-section"),
        ("TF522", "same-identity"),
        ("TF601", "schema-drift"),
        ("TF602", "breaking-change"),
        ("TF603", "risky-change"),
        ("TF701", "launch-failed"),
        ("TF702", "unknown-run"),
        ("TF703", "migration-failed"),
        ("TF704", "no-origins"),
        ("TF705", "not-locked"),
        ("TF706", "deployment-name"),
        ("TF707", "deployment-failed"),
        ("TF801", "bad-table"),
        ("TF802", "bad-table-path"),
        ("TF803", "table-types-drift"),
        ("TF805", "engine-failed"),
        ("TF806", "unusable-table"),
    )
}


def find_rule(text: str) -> Rule | None:
    """Return the rule with a code or name, in any case."""
    return next((rule for rule in RULES.values() if text.upper() == rule.code or text.lower() == rule.name), None)

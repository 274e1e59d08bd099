"""Mistakes with `$ref`: each is a finding at its place."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.project.reused import Mistake, files_of, related, told
from typedflow.project import LoadedProject, resolve
from typedflow.values import Diagnostic

Make = Callable[..., LoadedProject]
Findings = Callable[..., list[Diagnostic]]

MISTAKES = {
    "no such key": Mistake(
        "opt: {lr: 1}",
        "lr: {$ref: opt.lrr}",
        "unknown-reference",
        "EXP_01.yaml:1:12",
        "`opt.lrr` is not in the settings: `opt` has no key `lrr`",
        label="did you mean `opt.lr`?",
    ),
    "no such key at the top": Mistake(
        "",
        "lr: {$ref: optt.lr}",
        "unknown-reference",
        "EXP_01.yaml:1:12",
        "`optt.lr` is not in the settings: there is no key `optt` at the top",
        label="did you mean `opt.lr`?",
    ),
    "a path that begins nearby": Mistake(
        "opt: {lr: 1}",
        "opt: {n-steps: {$ref: lrr}, lr: 5}",
        "unknown-reference",
        "EXP_01.yaml:1:23",
        "`lrr` is not in the settings: there is no key `lrr` at the top",
        label="did you mean `lr`?",
    ),
    "a path that begins at the mapping around": Mistake(
        "",
        "opt: {lr: {$ref: n-steps}, n-steps: 4}",
        "unknown-reference",
        "EXP_01.yaml:1:18",
        '`"n-steps"` is not in the settings: there is no key `n-steps` at the top',
        label='did you mean `opt."n-steps"`? Key paths begin at the top',
    ),
    "an index that is too high": Mistake(
        "folds: [1, 2]",
        "lr: {$ref: 'folds[2]'}",
        "unknown-reference",
        "EXP_01.yaml:1:12",
        "`folds[2]` is not in the settings: `folds` is a list of 2",
    ),
    "a negative index": Mistake(
        "folds: [1, 2]",
        "lr: {$ref: 'folds[-1]'}",
        "unknown-reference",
        "EXP_01.yaml:1:12",
        "`folds[-1]` is not in the settings: `folds` is a list of 2",
    ),
    "a key of a list": Mistake(
        "folds: [1, 2]",
        "lr: {$ref: folds.0}",
        "unknown-reference",
        "EXP_01.yaml:1:12",
        '`folds."0"` is not in the settings: `folds` is a list',
    ),
    "a key of a single value": Mistake(
        "lr: 1",
        "rate: {$ref: lr.x}",
        "unknown-reference",
        "EXP_01.yaml:1:14",
        "`lr.x` is not in the settings: `lr` has no keys, it is a single value",
    ),
    "a key of null": Mistake(
        "",
        "lr: {$ref: maybe.lr}",
        "unknown-reference",
        "EXP_01.yaml:1:12",
        "`maybe.lr` is not in the settings: `maybe` has no keys, it is null",
    ),
    "a default that a function makes": Mistake(
        "",
        "name: {$ref: run_id}",
        "unknown-reference",
        "EXP_01.yaml:1:14",
        ("`run_id` is not set, and its default is not known before validation: a function makes it with each config"),
    ),
    "itself": Mistake(
        "", "lr: {$ref: lr}", "circular-reference", "EXP_01.yaml:1:12", "`lr` refers to itself: lr -> lr"
    ),
    "each other": Mistake(
        "rate: {$ref: lr}",
        "opt: {lr: {$ref: rate}}\nlr: {$ref: opt.lr}",
        "circular-reference",
        "EXP_01.yaml:2:12",
        "`lr` refers to itself: lr -> opt.lr -> rate -> lr",
        related=["opt.lr refers to rate at EXP_01.yaml:1:18", "rate refers to lr at yaml:1:14"],
    ),
    "what contains it": Mistake(
        "",
        "maybe: {lr: {$ref: maybe}}",
        "circular-reference",
        "EXP_01.yaml:1:20",
        "`maybe.lr` refers to itself: maybe.lr -> maybe.lr",
    ),
    "what is in it": Mistake(
        "", "opt: {$ref: opt.x}", "circular-reference", "EXP_01.yaml:1:13", "`opt` refers to itself: opt -> opt"
    ),
    "a key beside it": Mistake(
        "",
        "backup: {$ref: opt, lr: 3}",
        "bad-directive",
        "EXP_01.yaml:1:21",
        "`$ref` is the whole value of `backup`, so `lr` cannot stand beside it",
    ),
    "an include beside it": Mistake(
        "",
        "backup: {$include: x.yaml, $ref: opt}",
        "bad-directive",
        "EXP_01.yaml:1:10",
        "`$ref` is the whole value of `backup`, so `$include` cannot stand beside it",
    ),
    "a number for a path": Mistake(
        "", "lr: {$ref: 5}", "bad-directive", "EXP_01.yaml:1:12", "`$ref` must be a key path"
    ),
    "text that is not a path": Mistake(
        "", "lr: {$ref: a..b}", "bad-directive", "EXP_01.yaml:1:12", "`a..b` is not a key path (at character 2)"
    ),
    "the whole config": Mistake(
        "", "$ref: opt", "bad-directive", "EXP_01.yaml:1:7", "the settings as a whole cannot be a reference"
    ),
    "a misspelled directive": Mistake(
        "",
        "backup: {$reff: opt}",
        "bad-directive",
        "EXP_01.yaml:1:10",
        "`$reff` is not a directive",
        label="did you mean `$ref`?",
    ),
    "$extends in a value": Mistake(
        "",
        "env: {$extends: EXP_02}",
        "bad-directive",
        "EXP_01.yaml:1:7",
        "`$extends` is read at the top of a binding's file only",
    ),
    "$extends in a file for all": Mistake(
        "$extends: EXP_01", "", "bad-directive", "yaml:1:1", "`$extends` is read at the top of a binding's file only"
    ),
    "$merge in a value": Mistake(
        "",
        "opt: {$merge: {delete: [lr]}}",
        "bad-directive",
        "EXP_01.yaml:1:7",
        "`$merge` is read at the top of a settings file only",
    ),
    "a literal with a key beside it": Mistake(
        "",
        "env: {$literal: {a: b}, c: d}",
        "bad-directive",
        "EXP_01.yaml:1:25",
        "`$literal` is the whole value of `env`, so `c` cannot stand beside it",
    ),
    "over a mapping": Mistake(
        "backup: {lr: 3}",
        "backup: {$ref: opt}",
        "kind-conflict",
        "EXP_01.yaml:1:1",
        "`backup` is a reference here and a mapping in a lower layer",
        related=["conflicts with yaml:1:1"],
    ),
    "below a mapping": Mistake(
        "maybe: {$ref: opt}",
        "maybe: {lr: 3}",
        "kind-conflict",
        "EXP_01.yaml:1:1",
        "`maybe` is a mapping here and a reference in a lower layer",
        related=["conflicts with yaml:1:1"],
    ),
    "in place of a list that merges": Mistake(
        "labels: [a]",
        "labels: {$ref: tags}",
        "bad-directive",
        "EXP_01.yaml:1:9",
        ("the list `labels` merges by the rule `append`, and a reference has no items before all layers are merged"),
    ),
    "below a list that merges": Mistake(
        "$merge: {replace: [labels]}\nlabels: {$ref: tags}",
        "labels: [a]",
        "kind-conflict",
        "EXP_01.yaml:1:1",
        "`labels` is a list here and a reference in a lower layer",
        related=["conflicts with yaml:2:1"],
    ),
    "an item that is compared": Mistake(
        "tags: [a]",
        "tags: [{$ref: note}]",
        "bad-directive",
        "EXP_01.yaml:1:8",
        ("`tags[0]` cannot be a reference: items of this list merge by value, before references have values"),
    ),
    "a key by which items merge": Mistake(
        "",
        "tables: [{name: {$ref: note}}]",
        "bad-directive",
        "EXP_01.yaml:1:10",
        ("`tables[0]` cannot be a reference: items of this list merge by `name`, before references have values"),
    ),
    "an item that a higher layer compares": Mistake(
        "folds: [{$ref: 'sizes.s'}]",
        "$merge: {union: [folds]}\nfolds: [3]",
        "bad-directive",
        "yaml:1:9",
        ("`folds[0]` cannot be a reference: items of this list merge by value, before references have values"),
    ),
    "the tag of a union": Mistake(
        "",
        "model: {kind: {$ref: note}}",
        "bad-directive",
        "EXP_01.yaml:1:15",
        "`model.kind` may choose the variant of `model`, by which layers merge: it cannot be a reference",
    ),
    "a value that a function chooses by": Mistake(
        "",
        "chosen: {size: {$ref: sizes.s}}",
        "bad-directive",
        "EXP_01.yaml:1:16",
        ("`chosen.size` may choose the variant of `chosen`, by which layers merge: it cannot be a reference"),
    ),
    "the wrong type": Mistake(
        "note: many",
        "lr: {$ref: note}",
        "invalid-value",
        "yaml:1:7",
        "`lr` is 'many': input should be a valid number, unable to parse string as a number",
        related=["referenced at EXP_01.yaml:1:5"],
    ),
    "the wrong type in a mapping": Mistake(
        "$merge: {replace: [sizes]}\nsizes: {lr: 1, nsteps: 5}",
        "maybe: {$ref: sizes}",
        "unknown-key",
        "yaml:2:16",
        "`maybe.nsteps` is not a field of Opt",
        label="did you mean `n-steps`?",
        related=["referenced at EXP_01.yaml:1:8"],
    ),
    "a mapping for a number": Mistake(
        "opt: {lr: 2}",
        "lr: {$ref: opt}",
        "invalid-value",
        "yaml:1:6",
        "`lr`: input should be a valid number",
        related=["referenced at EXP_01.yaml:1:5"],
    ),
    "a missing key": Mistake(
        "models: {a: {kind: ols}}\nextras: {t: {rows: 4}}",
        "tables: [{name: x}]\nstages: [{$ref: 'extras.t'}]",
        "unknown-key",
        "yaml:2:14",
        "`stages[0].rows` is not a field of Opt",
        related=["referenced at EXP_01.yaml:2:10"],
    ),
    "a wrong default": Mistake(
        "",
        "folds: [{$ref: opt.lr}]",
        "invalid-value",
        ":23",
        "`folds[0]` is 0.1: input should be a valid integer, got a number with a fractional part",
        related=["referenced at EXP_01.yaml:1:9"],
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_mistakes(make: Make, findings: Findings, mistake: Mistake) -> None:
    """Each is one finding, at the value or at the reference that is wrong."""
    (problem,) = findings(resolve, make(files_of({"": mistake.low, "EXP_01": mistake.high})), "train", "EXP_01")
    assert told(problem) == mistake[2:5]
    assert problem.label == mistake.label
    assert related(problem) == list(mistake.related)


def test_a_reference_hides_no_other_mistake(make: Make, findings: Findings) -> None:
    """What refers to a wrong reference has no finding of its own, everything else has."""
    texts = {"": "opt: {lr: {$ref: no.thing}}", "EXP_01": "lr: {$ref: opt.lr}\nrate: {$ref: lr}\nfolds: [x]\nnoted: 1"}
    found = findings(resolve, make(files_of(texts)), "train", "EXP_01")
    assert sorted((item.rule.name, str(item.path)) for item in found) == [
        ("invalid-value", "('folds', 0)"),
        ("unknown-key", "('noted',)"),
        ("unknown-reference", "('opt', 'lr')"),
    ]


def test_a_reference_to_a_key_that_is_missing(make: Make, findings: Findings) -> None:
    """Both are reported: the key that nobody sets, and the reference."""
    project = make(files_of({"EXP_01": "name: {$ref: 'tables[0].name'}\ntables: [{rows: 2}]"}))
    found = {item.rule.name: item for item in findings(resolve, project, "train", "EXP_01")}
    assert set(found) == {"missing-key", "unknown-reference"}
    message = "`tables[0].name` is not in the settings: `name` is required, and no layer sets it"
    assert found["unknown-reference"].message == message
    assert found["unknown-reference"].hint == "set `tables[0].name` in a settings file"


#: Settings whose references make the config too large, and the message.
EXCESS = {
    "copies of copies": (
        "stages:\n- {lr: 1}\n"
        + "".join(f"- {{lr: {{$ref: 'stages[{n}]'}}, schedule: {{$ref: 'stages[{n}]'}}}}\n" for n in range(20)),
        "with the values of references, the config has more than 100,000 values",
    ),
    "a chain": (
        "folds:\n" + "".join(f"- {{$ref: 'folds[{n}]'}}\n" for n in range(1, 150)) + "- 1\n",
        "more than 100 references lead to each other",
    ),
    "copies in copies": (
        "stages:\n- {lr: 1}\n" + "".join(f"- {{lr: {{$ref: 'stages[{n}]'}}}}\n" for n in range(120)),
        "with the value of this reference, the config is nested more than 100 levels deep",
    ),
}


@pytest.mark.usefixtures("in_time")
@pytest.mark.parametrize(("text", "message"), EXCESS.values(), ids=EXCESS)
def test_references_have_limits(make: Make, findings: Findings, text: str, message: str) -> None:
    """As files have: a config that becomes too large by its references is refused at once."""
    found = findings(resolve, make(files_of({"EXP_01": text})), "train", "EXP_01")
    assert {(item.rule.name, item.message) for item in found if item.rule.name == "too-large"} == {
        ("too-large", message)
    }

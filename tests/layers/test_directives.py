"""Directives: what a file asks of its own merging."""

from collections.abc import Callable
from typing import Any

import pytest

from typedflow.layers import Merge, Plan, layer
from typedflow.layers._directives import directive_text
from typedflow.parsing import parse
from typedflow.values import Diagnostic, KeyPath, Source, TypedflowError

Tree = Callable[..., dict[str, Any]]
Problems = Callable[..., list[Diagnostic]]

DIRECTED = {
    "delete a key": ("a: 1\nb: 2", "$merge: {delete: [a]}", {"b": 2}),
    "delete a nested key": ("a: {b: 1, c: 2}", "$merge: {delete: [a.b]}", {"a": {"c": 2}}),
    "delete the last key": ("a: {b: 1}", "$merge: {delete: [a.b]}", {"a": {}}),
    "delete a mapping": ("a: {b: 1}", "$merge: {delete: [a]}", {}),
    "delete a quoted key": ("a: {b.c: 1, d: 2}", "$merge: {delete: ['a.\"b.c\"']}", {"a": {"d": 2}}),
    "delete two keys": ("a: {b: 1, c: 2, d: 3}", "$merge: {delete: [a.b, a.d]}", {"a": {"c": 2}}),
    "delete null": ("a: null\nb: 1", "$merge: {delete: [a]}", {"b": 1}),
    "delete, then set": ("a: {b: 1}", "$merge: {delete: [a]}\na: {c: 1}", {"a": {"c": 1}}),
    "delete, then set another kind": ("a: {b: 1}", "$merge: {delete: [a]}\na: 5", {"a": 5}),
    "replace a mapping": ("a: {b: 1}", "$merge: {replace: [a]}\na: {c: 2}", {"a": {"c": 2}}),
    "replace a mapping by a scalar": ("a: {b: 1}", "$merge: {replace: [a]}\na: 5", {"a": 5}),
    "replace a nested mapping": (
        "a: {b: {c: 1}, d: 1}",
        "$merge: {replace: [a.b]}\na: {b: {e: 1}}",
        {"a": {"b": {"e": 1}, "d": 1}},
    ),
    "append": ("a: [1]", "$merge: {append: [a]}\na: [1, 2]", {"a": [1, 1, 2]}),
    "union": ("a: [1]", "$merge: {union: [a]}\na: [1, 2]", {"a": [1, 2]}),
    "append a nested list": ("a: {b: [1]}", "$merge: {append: [a.b]}\na: {b: [2]}", {"a": {"b": [1, 2]}}),
    "several": (
        "a: [1]\nb: {c: 1}\nd: 1",
        "$merge: {append: [a], replace: [b], delete: [d]}\na: [2]\nb: {}",
        {"a": [1, 2], "b": {}},
    ),
    "nothing": ("a: 1", "$merge: {}", {"a": 1}),
    "append what no lower layer has": ("b: 1", "$merge: {append: [a]}\na: [1]", {"a": [1], "b": 1}),
}

BAD = {
    "no mapping": ("$merge: [a]", "1:9", "`$merge` must be a mapping"),
    "null": ("$merge:\na: 1", "1:8", "`$merge` must be a mapping"),
    "an unknown directive": (
        "$merge: {delet: [a]}",
        "1:10",
        "`delet` is not a directive; `$merge` accepts `delete`, `replace`, `append`, `union`",
    ),
    "no list": ("$merge: {delete: a}", "1:18", "`$merge.delete` must be a list of key paths"),
    "no text": ("$merge: {delete: [a, 5]}", "1:18", "`$merge.delete` must be a list of key paths"),
    "no key path": ("$merge: {delete: [a, b..c]}", "1:22", "`b..c` is not a key path (at character 2)"),
    "an empty path": ("$merge: {delete: ['']}", "1:19", "`` is not a key path (at character 1)"),
    "into a list": (
        "$merge: {append: ['a[0]']}",
        "1:19",
        "`a[0]` points into a list; directives apply only to mappings",
    ),
}

UNFIT = {
    "replace": ("replace", "a: {b: 1}", "`$merge` names `a.c`, which this file does not set", "a.c"),
    "append": ("append", "a: {b: 1}", "`$merge` names `c`, which this file does not set", "c"),
    "below a scalar": ("union", "a: 1", "`$merge` names `a.b`, which this file does not set", "a.b"),
    "append to no list": ("append", "a: {b: 1}", "`$merge.append` applies to lists, and `a.b` is not a list", "a.b"),
    "union of a mapping": ("union", "a: {b: 1}", "`$merge.union` applies to lists, and `a` is not a list", "a"),
}

MIXED = Plan(fields={"a": Plan(mixed=True)})

TEXTS = {
    "YAML": ("yaml", ("a", "b-c"), '$merge: {delete: [a."b-c"]}'),
    "YAML that needs quotes": ("yaml", ("it's: #1", "a"), "$merge: {delete: ['\"it''s: #1\".a']}"),
    "TOML": ("toml", ("a", "b-c"), '"$merge".delete = ["a.\\"b-c\\""]'),
    "JSON": ("json", ("a", "b-c"), '"$merge": {"delete": ["a.\\"b-c\\""]}'),
}


@pytest.mark.parametrize(("low", "high", "expected"), DIRECTED.values(), ids=DIRECTED)
def test_a_file_overrides_how_it_merges(tree: Tree, low: str, high: str, expected: dict[str, Any]) -> None:
    """Directives delete from the layers below and choose the rule of a key path; they are no part of the tree."""
    assert tree(low, high) == expected


def test_a_directive_overrides_the_models_rule(tree: Tree) -> None:
    """The file that is being read knows best."""
    plan = Plan(fields={"a": Plan(rule=Merge.append), "b": Plan(rule=Merge.replace)})
    assert tree("a: [1]", "$merge: {replace: [a]}\na: [2]", plan=plan) == {"a": [2]}
    assert tree("b: [1]", "$merge: {append: [b]}\nb: [2]", plan=plan) == {"b": [1, 2]}


def test_a_directive_is_for_its_own_file(tree: Tree) -> None:
    """Layers above merge as usual again."""
    assert tree("a: {b: 1}", "$merge: {replace: [a]}\na: {c: 1}", "a: {d: 1}") == {"a": {"c": 1, "d": 1}}
    assert tree("a: 1", "$merge: {delete: [a]}", "a: 2") == {"a": 2}


@pytest.mark.parametrize(("text", "place", "message"), BAD.values(), ids=BAD)
def test_a_directive_that_cannot_be_read_is_reported(text: str, place: str, message: str) -> None:
    """What is no directive is a diagnostic at its own place in the file."""
    source = Source("a.yaml", text, "yaml")
    with pytest.raises(TypedflowError) as caught:
        layer(source, parse(source))
    (problem,) = caught.value.diagnostics
    assert (problem.rule.name, problem.message) == ("bad-directive", message)
    assert str(problem.location) == f"a.yaml:{place}"


def test_a_misspelt_directive_is_guessed() -> None:
    """Beside the caret stands the directive that was meant."""
    source = Source("a.toml", '"$merge".apend = ["a"]', "toml")
    with pytest.raises(TypedflowError, match="did you mean `append`"):
        layer(source, parse(source))


def test_all_bad_directives_are_reported() -> None:
    """Reading goes on behind a bad directive."""
    source = Source("a.yaml", "$merge: {delet: [a], append: ['b[0]', c, d.], union: e}", "yaml")
    with pytest.raises(TypedflowError) as caught:
        layer(source, parse(source))
    assert [item.path for item in caught.value.diagnostics] == [
        ("$merge", "delet"),
        ("$merge", "append", 0),
        ("$merge", "append", 2),
        ("$merge", "union"),
    ]


@pytest.mark.parametrize(("name", "text", "message", "path"), UNFIT.values(), ids=UNFIT)
def test_a_directive_that_does_not_apply_is_reported(
    problems: Problems, name: str, text: str, message: str, path: str
) -> None:
    """A rule that names what the file does not set, or what is no list, is a mistake."""
    (problem,) = problems("a: {b: [1]}", f"$merge: {{{name}: [{path}]}}\n{text}", plan=MIXED)
    assert (problem.rule.name, problem.message) == ("bad-directive", message)
    assert str(problem.location) == f"high.yaml:1:{len(name) + 13}"


def test_deleting_nothing_is_reported(problems: Problems) -> None:
    """A deletion of what no lower layer sets is a mistake; beside the caret stands what was meant."""
    (problem,) = problems("conda: {numpy: 1}", "$merge: {delete: [conda.nunpy]}")
    assert problem.rule.name == "delete-nothing"
    assert problem.message == "`$merge.delete` names `conda.nunpy`, which no lower layer sets"
    assert (str(problem.location), problem.label) == ("high.yaml:1:19", "did you mean `numpy`?")
    assert problem.hint == "remove the directive, or correct its key path"


@pytest.mark.parametrize("path", ["numpy", "conda.numpy.version", "conda.numpy"])
def test_deleting_looks_below_only(problems: Problems, path: str) -> None:
    """Neither a layer's own values nor those above it can be deleted."""
    (problem,) = problems("conda: 5", f"$merge: {{delete: [{path}], replace: [conda]}}\nconda: {{numpy: 1}}")
    assert (problem.rule.name, problem.label) == ("delete-nothing", "")


def test_a_second_deletion_finds_nothing(problems: Problems) -> None:
    """Deletions apply in order, so that a repetition is noticed."""
    (problem,) = problems("a: {b: 1}", "$merge: {delete: [a, a.b]}")
    assert problem.path == ("a", "b")


@pytest.mark.parametrize(("format_name", "path", "text"), TEXTS.values(), ids=TEXTS)
def test_a_directive_is_written_in_the_files_format(format_name: str, path: KeyPath, text: str) -> None:
    """What a hint says can be pasted into the file, and is read back as what was meant."""
    source = Source("a", f"{{{text}}}" if format_name == "json" else text, format_name)
    assert directive_text(source, "delete", path) == text
    assert [item.path for item in layer(source, parse(source)).directives.deletes] == [path]

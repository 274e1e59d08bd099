"""A secret that a reference takes elsewhere is masked there, too."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.project.reused import files_of
from typedflow.project import LoadedProject, masked_settings, resolve, side_of_config, side_of_variant
from typedflow.values import Diagnostic, KeyPath

Make = Callable[..., LoadedProject]
Findings = Callable[..., list[Diagnostic]]

CANARY = "canary-hunter2-x7"
#: Settings of the binding, and the key paths that must be masked.
CASES: dict[str, tuple[str, set[KeyPath]]] = {
    "at another key": (
        f"auth: {{password: {CANARY}}}\nnote: {{$ref: auth.password}}",
        {("auth", "password"), ("note",)},
    ),
    "taken from another key": (
        f"note: {CANARY}\nauth: {{password: {{$ref: note}}}}",
        {("auth", "password"), ("note",)},
    ),
    "in a list": (
        f"auth: {{password: {CANARY}}}\nlabels: [{{$ref: auth.password}}]",
        {("auth", "password"), ("labels", 1)},
    ),
    "through another reference": (
        f"auth: {{password: {CANARY}}}\nnote: {{$ref: name}}\nname: {{$ref: auth.password}}",
        {("auth", "password"), ("note",), ("name",)},
    ),
}
#: The same with a text that is too short to be looked for in all values.
SHORT: dict[str, tuple[str, set[KeyPath]]] = {
    name: (text.replace(CANARY, "x7z"), paths) for name, (text, paths) in CASES.items()
}


@pytest.mark.parametrize(("text", "expected"), [*CASES.values(), *SHORT.values()], ids=[*CASES, *SHORT])
def test_both_keys_are_masked(make: Make, text: str, expected: set[KeyPath]) -> None:
    """In what is shown of settings, and in comparisons."""
    project = make(files_of({"EXP_01": text}))
    resolved = resolve(project, "train", "EXP_01")
    assert set(masked_settings(resolved)) == expected
    assert side_of_variant("", resolved, project.root).masked == expected


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_both_keys_of_a_stored_config_are_masked(make: Make, text: str, expected: set[KeyPath]) -> None:
    """What a run has stored does not say where references were."""
    resolved = resolve(make(files_of({"EXP_01": text})), "train", "EXP_01")
    assert side_of_config("", resolved.config, None).masked == expected


def test_what_is_declared_public_is_shown(make: Make) -> None:
    """At each of the keys that the project declares public."""
    resolved = resolve(make(files_of({"EXP_01": CASES["at another key"][0]})), "train", "EXP_01")
    assert masked_settings(resolved, ["note"]) == [("auth", "password")]
    assert masked_settings(resolved, ["auth.*"]) == []


def test_findings_do_not_quote_it(make: Make, findings: Findings) -> None:
    """Neither in the message nor in the excerpt of the line, at either end."""
    text = f"auth: {{password: {CANARY}}}\nlr: {{$ref: auth.password}}\nfolds: [{{$ref: lr}}]"
    for problem in findings(resolve, make(files_of({"EXP_01": text})), "train", "EXP_01"):
        assert CANARY not in repr(problem)

"""Whatever the arguments are, a command line keeps the law of ``conftest.py``."""

import argparse
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from typedflow.cli._main import _parser

pytestmark = pytest.mark.slow

#: The seed of the environment `fuzz`, which does ten times as much.
STRESS = int(os.environ.get("STRESS", "0"))
SEEDED: Callable[[Any], Any] = seed(STRESS) if STRESS else lambda test: test

FLOWS = ["training", "report", "trainin", "TRAINING"]
BINDINGS = ["EXP_01", "EXP_*", "default", "*", "EXP_1", "EXP_[", "[!]", "[z-a]", "EXP_\udcff"]
ENVIRONMENTS = ["dev", "production", "prod", "*"]
SIDES = [*BINDINGS, "EXP_01@dev", "EXP_01@", "@", "HEAD:EXP_01", ":EXP_01", "airflow:EXP_01", "a/1", "typedflow.lock"]
SIDES += ["settings/settings.configuration.EXP_02.json", f"{'x' * 300}.json"]
PATHS = [".", "flows", "flows/training.py", "settings/settings.yaml", "typedflow.toml", "typedflow.toml/x", "new/er"]
PATHS += ["nowhere", "flows/\udcff.py", "x" * 300, "./settings/", "settings.json", "/dev/null/x"]
CHANGES = ["model.alpha=1", "model.alpha", "=", "a=b=c", "model=1", "model.features[0]=x", "model.features=[1, {]"]
CHANGES += ["model.optimizer.kind=sgd", "owner=null", "model.alpha=1e400", "title=!!binary x"]
CHANGES += ["model.features=&a [*a]", "model.alpha=.nan", f"model.alpha={'9' * 5000}", f"title={'[' * 3000}"]
CHANGES += ["title=\udcff", "title={a: 1, a: 2}"]
KEYS = ["model", "model.alpha", "model.features[0]", f"model.features[{'9' * 30}]", 'model."', "model..x", "[", "titel"]
COLUMNS = ["model.alpha,run.user", "-run.id", "run.x", "data.r2", ",,", "model.nope", *KEYS]
TESTS = ["config.model.alpha > 1", "config.modle", "1 if", "lambda: run", "f'{config.x!r:>{run.id}}'", "(" * 3000]
NUMBERS = ["0", "1", "-1", "1e3", "nan", "inf", "1e308", "9" * 5000, "\u0663"]
DATES = ["2026-11-01", "0001-01-01", "9999-12-31T23:59:59.9", "0001-01-01T00:00+14:00", "2026-13-01"]
RULES = ["TF302", "TF3,TF4", "unknown-key", "tf302", "TF999", "unknown-kye"]
ODD = ["", " ", "-", "---", "-h", "--version", "--format", "--format=json", "=", "\n", "\x1b[31m", "\udcff", "~"]
ODD += ["é" * 5000, "x" * 300, "[" * 3000, "-" * 300, "%s%n", "{0}", "\ufeff", "\u202e", "\U0010ffff"]
#: A line is in bytes: no NUL, and surrogates where bytes are not UTF-8. No `/`: nothing is written elsewhere.
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="/\0"), max_size=12)
BYTES = st.binary(max_size=6).map(lambda data: data.translate(None, b"/\0").decode("utf-8", "surrogateescape"))

#: What fits, by the name that an argument has in the parser; others get numbers.
FITTING = {
    **dict.fromkeys(("project", "paths", "directory", "output", "output_file", "dags"), PATHS),
    **dict.fromkeys(("select", "ignore", "rule"), RULES),
    **dict.fromkeys(("columns", "sort"), COLUMNS),
    **dict.fromkeys(("one", "other", "against"), SIDES),
    "flow": FLOWS,
    "binding": BINDINGS,
    "env": ENVIRONMENTS,
    "options": CHANGES,
    "path": KEYS,
    "where": TESTS,
    "since": DATES,
}
ANY = st.sampled_from([*dict.fromkeys(word for words in FITTING.values() for word in words), *ODD]) | TEXT | BYTES
#: Commands that start processes, which take seconds.
SLOW = {"check", "runs", "deploy", "breaking"}


def commands(parser: argparse.ArgumentParser, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Return the words of each command of a parser, with its arguments."""
    actions = vars(parser)["_actions"]
    below = [action.choices for action in actions if isinstance(action.choices, dict)]
    if not below:
        yield words, actions
    for name, inner in (item for choices in below for item in choices.items()):
        yield from commands(inner, (*words, name))


COMMANDS = dict(commands(_parser()))
QUICK = [words for words in COMMANDS if words[-1] not in SLOW]


@st.composite
def lines(draw: st.DrawFn) -> list[str]:
    """Return a command and some of its arguments, sometimes those of another one."""
    is_quick = draw(st.integers(0, 19)) > 0
    words = draw(st.sampled_from(QUICK if is_quick else list(COMMANDS)))
    given: list[list[str]] = []
    for action in COMMANDS[words]:
        is_list = action.nargs == "*" or action.default == []
        numbers = [1, 2] if is_list else [1]
        is_needed = action.required and draw(st.integers(0, 19)) > 0
        given += [draw(argument(action)) for _ in range(draw(st.sampled_from(numbers if is_needed else [0, *numbers])))]
    given += draw(st.sampled_from([[]] * 4 + [[[word]] for word in ("--", "--project", "x", "--format")]))
    moved = draw(st.permutations(given)) if draw(st.integers(0, 3)) == 0 else given
    return [*words, *(word for each in moved for word in each)]


@st.composite
def argument(draw: st.DrawFn, action: argparse.Action) -> list[str]:
    """Return an argument as it is written, mostly with a valid value."""
    fitting = list(action.choices or FITTING.get(action.dest, NUMBERS))
    first, second = fitting[0], fitting[min(1, len(fitting) - 1)]
    value = draw(st.sampled_from([first, first, second, None, None]) if draw(st.integers(0, 5)) else ANY)
    value = draw(st.sampled_from(fitting)) if value is None else value
    if not action.option_strings:
        return [value]
    option = draw(st.sampled_from(action.option_strings))
    if action.nargs == 0:
        return [] if {"-h", "--version"} & {*action.option_strings} else [option]
    return [f"{option}={value}"] if draw(st.booleans()) else [option, value]


@SEEDED
@settings(max_examples=1000 if STRESS else 50)
@given(argv=lines())
def test_arguments(
    law: Callable[[list[str], Path], int], a_project: Callable[..., Path], files: dict[str, str], argv: list[str]
) -> None:
    """Options and values of any kind, in any order, keep the law."""
    law(argv, a_project(files))

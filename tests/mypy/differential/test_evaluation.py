"""What the plugin finds nothing wrong with can be evaluated, whatever the configs say."""

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from typedflow import TypedflowError, config_expr
from typedflow.hypothesis import configs
from typedflow.metaflow._evaluate import value_of

Program = dict[str, Any]
Generate = Callable[..., list[Program]]
Check = Callable[..., list[Any]]

#: Why an expression may fail with which nothing is wrong: what only values tell, and what mypy does not look at.
REASONS = {
    "its value is not one that is taken": r"raises (ValueError|OverflowError|ZeroDivisionError|MemoryError)",
    "there is no such item": r"raises (IndexError|KeyError|StopIteration)|\((dict|list|tuple|str)\) has no ",
    "the program leaves it out": r"raises NotImplementedError|the name `Flow` is not defined",
    "it is a value of any type": r"'NoneType' object has no attribute 'b'",
    "mypy does not look whether what is in a set can be": r"unhashable type",
    "mypy counts the arguments of a format only where they are written": r"arguments for format string",
}
#: So that `list(range(config.count))` fits into memory.
SMALL = "from typing import Annotated\nSmall = Annotated[int, Field(ge=-9, le=99)]\n"


@pytest.mark.slow
def test_what_is_judged_to_be_right_can_be_evaluated(generate: Generate, check: Check, fuzz: int) -> None:
    """Each expression is evaluated as a flow does it, with configs made by chance; what is misspelt cannot be."""
    programs = generate(7, 2, 150)
    messages = check({_file(program): program["files"]["strings"] for program in programs}, [])
    used: Counter[str] = Counter()
    unexplained: set[str] = set()
    failed = {True: 0, False: 0}
    for program in programs:
        errors = {item.line for item in messages if item.file == _file(program) and item.severity == "error"}
        for expression, failure in _evaluated(program, examples=20 if fuzz else 5):
            line = expression["strings"][0]
            is_wrong = not errors.isdisjoint(range(line, line + expression["text"].count("\n") + 1))
            failed[is_wrong] += failure is not None
            if failure is not None and not is_wrong:
                reason = next((why for why, pattern in REASONS.items() if re.search(pattern, failure)), "")
                used[reason] += 1
                unexplained |= set() if reason else {failure}
    assert not unexplained, "\n".join(sorted(unexplained))
    assert failed[True] > 3 * failed[False] > 0
    assert sum(used.values()) == failed[False]


def _file(program: Program) -> str:
    return f"strings_{program['name']}"


def _evaluated(program: Program, *, examples: int) -> Iterator[tuple[dict[str, Any], str | None]]:
    """Return each expression with why it cannot be evaluated, or None, for each of some configs."""
    module = _module(program)
    values = list(_values(module, examples))
    for expression in program["expressions"]:
        delayed = eval("config_expr(text)", {**vars(module), "config_expr": config_expr, "text": expression["text"]})  # noqa: S307 # its globals are those of the program
        for configs_by_name in values:
            yield expression, _failure(vars(delayed)["_node"], configs_by_name)


def _module(program: Program) -> ModuleType:
    """Import what is before the expressions; integers of models are small."""
    text = program["files"]["strings"].partition("\nif anything:")[0]
    head, models = text.split("class Model0(", 1)
    fields = re.sub(r"(?m)^(    \S+: )(.+)$", lambda line: line[1] + re.sub(r"\bint\b", "Small", line[2]), models)
    module = ModuleType(program["name"])
    sys.modules[module.__name__] = module
    exec(compile(f"{head}{SMALL}class Model0({fields}", module.__name__, "exec"), vars(module))  # noqa: S102 # the same
    return module


def _values(module: ModuleType, examples: int) -> Iterator[dict[str, Any]]:
    found: list[dict[str, Any]] = []

    @seed(1)
    @settings(max_examples=examples, phases=[Phase.generate], database=None, suppress_health_check=list(HealthCheck))
    @given(st.fixed_dictionaries({"config": configs(module.Settings), "other": configs(module.Model0)}))
    def draw(values: dict[str, Any]) -> None:
        found.append(values)

    draw()
    yield from found


def _failure(node: Any, configs_by_name: dict[str, Any]) -> str | None:
    try:
        value_of(node, configs_by_name)
    except TypedflowError as error:
        return " ".join(item.message for item in error.diagnostics)
    return None

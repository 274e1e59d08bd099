"""Stores an example that broke a law: as a file for ``typedflow fuzz --replay``, and as a test."""

from __future__ import annotations

import json
import pprint
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from typedflow.hypothesis._law import NoConfig, first_error
from typedflow.hypothesis._laws import laws_of
from typedflow.values import Location, Source, TypedflowError, printable
from typedflow.workspace import bad_option


@dataclass(frozen=True, slots=True)
class Replay:
    """A stored example: the flow's file (relative to the project, or absolute), its class, its law, and the example."""

    file: str
    flow: str
    law: str
    example: Any


_REPLAYS = TypeAdapter(Replay)


def read_replay(source: Source) -> Replay:
    """Return the stored example in a file.

    Raises:
        TypedflowError: the file is not one.
    """
    try:
        return _REPLAYS.validate_json(source.text)
    except ValidationError as error:
        message = f"this is not an example that `typedflow fuzz` stored: {first_error(error)}"
        raise TypedflowError([bad_option(message, Location(source.name))]) from None


def replay(target: type, law: str, example: Any) -> None:
    """Try a law of a flow or a model for one example; used in tests that ``typedflow fuzz`` writes.

    An example that the model rejects, for instance after a fix, breaks no law.

    Raises:
        LawBroken: the law does not hold.
        LookupError: there is no such law.
        ValueError: the example does not fit the law.
    """
    found = {each.name: each for each in laws_of(target, {})}
    if law not in found:
        raise LookupError(f"{target.__name__} has no law {law!r}; its laws are {', '.join(found)}")
    found[law].require_shape(example)
    with suppress(NoConfig):
        found[law].holds(example)


def replay_text(found: Replay) -> str:
    """Return the text of an example's file."""
    data = {"file": found.file, "flow": found.flow, "law": found.law, "example": found.example}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def test_text(module: str, flow: str, law: str, example: Any) -> str:
    """Return the text of a test that fails while the example breaks the law."""
    name = re.sub(r"\W", "_", f"{flow}_{law}".lower())
    shown = pprint.pformat(example, width=100, sort_dicts=False).replace("\n", "\n    ")
    return f"""\
from {printable(module)} import {flow}
from typedflow.hypothesis import replay

EXAMPLE = (
    {shown}
)


def test_{name}() -> None:
    replay({flow}, "{law}", EXAMPLE)
"""

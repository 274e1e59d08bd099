"""An example that broke a law, kept: as a file for ``typedflow fuzz --replay``, and as a test."""

from __future__ import annotations

import json
import pprint
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from typedflow.hypothesis._law import NoConfig, first_of
from typedflow.hypothesis._laws import laws_of
from typedflow.values import Location, Source, TypedflowError, printable
from typedflow.workspace import bad_option


@dataclass(frozen=True, slots=True)
class Replay:
    """A flow's file (relative to the project, or absolute), its class, one of its laws, and an example."""

    file: str
    flow: str
    law: str
    example: Any


_REPLAYS = TypeAdapter(Replay)


def read_replay(source: Source) -> Replay:
    """Read the file of an example.

    Raises:
        TypedflowError: it is none.
    """
    try:
        return _REPLAYS.validate_json(source.text)
    except ValidationError as error:
        message = f"this is no example that `typedflow fuzz` has kept: {first_of(error)}"
        raise TypedflowError([bad_option(message, Location(source.name))]) from None


def replay(target: type, law: str, example: Any) -> None:
    """Try a law of a flow or a model for one example, as tests do that ``typedflow fuzz`` writes.

    An example that the model refuses, as when it has been mended, breaks no law.

    Raises:
        LawBroken: the law does not hold.
        LookupError: there is no such law.
        ValueError: the example is none of this law.
    """
    found = {each.name: each for each in laws_of(target, {})}
    if law not in found:
        raise LookupError(f"{target.__name__} has no law {law!r}; it has {', '.join(found)}")
    found[law].require_shape(example)
    with suppress(NoConfig):
        found[law].holds(example)


def replay_text(found: Replay) -> str:
    """Give the file of an example."""
    data = {"file": found.file, "flow": found.flow, "law": found.law, "example": found.example}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def test_text(module: str, flow: str, law: str, example: Any) -> str:
    """Give a test that fails as long as the example breaks the law."""
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

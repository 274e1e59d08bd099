"""The results of ``typedflow fuzz``, for people and for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from typedflow.cli._console import put, say
from typedflow.cli._fuzz_json import fuzz_json
from typedflow.hypothesis import test_text
from typedflow.operations import TriedLaw
from typedflow.render import Document, settings, shell_line, text
from typedflow.values import printable
from typedflow.workspace import display_name, terminal


def show(found: Sequence[TriedLaw], seed: int, root: Path, *, format: str, is_replay: bool) -> None:  # noqa: A002 # the option's name
    """Print the results of all laws; names of files are relative to the root."""
    if format == "json":
        put(fuzz_json(found, seed))
    else:
        _print(found, root)
    broken = sum(each.verdict.broken is not None for each in found)
    tried = sum(each.verdict.examples for each in found)
    what = f"{len(found)} law{'' if len(found) == 1 else 's'}"
    if is_replay:
        held = "the law holds for the example now" if tried else "the model now rejects the example"
        say("the example still breaks its law" if broken else held)
    else:
        said = f"{broken} of {what} {'is' if broken == 1 else 'are'} broken" if broken else f"all {what} hold"
        say(f"{said}; {tried:,} examples, seed {seed}")


def _print(found: Sequence[TriedLaw], root: Path) -> None:
    from typedflow.cli._console import put_table

    rows = [
        (
            each.verdict.flow,
            each.verdict.law,
            "BROKEN" if each.verdict.broken else "holds",
            f"{each.verdict.examples:,}",
        )
        for each in found
    ]
    put_table(("FLOW", "LAW", "VERDICT", "HELD FOR"), rows)
    for each in found:
        if each.verdict.broken is not None:
            put("\n" + "".join(f"{line}\n" for line in _lines(each, root)))


def _lines(found: TriedLaw, root: Path) -> Iterator[str]:
    verdict, broken = found.verdict, found.verdict.broken
    if broken is None:
        return
    if broken.example is None:
        other = "other " if verdict.examples else ""
        yield f"{verdict.flow}: no {other}example of the law `{verdict.law}` can be generated."
    else:
        yield f"{verdict.flow} breaks the law `{verdict.law}`: {verdict.says}."
    yield printable(broken.message)
    width, color = terminal(sys.stdout)
    if broken.diagnostics:
        yield text(broken.diagnostics, width=width, color=color, root=root).rstrip()
    if broken.example is None:
        return
    yield ""
    yield "The smallest example:"
    yield from _indented(settings(Document(broken.example), format="yaml"))
    yield ""
    if found.replay:
        yield f"Run it again: {shell_line(['typedflow', 'fuzz', '--replay', found.replay])}"
    folder = display_name(found.file.parent, found.root or root)
    elsewhere = f"(elsewhere, pytest needs `pythonpath = {json.dumps([folder])}`)"
    yield printable(f"As a test, next to {found.file.name} {elsewhere}:")
    yield from _indented(test_text(found.file.stem, verdict.flow, verdict.law, broken.example))


def _indented(text: str) -> Iterator[str]:
    return (printable(f"  {line}".rstrip()) for line in text.rstrip("\n").split("\n"))

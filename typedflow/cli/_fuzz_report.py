"""What ``typedflow fuzz`` has found, for people, for programs, and for the next time."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from typedflow.cli._console import put, say
from typedflow.cli._fuzz_found import Found
from typedflow.cli._fuzz_json import fuzz_json
from typedflow.hypothesis import Replay, replay_text, test_text
from typedflow.render import Document, settings, shell_line, text
from typedflow.values import Diagnostic, TypedflowError, printable
from typedflow.workspace import display_name, ignored_directory, terminal, working_directory, write_atomically

_FOLDER = "fuzz"


def kept(found: Iterable[Found], problems: list[Diagnostic]) -> list[Found]:
    """Keep the examples that broke a law in files of their own, below what git ignores.

    One that cannot be written is a problem, and is shown all the same.
    """
    return [_kept(each, problems) for each in found]


def _kept(found: Found, problems: list[Diagnostic]) -> Found:
    verdict, root = found.verdict, found.root or working_directory()
    if verdict.broken is None or verdict.broken.example is None:
        return found
    replay = Replay(display_name(found.file, found.root), verdict.flow, verdict.law, verdict.broken.example)
    try:
        file = ignored_directory(root) / _FOLDER / f"{verdict.flow}.{verdict.law}.json"
        write_atomically(file, replay_text(replay))
    except TypedflowError as error:
        problems += [item for item in error.diagnostics if item not in problems]
        return found
    return replace(found, replay=display_name(file, working_directory()))


def show(found: Sequence[Found], seed: int, arguments: argparse.Namespace) -> None:
    """Print what came of all laws."""
    if arguments.format == "json":
        put(fuzz_json(found, seed))
    else:
        _print(found, arguments.root)
    broken = sum(each.verdict.broken is not None for each in found)
    tried = sum(each.verdict.examples for each in found)
    what = f"{len(found)} law{'' if len(found) == 1 else 's'}"
    if arguments.replay:
        held = "the law holds for the example now" if tried else "the model refuses the example now: it is no config"
        say("the example still breaks its law" if broken else held)
    else:
        said = f"{broken} of {what} {'is' if broken == 1 else 'are'} broken" if broken else f"all {what} hold"
        say(f"{said}; {tried:,} examples, seed {seed}")


def _print(found: Sequence[Found], root: Path) -> None:
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


def _lines(found: Found, root: Path) -> Iterator[str]:
    verdict, broken = found.verdict, found.verdict.broken
    if broken is None:
        return
    if broken.example is None:
        other = "other " if verdict.examples else ""
        yield f"{verdict.flow}: no {other}example of the law `{verdict.law}` can be made."
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
        yield f"Try it again: {shell_line(['typedflow', 'fuzz', '--replay', found.replay])}"
    folder = display_name(found.file.parent, found.root or root)
    elsewhere = f"(elsewhere, pytest needs `pythonpath = {json.dumps([folder])}`)"
    yield printable(f"As a test, beside {found.file.name} {elsewhere}:")
    yield from _indented(test_text(found.file.stem, verdict.flow, verdict.law, broken.example))


def _indented(text: str) -> Iterator[str]:
    return (printable(f"  {line}".rstrip()) for line in text.rstrip("\n").split("\n"))

"""``typedflow fuzz``: test laws that hold for every config with random configs, files, layers and mistakes."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING

from typedflow.cli import _parser

if TYPE_CHECKING:
    from contextlib import ExitStack
    from pathlib import Path

    from typedflow.operations import Progress

_EXAMPLES = """\
No step runs. The smallest example that breaks a law is saved to a file, and printed with a test that reproduces it. The
laws can also be part of your test suite: `TestTraining = typedflow.hypothesis.laws(Training)`.

exit codes: 0 every law holds, 1 a law is broken, 2 an invalid command line or an internal error

keys of the JSON: version (1), seed, and laws; each has file, flow, law, says, examples (for which it held) and broken:
null, or message, example, replay (the file with the example) and findings, each with code, name, message, file, line
and column

examples:
  typedflow fuzz                                   all flows of the project, 100 examples of each law
  typedflow fuzz training --examples 2000          one flow, more examples
  typedflow fuzz training --time 60s               as many examples as a minute allows
  typedflow fuzz training --seed 4821              the same examples again
  typedflow fuzz flow.py                           a flow without a project
  typedflow fuzz --replay .typedflow/fuzz/Training.takes-every-config.json
"""
_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600}


def add(commands: _parser.Commands) -> None:
    """Add the command."""
    parser = _parser.add_command(commands, "fuzz", run, "test flows with random configs, files and mistakes", _EXAMPLES)
    text = "flows of the project, or files of flows (default: all flows of the project)"
    _parser.completed(parser.add_argument("flows", metavar="FLOW", nargs="*", help=text), "units")
    text = "the number of examples of each law (default: 100)"
    parser.add_argument("--examples", metavar="N", type=_parser.integer(1), help=text)
    text = "repeat the examples of this seed (default: a random one)"
    parser.add_argument("--seed", metavar="S", type=_parser.integer(None), help=text)
    text = "how long to continue: 90, 60s, 5m or 1h; without --examples there is no other limit"
    parser.add_argument("--time", metavar="TIME", type=_seconds, help=text)
    parser.add_argument("--replay", metavar="FILE", help="run one saved example")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="output format (default: text)")


def _seconds(text: str) -> float:
    found = re.fullmatch(r"(\d+(?:\.\d+)?)([smh]?)", text)
    if found is None or not float(found[1]):
        raise argparse.ArgumentTypeError(f"must be a time, such as 90, 60s, 5m or 1h, not {text!r}")
    return float(found[1]) * _UNITS[found[2]]


def run(arguments: argparse.Namespace) -> int:
    """Test the laws, and print the results."""
    from contextlib import ExitStack

    from typedflow.cli._console import report
    from typedflow.cli._exit_codes import exit_code
    from typedflow.cli._open import open_named_project
    from typedflow.operations import argument_error, fuzz, require_hypothesis, try_again

    require_hypothesis()
    from typedflow.cli._fuzz_report import show

    if arguments.replay and arguments.flows:
        raise argument_error("--replay accepts no flow: the file names it")
    seed = _random_seed() if arguments.seed is None else arguments.seed
    if arguments.replay:
        found = try_again(arguments.replay)
    else:
        with ExitStack() as stack:
            found = fuzz(
                arguments.flows,
                lambda: open_named_project(arguments),
                seed=seed,
                examples=arguments.examples,
                seconds=arguments.time,
                progress=lambda file: _progress(stack, file),
            )
    if found.laws or not found.findings:
        show(found.laws, seed, found.root, format=arguments.format, is_replay=bool(arguments.replay))
    report(found.findings, found.root)
    return 1 if found.is_broken else exit_code(found.findings)


def _progress(stack: ExitStack, file: Path) -> Progress:
    """Return a function that shows the progress of a file, instead of that of the previous one."""
    from typedflow.cli._progress import progress

    stack.close()
    return stack.enter_context(progress(f"fuzzing {file.stem}"))


def _random_seed() -> int:
    import secrets

    return secrets.randbelow(10_000)

"""``typedflow fuzz``: laws that hold for every config, tried with random configs, files, layers and mistakes."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING

from typedflow.cli import _parser

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from typedflow.cli._fuzz_found import Found
    from typedflow.hypothesis import Replay
    from typedflow.project import Target
    from typedflow.values import Diagnostic

_EXAMPLES = """\
examples:
  typedflow fuzz                                   all flows of the project, 100 examples of each law
  typedflow fuzz training --examples 2000          one flow, longer
  typedflow fuzz training --time 60s               as much as a minute allows
  typedflow fuzz training --seed 4821              the same examples again
  typedflow fuzz flow.py                           a flow without a project
  typedflow fuzz --replay .typedflow/fuzz/Training.takes-every-config.json

No step runs. The smallest example that breaks a law is kept in a file, and shown with a test of it. The laws may also
be tests of your suite: `TestTraining = typedflow.hypothesis.laws(Training)`.

keys of the JSON: version (1), seed, and laws; each has file, flow, law, says, examples (for which it held) and broken:
null, or message, example, replay (the file that it is kept in) and findings, each with code, name, message, file, line
and column

exit codes: 0 every law holds, 1 one is broken, 2 a wrong command line or an internal error
"""
_EXAMPLES_OF_A_LAW = 100
_NO_LIMIT = 10**7
_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600}


def add(commands: _parser.Commands) -> None:
    """Add the command."""
    parser = _parser.add_command(commands, "fuzz", run, "try flows with random configs and mistakes", _EXAMPLES)
    text = "flows of the project, or files of flows (default: all flows of the project)"
    _parser.completed(parser.add_argument("flows", metavar="FLOW", nargs="*", help=text), "flows")
    parser.add_argument("--examples", metavar="N", type=_parser.integer(1), help="of each law (default: 100)")
    text = "what chance begins with (default: another one each time)"
    parser.add_argument("--seed", metavar="S", type=_parser.integer(None), help=text)
    text = "how long to go on, as in 90, 60s, 5m or 1h; without --examples there is no other limit"
    parser.add_argument("--time", metavar="TIME", type=_seconds, help=text)
    parser.add_argument("--replay", metavar="FILE", help="try one example that was kept")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")


def _seconds(text: str) -> float:
    found = re.fullmatch(r"(\d+(?:\.\d+)?)([smh]?)", text)
    if found is None or not float(found[1]):
        raise argparse.ArgumentTypeError(f"must be a time, such as 90, 60s, 5m or 1h, not {text!r}")
    return float(found[1]) * _UNITS[found[2]]


def run(arguments: argparse.Namespace) -> int:
    """Try the laws, print what came of them, and keep the examples that broke one."""
    _require_hypothesis()
    from typedflow.cli._console import report
    from typedflow.cli._findings import exit_code
    from typedflow.cli._fuzz_report import kept, show

    seed = _chance() if arguments.seed is None else arguments.seed
    problems: list[Diagnostic] = []
    found = _again(arguments) if arguments.replay else kept(_tried(arguments, seed, problems), problems)
    if found or not problems:
        show(found, seed, arguments)
    report(problems, arguments.root)
    return 1 if any(each.verdict.broken for each in found) else exit_code(problems)


def _require_hypothesis() -> None:
    from importlib.util import find_spec

    from typedflow.operations import argument_error

    missing = [name for name in ("hypothesis", "jsonschema") if find_spec(name) is None]
    if missing:
        hint = "python -m pip install 'typedflow[hypothesis]'"
        raise argument_error(f"`typedflow fuzz` needs {' and '.join(missing)}", hint=hint)


def _chance() -> int:
    import secrets

    return secrets.randbelow(10_000)


def _tried(arguments: argparse.Namespace, seed: int, problems: list[Diagnostic]) -> list[Found]:
    """Try all flows; one that cannot be tried is a problem, and does not keep the others from it."""
    from typedflow.cli._fuzz_found import Found
    from typedflow.cli._progress import progress
    from typedflow.hypothesis import Asked, verdicts
    from typedflow.values import TypedflowError

    files = _files(arguments)
    examples = arguments.examples or (_EXAMPLES_OF_A_LAW if arguments.time is None else _NO_LIMIT)
    seconds = None if arguments.time is None else arguments.time / len(files)
    found: list[Found] = []
    for root, file in files:
        is_first = root is None or root not in {other.root for other in found}
        with progress(f"fuzzing {file.stem}") as tell:
            asked = Asked(str(file), examples, seed, str(root or ""), seconds, settings=is_first)
            try:
                answered = verdicts(asked, tell)
            except TypedflowError as error:
                problems += error.diagnostics
                continue
        found += [Found(root, file, verdict) for verdict in answered]
    return found


def _files(arguments: argparse.Namespace) -> Sequence[tuple[Path | None, Path]]:
    """Give the files of the flows that are meant, each with the directory of its project, where it has one."""
    from functools import partial
    from pathlib import Path

    from typedflow.cli._open import open_named_project
    from typedflow.operations import argument_error, look_up_argument
    from typedflow.project import targets
    from typedflow.workspace import working_directory

    arguments.root = working_directory()
    paths = [Path(name) for name in arguments.flows if name.endswith(".py")]
    names = [name for name in arguments.flows if not name.endswith(".py")]
    found, alone, broken = look_up_argument(lambda: targets(paths))
    for error in broken:
        arguments.root = error.root
        raise error
    files = [_file_of(target, name) for target in found for name in target.flows]
    if names or not paths:
        project = open_named_project(arguments)
        for name in names or project.manifest.flows:
            unit = look_up_argument(partial(project.unit, name))
            files.append((project.root, project.root / unit.file))
    if not files and not alone:
        raise argument_error("the project has no flow", hint="name the file of one: `typedflow fuzz flow.py`")
    return list(dict.fromkeys([*files, *((None, file) for file in alone)]))


def _file_of(target: Target, name: str) -> tuple[Path, Path]:
    root = target.project.root
    return root, root / target.project.unit(name).file


def _again(arguments: argparse.Namespace) -> list[Found]:
    """Try an example that was kept."""
    from pathlib import Path

    from typedflow.cli._fuzz_found import Found
    from typedflow.hypothesis import Asked, read_replay, verdicts
    from typedflow.operations import argument_error, look_up_argument
    from typedflow.workspace import read_source, working_directory

    if arguments.flows:
        raise argument_error("--replay takes no flow: the file names it")
    arguments.root = working_directory()
    kept: Replay = look_up_argument(lambda: read_replay(read_source(Path(arguments.replay), may_be_pipe=True)))
    root, file = look_up_argument(lambda: _place(Path(arguments.replay), Path(kept.file)))
    asked = Asked(
        str(file), 1, 0, str(root or ""), flow=kept.flow, law=kept.law, example=kept.example, kept=arguments.replay
    )
    (verdict,) = verdicts(asked, lambda done, total: None)  # noqa: ARG005 # one example takes no time
    return [Found(root, file, verdict, arguments.replay)]


def _place(kept: Path, file: Path) -> tuple[Path | None, Path]:
    """Give a flow's file, named from where its example was kept or from here, with the directory of its project."""
    from typedflow.project import targets
    from typedflow.workspace import first_existing, real_path, working_directory

    folder = real_path(kept).parent.parent
    places = [*([folder.parent] if folder.name == ".typedflow" else []), working_directory()]
    found_file = first_existing(*(place / file for place in places))
    found = targets([found_file])
    for error in found.broken:
        raise error
    return (found.projects[0].project.root if found.projects else None), found_file

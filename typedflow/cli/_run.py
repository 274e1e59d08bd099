"""``typedflow run``: compile the settings of flows and start them, one on the terminal, several with logs."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from typedflow.cli import _parser

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from typedflow.operations import Event, ManyRuns
    from typedflow.project import LoadedProject, Unit

_MOST_NAMED = 3
_EXAMPLES = """\
One variant has the terminal, and its exit code is that of the flow. Several are checked first: if any has an error,
nothing starts. Then each runs in the background, with a log of its own. Ctrl-C stops them as Metaflow does, a second
one kills them.

Everything after `--` is passed to Metaflow. If it names no Metaflow command, `run` is put before its options.

exit codes of several: 0 all succeeded, 1 findings or failures, 2 an invalid command line, 130 interrupted, 143
terminated

keys of the JSON: version (1), and runs: each with flow, binding, identity, environment, state (succeeded, failed,
interrupted, skipped), exit_code, run (its pathspec), tags, step (the last), seconds, log, and reason; null where there
is none

examples:
  typedflow run training --binding EXP_01
  typedflow run training --binding EXP_01 --set model.alpha=0.5 -- --max-workers 2
  typedflow run training --binding EXP_01 -- show
  typedflow run training --binding EXP_01 -- --datastore s3 argo-workflows create
  typedflow run training --binding 'EXP_*'
  typedflow run training nightly --binding '*' --jobs 8 --max-failures 1 -- --tag sweep
"""


def add(commands: _parser.Commands) -> None:
    """Add the command."""
    parser = _parser.add_command(commands, "run", run, "compile the settings of flows and run them", _EXAMPLES)
    parser.usage = "typedflow run [-h] [OPTIONS] FLOW [FLOW ...] [-- METAFLOW ARGUMENTS]"
    _parser.flow_argument(parser, nargs="+", help="the flow, or several")
    text = "the bindings that match this glob; can be repeated (optional if the flow has one binding)"
    _parser.bindings_option(parser, text)
    _parser.settings_options(parser)
    text = "how many of several variants run at once (default: 4)"
    parser.add_argument("--jobs", metavar="N", type=_parser.integer(1), default=4, help=text)
    text = "start no others after this number of failures (default: start all)"
    parser.add_argument("--max-failures", metavar="N", type=_parser.integer(1), help=text)
    text = "output format (default: text); with json, one variant also runs with a log instead of the terminal"
    parser.add_argument("--format", choices=("text", "json"), default="text", help=text)


def run(arguments: argparse.Namespace) -> int:
    """Run one variant, and return the flow's exit code; or run several."""
    from typedflow.cli._open import open_named_project
    from typedflow.operations import choose_variants
    from typedflow.operations import run as run_flow
    from typedflow.units import runnable

    project = open_named_project(arguments)
    variants = choose_variants(project, arguments.flow, arguments.binding, runnable)
    (unit, bindings), *others = variants.items()
    if others or len(bindings) > 1 or arguments.format != "text":
        return _run_many(project, variants, arguments)
    done = run_flow(
        project,
        unit=f"{unit.kind}:{unit.name}",
        binding=bindings[0],
        environment=arguments.env,
        overrides=arguments.options,
        arguments=arguments.rest,
        on_event=_show,
    )
    return done.exit_code


def _show(event: Event) -> None:
    """Print the environment, and the command as a shell accepts it."""
    from typedflow.cli._console import say
    from typedflow.cli._environment import say_environment, say_variant
    from typedflow.operations import EnvironmentChosen, UnitStarts
    from typedflow.render import shell_line
    from typedflow.values import redact_line

    if isinstance(event, EnvironmentChosen):
        say_environment(event.environment)
    elif isinstance(event, UnitStarts):
        if not event.start.has_config:
            say("typedflow: `resume` uses the config of the run that it resumes; the current settings are ignored")
        else:
            say_variant(event.start.variant.identity, event.start.compiled.digest)
        say(f"$ {redact_line(shell_line(event.start.command))}")


def _run_many(project: LoadedProject, variants: Mapping[Unit, Sequence[str]], arguments: argparse.Namespace) -> int:
    from typedflow.cli._exit_codes import exit_code
    from typedflow.cli._run_table import put_runs, run_table
    from typedflow.cli._variants_display import variants_display
    from typedflow.operations import run_many

    with variants_display(project.root, run_table) as show:
        done = run_many(
            project,
            variants,
            environment=arguments.env,
            overrides=arguments.options,
            arguments=arguments.rest,
            jobs=arguments.jobs,
            max_failures=arguments.max_failures,
            on_event=show,
        )
    if done.has_errors:
        return exit_code(done.findings)
    put_runs(done.finished, arguments.format)
    return _summary(done)


def _summary(done: ManyRuns) -> int:
    """Print why runs failed, and how many succeeded; return the exit code."""
    from typedflow.cli._console import say
    from typedflow.cli._run_table import counted, shown_path, variant_name

    by_state: dict[str, list[str]] = {}
    for each in done.finished:
        name = variant_name(each.variant)
        if each.state == "failed":
            where = f" in {each.step}" if each.step else ""
            say(f"{shown_path(each.log)}: {name} failed{where}: {each.reason}")
            name += f" ({shown_path(each.log)})"
        by_state.setdefault(each.state, []).append(name)
    succeeded = by_state.pop("succeeded", [])
    others = [f"{state}: {_few(by_state[state])}" for state in sorted(by_state)]
    say("; ".join([f"{len(succeeded)} of {counted(len(done.finished))} succeeded", *others]))
    return (done.stop_code or 1) if by_state else 0


def _few(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return ", ".join(names[:_MOST_NAMED]) + more

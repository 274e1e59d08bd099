"""From a command line to an exit code."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from typedflow.cli._parser import Parser, global_options
from typedflow.workspace import command_line

_COMMANDS = (
    *("check", "rule", "show", "list", "diff", "fuzz", "run"),
    *("runs", "deploy", "lock", "init", "new", "schema", "table", "stubs", "completion"),
)
_EXAMPLES = """\
exit codes: 0 success, 1 findings in files or configs, 2 an invalid command line or an internal error; `run` exits with
the code of the flow

examples:
  typedflow init                                  create a project that runs immediately
  typedflow list                                  all flows, bindings and identities
  typedflow check                                 every mistake in the project, before anything runs
  typedflow show training --binding EXP_01        the settings of one variant
  typedflow new binding EXP_03                    a settings file with all that can be set
  typedflow run training --binding EXP_01         compile them and run the flow
  typedflow deploy training --binding '*' --to argo-workflows
"""
#: The commands that pass what follows `--` to Metaflow.
_WITH_REST = {"run", "deploy"}
_USAGE = 2
_INTERRUPTED = 130
_BROKEN_PIPE = 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line, by default that of this process, and return its exit code."""
    given = list(command_line()[1:] if argv is None else argv)
    if sys.stdout is None or sys.stderr is None:  # closed, as by `>&-`
        from typedflow.cli._console import open_streams

        open_streams()
    parser = _parser(given)
    if not given:  # a completing shell passes the line in a variable, and no arguments
        import argcomplete

        argcomplete.autocomplete(parser)
    arguments = argparse.Namespace()
    try:
        return _dispatch(parser, given, arguments)
    except SystemExit as stop:  # argparse's --help, --version and errors
        return stop.code if isinstance(stop.code, int) else _USAGE
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        from typedflow.cli._console import discard_output

        discard_output()
        return _BROKEN_PIPE
    except Exception as error:  # noqa: BLE001 # the last resort: one sentence instead of a traceback
        return _report_error(error, arguments)


def _dispatch(parser: Parser, given: list[str], arguments: argparse.Namespace) -> int:
    # argparse would drop a `--`, and how depends on the version: what follows it is for Metaflow.
    at = given.index("--") if "--" in given else len(given)
    _, unknown = parser.parse_known_args(given[:at], arguments)
    if unknown:
        arguments.parser.unrecognized(unknown, has_rest=arguments.command in _WITH_REST)
    arguments.rest = given[at + 1 :]
    if arguments.rest and arguments.command not in _WITH_REST:
        arguments.parser.error("only `typedflow run` and `typedflow deploy` accept arguments after `--`")
    code: int = arguments.run(arguments)
    sys.stdout.flush()
    return code


def _parser(given: Sequence[str] = ()) -> Parser:
    """Return the parser of a command line; if that begins with a command, no other command is imported."""
    parser = Parser(prog="typedflow", description="Check, run and deploy flows with typed configs.", epilog=_EXAMPLES)
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version of typedflow and exit")
    global_options(parser, top=True)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, title="commands")
    for name in given[:1] if {*given[:1]} & {*_COMMANDS} else _COMMANDS:
        import_module(f"typedflow.cli._{name}").add(commands)
    return parser


class _Version(argparse.Action):
    """Looks up the version only when it is needed."""

    def __call__(self, *_: object) -> NoReturn:
        from importlib.metadata import version

        print(f"typedflow {version('typedflow')}")
        sys.exit(0)


def _report_error(error: Exception, arguments: argparse.Namespace) -> int:
    """Report the error that ended a command, and return the exit code."""
    from typedflow.cli._console import report, say
    from typedflow.cli._exit_codes import exit_code
    from typedflow.cli._open import root_of
    from typedflow.operations import ArgumentError
    from typedflow.values import TypedflowError
    from typedflow.workspace import variable

    if isinstance(error, TypedflowError):
        report(error.diagnostics, root_of(arguments, error))
        return _USAGE if isinstance(error, ArgumentError) else exit_code(error.diagnostics)
    advice = "with what `--traceback` shows"
    if arguments.traceback or variable("TYPEDFLOW_TRACEBACK"):
        from traceback import format_exception

        say(*"".join(format_exception(error)).rstrip("\n").split("\n"))
        advice = "with the traceback above"
    said = f"typedflow: internal error: {type(error).__name__}: {error}; this is a bug, please report it {advice}"
    say(*said.split("\n"))  # that of a worker contains a traceback
    return _USAGE

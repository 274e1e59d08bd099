"""The parser of a command line: argparse, with suggestions, examples in each help, and global options everywhere.

Nothing else is imported here, so that ``--help`` is fast.
"""

import argparse
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, NoReturn, TypeAlias

Commands: TypeAlias = "argparse._SubParsersAction[Parser]"  # noqa: SLF001 # the type has no public name
#: Where flows are deployed; `typedflow.units` has them, too, but loads what parsing a line does not need.
TARGETS = ("argo-workflows", "step-functions", "airflow")
Run = Callable[[argparse.Namespace], int]


class Parser(argparse.ArgumentParser):
    """A parser whose errors suggest what was probably meant."""

    def __init__(self, **options: Any) -> None:
        """Accept no abbreviations: a script must not break when an option is added."""
        options.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        super().__init__(allow_abbrev=False, **options)

    def error(self, message: str) -> NoReturn:
        """Print the usage and the error, and exit with code 2."""
        from typedflow.values import printable

        _, _, unknown = message.partition("invalid choice: '")
        word, _, known = unknown.partition("' (choose from ")
        advice = _advice(word, re.findall(r"[\w.-]+", known)) if known else ""
        super().error(printable(_masked(message) + advice))

    def unrecognized(self, arguments: Sequence[str], *, has_rest: bool) -> NoReturn:
        """Report arguments that no option accepts; ``has_rest``: the command accepts Metaflow's after ``--``."""
        options = [each for each in self._option_string_actions if each.startswith("--")]
        word = arguments[0].partition("=")[0]
        from typedflow.values import printable

        words = " ".join(map(_masked, arguments))
        advice = _advice(word, options)
        where = " if they are Metaflow's, put them after `--`" if advice else "; put Metaflow's arguments after `--`"
        after = f"{where}: {self.prog} ... -- {words}" if has_rest else ""
        if not word.startswith("-") and any(each.nargs == "+" for each in self._actions):
            after += "; several flows are named before the options"
        super().error(printable(f"unrecognized arguments: {words}{advice}{after}"))


def _masked(text: str) -> str:
    from typedflow.values import redact_line

    return redact_line(text)


def _advice(word: str, known: Sequence[str]) -> str:
    from typedflow.values import did_you_mean

    found = did_you_mean(word, [each for each in known if each != word])
    return f"; {found}" if found else ""


def global_options(parser: argparse.ArgumentParser, *, top: bool = False) -> None:
    """Add the options that may stand before and after the command."""
    absent = None if top else argparse.SUPPRESS
    group = parser.add_argument_group("global options")
    group.add_argument(
        "--project", metavar="DIR", default=absent, help="a directory in the project (default: the working directory)"
    )
    group.add_argument(
        "--traceback", action="store_true", default=absent, help="show Python's traceback of an internal error"
    )


def add_command(commands: Commands, name: str, run: Run, summary: str, examples: str) -> Parser:
    """Add a command; the examples end its help."""
    parser = commands.add_parser(name, help=summary, description=f"{_sentence(summary)}.", epilog=examples)
    global_options(parser)
    parser.set_defaults(run=run, parser=parser)
    return parser


def flow_argument(parser: argparse.ArgumentParser, **options: Any) -> None:
    """Add ``FLOW``."""
    completed(parser.add_argument("flow", metavar="FLOW", **options), "units")


def binding_option(parser: argparse._ActionsContainer) -> None:
    """Add ``--binding``."""
    text = "the binding (optional if the flow has one binding)"
    completed(parser.add_argument("--binding", type=filled, metavar="NAME", help=text), "bindings")


def bindings_option(parser: argparse.ArgumentParser, help: str) -> None:  # noqa: A002 # argparse's name
    """Add ``--binding`` for globs, which can be repeated."""
    add = parser.add_argument
    action = add("--binding", type=filled, metavar="GLOB", action="append", default=[], help=help)
    completed(action, "bindings")


def environment_option(
    parser: argparse.ArgumentParser,
    help: str = "the environment (default: TYPEDFLOW_ENV, or the one that the branch chooses)",  # noqa: A002
) -> None:
    """Add ``--env``."""
    completed(parser.add_argument("--env", type=filled, metavar="NAME", help=help), "environments")


def settings_options(parser: argparse.ArgumentParser) -> None:
    """Add what changes settings: ``--env`` and ``--set``."""
    environment_option(parser)
    parser.add_argument(
        "--set",
        dest="options",
        metavar="PATH=VALUE",
        action="append",
        default=[],
        help="set a value that overrides all layers, such as model.alpha=0.5; can be repeated",
    )


def filled(text: str) -> str:
    """Return a text that is not empty."""
    if not text:
        raise argparse.ArgumentTypeError("must not be empty")
    return text


def moment(text: str) -> datetime:
    """Parse a date or a time (ISO 8601), in local time if it names no zone."""
    try:
        return datetime.fromisoformat(text).astimezone()
    except (ValueError, OverflowError):
        message = f"must be a date or a time, such as 2026-11-01 or 2026-11-01T08:30, not {text!r}"
        raise argparse.ArgumentTypeError(message) from None


def integer(least: int | None) -> Callable[[str], int]:
    """Return a function that parses an integer, which must not be less than ``least``."""

    def read(text: str) -> int:
        with suppress(ValueError):
            number = int(text)
            if least is None or number >= least:
                return number
        bound = "" if least is None else f" greater than or equal to {least}"
        raise argparse.ArgumentTypeError(f"must be an integer{bound}, not {text!r}")

    return read


def completed(action: argparse.Action, names: str) -> None:
    """Let a shell complete an argument with names of the project, through an attribute that argcomplete reads."""

    def completer(parsed_args: argparse.Namespace, **_: object) -> Sequence[str]:
        from typedflow.cli import _complete

        found: Sequence[str] = getattr(_complete, names)(parsed_args)
        return found

    action.completer = completer  # type: ignore[attr-defined] # argcomplete's own convention


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]

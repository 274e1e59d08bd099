"""A flow's laws in a process of its own: its code is imported there, and may do what it likes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from hypothesis.configuration import set_hypothesis_home_dir
from hypothesis.errors import InvalidArgument
from pydantic import TypeAdapter

from typedflow.hypothesis._fuzz import Budget, Verdict, try_example, try_law
from typedflow.hypothesis._law import Law
from typedflow.project import LoadedProject, open_project
from typedflow.values import Diagnostic, Location, TypedflowError, listed
from typedflow.workspace import ask_child, bad_option, monotonic, read_source, tell_parent, temporary_folder

PROGRAM = f"{__name__}:answer"
#: How long one example may take, in seconds.
_TIMEOUT = 120.0
#: What a law gets at least, in seconds, when time is short.
_LEAST = 0.5


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose laws to try: ``file`` is the flow's; ``root`` is its project's, or empty where it has none.

    ``settings``: whether the model of the project's settings is tried by itself, too, which other flows may share.
    ``seconds`` is for all laws together. Of a law that is named, only its ``example`` is tried, for the named class;
    ``kept`` is the file that the example is from.
    """

    file: str
    examples: int
    seed: int
    root: str = ""
    seconds: float | None = None
    settings: bool = True
    flow: str = ""
    law: str = ""
    example: Any = None
    kept: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The verdicts, or why there are none."""

    verdicts: tuple[Verdict, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


_ASKED = TypeAdapter(Asked)
_ANSWERS = TypeAdapter(Answer)

Tell = Callable[[int, int | None], None]
"""Is told how many examples were tried, and of how many, where that is known."""


def verdicts(asked: Asked, tell: Tell) -> tuple[Verdict, ...]:
    """Try the laws of a flow in a process of its own.

    Raises:
        TypedflowError: the flow cannot be imported, or its project is wrong.
    """
    trying = ""

    def told(line: str) -> None:
        nonlocal trying
        done, total, trying = line.split(maxsplit=2)
        tell(int(done), int(total) or None)

    folder = Path(asked.root or Path(asked.file).parent)
    try:
        line = ask_child(PROGRAM, _ASKED.dump_json(asked).decode(), folder, _TIMEOUT, told)
    except TypedflowError as error:
        hint = f"that was when the law `{trying}` was tried" if trying else ""
        here = [replace(item, location=Location(asked.file), hint=hint or item.hint) for item in error.diagnostics]
        raise TypedflowError(here) from None
    answered = _ANSWERS.validate_json(line)
    if answered.diagnostics:
        raise TypedflowError(answered.diagnostics)
    return answered.verdicts


def answer(request: str) -> str:
    """Return the verdicts as JSON; report before how far the work is."""
    asked = _ASKED.validate_json(request)
    with temporary_folder() as home:
        set_hypothesis_home_dir(home)
        try:
            found = Answer(tuple(_tried(asked, _laws(asked), _tell)))
        except TypedflowError as error:
            found = Answer(diagnostics=error.diagnostics)
        except InvalidArgument as error:
            message = f"no configs can be made by chance for this flow: {error}"
            found = Answer(diagnostics=(bad_option(message, Location(asked.file)),))
    return _ANSWERS.dump_json(found).decode()


def _tell(law: str, done: int, total: int | None) -> None:
    tell_parent(f"{done} {total or 0} {law}")


def _laws(asked: Asked) -> list[tuple[str, Law]]:
    """Return the laws of each flow class of a file, with the name of the class."""
    from typedflow.hypothesis._laws import laws_of
    from typedflow.metaflow import import_flow, outermost_flows

    file = Path(asked.file)
    project: LoadedProject | None = open_project(Path(asked.root)) if asked.root else None
    read_source(file, project.root if project else None)
    flows = outermost_flows(import_flow(file), Location(asked.file))
    shared = "" if asked.settings or project is None else f"{project.unit_of(file).config}."
    found = [(flow.__name__, law) for flow in flows for law in laws_of(flow, {}, project=project)]
    return [(flow, law) for flow, law in found if not (shared and law.name.startswith(shared))]


_TellOfLaw = Callable[[str, int, int | None], None]


def _tried(asked: Asked, laws: list[tuple[str, Law]], tell: _TellOfLaw) -> Iterator[Verdict]:
    if asked.law:
        yield _again(asked, laws)
        return
    until = None if asked.seconds is None else monotonic() + asked.seconds
    total = None if asked.seconds is not None else asked.examples * len(laws)
    done = 0
    for index, (flow, law) in enumerate(laws):
        seconds = None if until is None else max(_LEAST, (until - monotonic()) / (len(laws) - index))
        tell(law.name, done, total)
        budget = Budget(asked.examples, asked.seed, seconds)
        verdict = try_law(law, budget, partial(_told, tell, law.name, done, total))
        done = done + verdict.examples if total is None else asked.examples * (index + 1)
        tell(law.name, done, total)
        yield replace(verdict, flow=flow)


def _told(tell: _TellOfLaw, law: str, before: int, total: int | None, now: int) -> None:
    tell(law, before + now, total)


def _again(asked: Asked, laws: list[tuple[str, Law]]) -> Verdict:
    known = {law.name: law for flow, law in laws if flow == asked.flow}
    if asked.law in known:
        try:
            known[asked.law].require_shape(asked.example)
        except ValueError as error:
            raise TypedflowError([bad_option(str(error), Location(asked.kept))]) from None
        return replace(try_example(known[asked.law], asked.example), flow=asked.flow)
    message = f"{asked.flow} has no law `{asked.law}`; there is {listed(known)}"
    if not known:
        message = f"there is no flow `{asked.flow}`; there is {listed(dict.fromkeys(flow for flow, _ in laws))}"
    raise TypedflowError([bad_option(message, Location(asked.file))])

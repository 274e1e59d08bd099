"""Test the laws of flows with random configs, and save the examples that break one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from typedflow.operations._choose_variants import choose_unit
from typedflow.operations._errors import argument_error, look_up_argument
from typedflow.operations._progress import Progress, no_progress
from typedflow.project import LoadedProject, Unit, targets
from typedflow.units import unit_file
from typedflow.values import Diagnostic, TypedflowError
from typedflow.workspace import (
    display_name,
    first_existing,
    ignored_directory,
    read_source,
    real_path,
    working_directory,
    write_atomically,
)

if TYPE_CHECKING:
    from typedflow.hypothesis import Replay, Verdict

_FOLDER = "fuzz"
_KIND = "flow"
_EXAMPLES_OF_A_LAW = 100
_NO_LIMIT = 10**7


@dataclass(frozen=True, slots=True)
class TriedLaw:
    """The result of a law of a flow; ``replay`` is the file in which the example is saved."""

    root: Path | None
    file: Path
    verdict: Verdict
    replay: str = ""


@dataclass(frozen=True, slots=True)
class Fuzzed:
    """The results of all laws, and why others could not be tested; locations are relative to ``root``."""

    root: Path
    laws: tuple[TriedLaw, ...] = ()
    findings: tuple[Diagnostic, ...] = ()

    @property
    def is_broken(self) -> bool:
        """Whether a law is broken."""
        return any(each.verdict.broken for each in self.laws)


def require_hypothesis() -> None:
    """Check that the extra ``hypothesis`` is installed.

    Raises:
        ArgumentError: it is not.
    """
    missing = [name for name in ("hypothesis", "jsonschema") if find_spec(name) is None]
    if missing:
        hint = "python -m pip install 'typedflow[hypothesis]'"
        raise argument_error(f"`typedflow fuzz` requires {' and '.join(missing)}", hint=hint)


def fuzz(
    flows: Sequence[str],
    open_project: Callable[[], LoadedProject],
    *,
    seed: int,
    examples: int | None = None,
    seconds: float | None = None,
    progress: Callable[[Path], Progress] = lambda _: no_progress,
) -> Fuzzed:
    """Test the laws of some flows, named by the project or by files, or of all flows of a project.

    A flow that cannot be tested is a finding; the others are tested all the same. ``progress`` is called for each file.

    Units: ``seconds`` for all flows together; without ``examples`` there is no other limit.

    Raises:
        ArgumentError: a flow does not exist.
        TypedflowError: the file of a flow of the project cannot be read.
    """
    from typedflow.hypothesis import Asked, verdicts

    root, files = _files(flows, open_project)
    number = examples or (_EXAMPLES_OF_A_LAW if seconds is None else _NO_LIMIT)
    laws: list[TriedLaw] = []
    findings: list[Diagnostic] = []
    tried: set[tuple[Path, str]] = set()
    for folder, file, model in files:
        is_first = folder is None or (folder, model) not in tried
        each = None if seconds is None else seconds / len(files)
        asked = Asked(str(file), number, seed, str(folder or ""), each, settings=is_first)
        try:
            laws += [TriedLaw(folder, file, verdict) for verdict in verdicts(asked, progress(file))]
            tried |= {(folder, model)} if folder else set()
        except TypedflowError as error:
            findings += error.diagnostics
    return Fuzzed(root, tuple(_kept(law, findings) for law in laws), tuple(findings))


def try_again(kept: str) -> Fuzzed:
    """Test an example that was saved to a file.

    Raises:
        ArgumentError: the file, or the flow that it names, cannot be read.
    """
    from typedflow.hypothesis import Asked, read_replay, verdicts

    found: Replay = look_up_argument(lambda: read_replay(read_source(Path(kept), may_be_pipe=True)))
    root, file = look_up_argument(lambda: _place(Path(kept), Path(found.file)))
    asked = Asked(str(file), 1, 0, str(root or ""), flow=found.flow, law=found.law, example=found.example, kept=kept)
    (verdict,) = verdicts(asked, no_progress)
    return Fuzzed(working_directory(), (TriedLaw(root, file, verdict, kept),))


def _files(
    flows: Sequence[str], open_project: Callable[[], LoadedProject]
) -> tuple[Path, Sequence[tuple[Path | None, Path, str]]]:
    """Return the root for names of files, and the files of the flows.

    Each has the directory of its project, and the reference of its model there.
    """
    root = working_directory()
    paths = [Path(name) for name in flows if name.endswith(".py")]
    names = [name for name in flows if not name.endswith(".py")]
    found, alone, broken = look_up_argument(lambda: targets(paths))
    for error in broken:
        raise error
    files = [_file_of(target.project, unit) for target in found for unit in target.units]
    if names or not paths:
        project = open_project()
        root = project.root
        named = [look_up_argument(partial(choose_unit, project, name, _KIND.__eq__)) for name in names]
        files += [_file_of(project, unit) for unit in named or _flows(project)]
    if not files and not alone:
        raise argument_error("the project has no flow", hint="name the file of one: `typedflow fuzz flow.py`")
    return root, list(dict.fromkeys([*files, *((None, file, "") for file in alone)]))


def _flows(project: LoadedProject) -> list[Unit]:
    return [unit for unit in project.units if unit.kind == _KIND]


def _file_of(project: LoadedProject, unit: Unit) -> tuple[Path, Path, str]:
    return project.root, unit_file(project, unit), unit.model


def _place(kept: Path, file: Path) -> tuple[Path | None, Path]:
    """Return the project's directory and a flow's file, relative to its saved example or the working directory."""
    folder = real_path(kept).parent.parent
    places = [*([folder.parent] if folder.name == ".typedflow" else []), working_directory()]
    found_file = first_existing(*(place / file for place in places))
    found = targets([found_file])
    for error in found.broken:
        raise error
    return (found.projects[0].project.root if found.projects else None), found_file


def _kept(law: TriedLaw, findings: list[Diagnostic]) -> TriedLaw:
    """Save the example that broke a law where git ignores it; a failure to write it is a finding."""
    from typedflow.hypothesis import Replay, replay_text

    verdict, root = law.verdict, law.root or working_directory()
    if verdict.broken is None or verdict.broken.example is None:
        return law
    replay = Replay(display_name(law.file, law.root), verdict.flow, verdict.law, verdict.broken.example)
    try:
        file = ignored_directory(root) / _FOLDER / f"{verdict.flow}.{verdict.law}.json"
        write_atomically(file, replay_text(replay))
    except TypedflowError as error:
        findings += [item for item in error.diagnostics if item not in findings]
        return law
    return replace(law, replay=display_name(file, working_directory()))

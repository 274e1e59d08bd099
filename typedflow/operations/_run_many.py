"""Run several variants at the same time, after checking all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from typedflow.metaflow import why_alone
from typedflow.operations._check_variants import check_variants
from typedflow.operations._choose_variants import choose_environment
from typedflow.operations._errors import argument_error
from typedflow.operations._events import CheckFinished, EnvironmentChosen, OnEvent, ignore_event
from typedflow.project import Identities, LoadedProject, Override, Unit
from typedflow.units import FinishedRun, PlannedRun, RunsProgress, plan_runs, run_planned
from typedflow.values import Diagnostic, Severity, TypedflowError, merge_findings


@dataclass(frozen=True, slots=True)
class ManyRuns:
    """What was run, or would be.

    ``findings``: what the check found; where one is an error, nothing is ``planned``. ``stop_code`` is the exit code
    of a process that was asked to stop meanwhile, else 0.
    """

    findings: tuple[Diagnostic, ...] = ()
    planned: tuple[PlannedRun, ...] = ()
    finished: tuple[FinishedRun, ...] = ()
    stop_code: int = 0

    @property
    def has_errors(self) -> bool:
        """Whether the check found an error."""
        return any(item.severity is Severity.ERROR for item in self.findings)


def run_many(
    project: LoadedProject,
    variants: Mapping[Unit, Sequence[str]],
    *,
    environment: str | None = None,
    overrides: Sequence[str | Override] = (),
    arguments: Sequence[str] = (),
    jobs: int = 4,
    max_failures: int | None = None,
    on_event: OnEvent = ignore_event,
) -> ManyRuns:
    """Check units under some bindings, and run them, ``jobs`` at a time; after ``max_failures``, no others start.

    Each run has a process group and a log of its own. After an interrupt, or a request to terminate, no others start,
    and the running ones are interrupted; after the second they are killed.

    Raises:
        TypedflowError: what is wrong with the arguments; nothing is run then.
    """
    planned = plan_many(
        project, variants, environment=environment, overrides=overrides, arguments=arguments, on_event=on_event
    )
    if planned.has_errors:
        return planned
    done = run_planned(planned.planned, jobs=jobs, max_failures=max_failures, on_progress=on_event)
    return replace(planned, finished=done.runs, stop_code=done.stop.exit_code)


def finish_many(
    planned: ManyRuns, *, jobs: int, max_failures: int | None, on_progress: Callable[[RunsProgress], object] | None
) -> tuple[FinishedRun, ...]:
    """Run what is planned, and return what came of each run.

    Raises:
        KeyboardInterrupt: this process was interrupted; the runs have ended.
        TypedflowError: what is wrong with a variant; nothing is run then.
    """
    if planned.has_errors:
        raise TypedflowError(merge_findings(planned.findings))
    done = run_planned(planned.planned, jobs=jobs, max_failures=max_failures, on_progress=on_progress or ignore_event)
    done.stop.signal_again()
    return done.runs


def plan_many(
    project: LoadedProject,
    variants: Mapping[Unit, Sequence[str]],
    *,
    environment: str | None,
    overrides: Sequence[str | Override],
    arguments: Sequence[str],
    on_event: OnEvent = ignore_event,
) -> ManyRuns:
    """Check units under some bindings, and return how each variant is run.

    Raises:
        TypedflowError: what is wrong with the arguments.
    """
    if reason := why_alone(arguments):
        raise argument_error(reason, option="--", hint="run one variant, without `--format json`")
    chosen = choose_environment(project, environment)
    on_event(EnvironmentChosen(chosen))
    checked = check_variants(project, variants, chosen, overrides, on_event=on_event)
    on_event(CheckFinished(checked.findings))
    done = ManyRuns(checked.findings)
    if done.has_errors:
        return done
    identities = Identities(project)
    resolved = [identities.label(each) for each in checked.resolved]
    return replace(done, planned=plan_runs(project, resolved, arguments))

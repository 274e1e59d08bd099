"""Deploying several variants at once, each in a process of its own, with a live table for the person at a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field

from typedflow.cli._console import report, say
from typedflow.cli._deployment_plan import Done, Planned
from typedflow.cli._deployment_table import Live, live
from typedflow.metaflow import Outcome, deploy_apart, deployment_failed
from typedflow.values import Diagnostic, Location
from typedflow.workspace import display_name, monotonic, working_directory

_INTERRUPTED = 130
_REFRESH = 0.2


@dataclass
class _Run:
    """What the threads share."""

    begun: dict[str, float] = field(default_factory=dict)
    done: dict[str, Done] = field(default_factory=dict)


def deployed(planned: Iterable[Planned], jobs: int) -> dict[str, Done]:
    """Deploy variants, some at a time, and give what came of each by its binding.

    An interrupt lets what has begun end as Metaflow ends it, and begins nothing more.
    """
    run, variants = _Run(), list(planned)
    with live(variants) as shown, ThreadPoolExecutor(jobs) as pool:
        waiting = {pool.submit(_deploy, each, run): each for each in variants}
        try:
            _follow(waiting, run, shown)
        except KeyboardInterrupt:
            for each in waiting:
                each.cancel()
    interrupted = Done(Outcome("interrupted"), 0)
    return {each.binding: run.done.get(each.binding, interrupted) for each in variants}


def _follow(waiting: dict[Future[None], Planned], run: _Run, shown: Live) -> None:
    left = set(waiting)
    while left:
        finished, left = wait(left, _REFRESH, FIRST_COMPLETED)
        for each in finished:
            each.result()
            shown.tell(waiting[each], run.done[waiting[each].binding])
        shown.show(run.begun, run.done)


def _deploy(planned: Planned, run: _Run) -> None:
    begun = monotonic()
    run.begun[planned.binding] = begun
    outcome = deploy_apart(planned.job, planned.environ)
    run.done[planned.binding] = Done(outcome, monotonic() - begun)


def summary(planned: Iterable[Planned], done: dict[str, Done]) -> int:
    """Report what failed, say how many there are of each kind, and give the exit code."""
    counts: dict[str, int] = {}
    for each in done.values():
        counts[each.outcome.state] = counts.get(each.outcome.state, 0) + 1
    failures = [_failure(each, done[each.binding]) for each in planned if done[each.binding].outcome.state == "failed"]
    report(failures)
    say(", ".join(f"{number} {state}" for state, number in counts.items()))
    if "failed" in counts or "interrupted" in counts:
        say("the same command deploys what is missing")
    return _INTERRUPTED if "interrupted" in counts else 1 if failures else 0


def _failure(planned: Planned, done: Done) -> Diagnostic:
    log = planned.job.files.log
    return deployment_failed(
        f"`{planned.name}` is not deployed: {done.outcome.reason}",
        Location(display_name(log, working_directory())),
        hint="the log has all that Metaflow said",
        cases=(planned.job.deployment.case,),
    )

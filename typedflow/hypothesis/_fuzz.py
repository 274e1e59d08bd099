"""Tries laws with many examples, and finds the smallest example that breaks each."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, Verbosity, given, reject, seed, settings
from hypothesis.errors import HypothesisException

from typedflow.hypothesis._law import Law, LawBroken, NoConfig
from typedflow.values import Diagnostic, Location, format_location, raised_at
from typedflow.workspace import (
    TimeLimitError,
    display_name,
    monotonic,
    restart_time_limit,
    time_limit,
    working_directory,
)

#: How long to search for a smaller example, in seconds.
_SHRINKING = 20.0
#: How often to report progress, in seconds.
_PULSE = 0.1
#: How long one example may take, in seconds; no longer than its law where time is short, but so long at least.
_PATIENCE, _LEAST_PATIENCE = 30.0, 3.0
#: What a user's code may raise that Hypothesis does not take for a failure.
_STOPS = (SystemExit, KeyboardInterrupt, GeneratorExit, TimeLimitError)


@dataclass(frozen=True, slots=True)
class Budget:
    """How much to try: the most examples of each law, and the most ``seconds`` for each, or None."""

    examples: int
    seed: int
    seconds: float | None = None

    @property
    def patience(self) -> float:
        """How long one example may take, in seconds."""
        return _PATIENCE if self.seconds is None else min(_PATIENCE, max(_LEAST_PATIENCE, self.seconds))


@dataclass(frozen=True, slots=True)
class Broken:
    """Why a law does not hold, and the smallest example found, or None if no example could be made."""

    message: str
    example: Any = None
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result for a law of a flow class: the number of examples for which it holds, and what broke it."""

    law: str
    says: str
    examples: int
    broken: Broken | None = None
    flow: str = ""


class _TimeIsUp(BaseException):
    """Ends Hypothesis, which does not catch a BaseException."""


class _Trial:
    """The trial of one law. It keeps the smallest failure, because time may run out before Hypothesis reports it."""

    def __init__(self, law: Law, budget: Budget, tell: Callable[[int], None]) -> None:
        self._law = law
        self._tell = tell
        self._patience = budget.patience
        self._until = None if budget.seconds is None else monotonic() + budget.seconds
        self._told = 0.0
        self.tried = 0
        self.broken: Broken | None = None

    def __call__(self, example: Any) -> None:
        self._pulse()
        try:
            self._law.holds(example)
        except NoConfig:
            reject()
        except (Exception, *_STOPS) as error:
            self._failed(example, error)
            raise
        self.tried += self.broken is None

    def _pulse(self) -> None:
        restart_time_limit(self._patience)
        now = monotonic()
        if self._until is not None and now > self._until:
            raise _TimeIsUp
        if now - self._told > _PULSE:
            self._told = now
            self._tell(self.tried)

    def _failed(self, example: Any, error: BaseException) -> None:
        if self.broken is None:
            self._until = monotonic() + _SHRINKING
        if self.broken is None or _size(example) <= _size(self.broken.example):
            self.broken = _broken(error, example)


def try_law(law: Law, budget: Budget, tell: Callable[[int], None]) -> Verdict:
    """Try a law; calls ``tell`` periodically with the number of examples for which it held."""
    trial = _Trial(law, budget, tell)
    quiet = settings(
        max_examples=budget.examples,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
        verbosity=Verbosity.quiet,
    )
    broken: Broken | None = None

    def held(example: Any) -> None:  # Hypothesis requires a plain function
        trial(example)

    try:
        with time_limit(budget.patience):
            seed(budget.seed)(quiet(given(law.examples)(held)))()
    except _TimeIsUp:
        pass
    except (Exception, *_STOPS) as error:  # noqa: BLE001 # the law's, which the trial knows, or that no example can be made
        broken = _broken(error, None)
    return Verdict(law.name, law.says, trial.tried, trial.broken or broken)


def try_example(law: Law, example: Any) -> Verdict:
    """Try a law for one example; the verdict has 0 examples if the model rejects it."""
    try:
        with time_limit(_PATIENCE):
            law.holds(example)
    except NoConfig:
        return Verdict(law.name, law.says, 0)
    except (Exception, *_STOPS) as error:  # noqa: BLE001 # the user's model and flow decide what is raised
        return Verdict(law.name, law.says, 0, _broken(error, example))
    return Verdict(law.name, law.says, 1)


def _broken(error: BaseException, example: Any) -> Broken:
    if isinstance(error, LawBroken):
        return Broken(error.message, example, error.diagnostics)
    if isinstance(error, HypothesisException):
        return Broken(str(error), example)
    place = raised_at(error)
    where = f" ({_where(place)})" if place else ""
    what = "" if isinstance(error, TimeLimitError) else f"{type(error).__name__}: "
    return Broken(f"{what}{error}".rstrip(": ") + where, example)


def _where(place: Location) -> str:
    named = place._replace(name=display_name(Path(place.name), working_directory()))
    return format_location(named, column=False)


def _size(example: Any) -> tuple[int, str]:
    text = json.dumps(example, sort_keys=True)
    return len(text), text

"""Cases: which unit a finding is about, under which binding, in which environment."""

from typing import NamedTuple

#: The binding of a unit that has no other.
DEFAULT_BINDING = "default"


class Case(NamedTuple):
    """A unit of a project under one binding and environment; ``kind`` is the unit's, as ``flow``.

    ``identity`` labels it among the variants of other branches and projects, if it is known.
    """

    unit: str
    binding: str = DEFAULT_BINDING
    environment: str | None = None
    kind: str = "flow"
    identity: str | None = None


def case_order(case: Case) -> tuple[str, ...]:
    """Return the key that sorts cases: by kind, unit, binding, environment and identity; what is None comes first."""
    return case.kind, case.unit, case.binding, *_none_first(case.environment), *_none_first(case.identity)


def _none_first(text: str | None) -> tuple[str, str]:
    return ("", "") if text is None else ("known", text)

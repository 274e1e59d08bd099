"""The directives that bring a value into a tree from elsewhere, as related places of a finding."""

from __future__ import annotations

from typedflow.values import Origin, Related

_ROLES = {"$ref": "referenced at", "$include": "included at"}


def through(origin: Origin | None) -> tuple[Related, ...]:
    """Return the places of the directives through which a value comes, the nearest to the value first."""
    if origin is None or origin.through is None:
        return ()
    from typedflow.parsing import location

    steps = [step for step in origin.directives() if step.directive in _ROLES]
    return tuple(Related(_ROLES[step.directive], location(step.origin.source, step.origin.path)) for step in steps)

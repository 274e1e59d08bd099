"""The results of evaluating a flow's delayed values, while the flow is checked rather than started."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from typedflow.metaflow._nodes import Node, Unpacked
from typedflow.values import Diagnostic, TypedflowError


class EvaluationResults:
    """Values by node, each evaluated once, and all problems: nothing is raised, so that Metaflow continues."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.problems: dict[Diagnostic, None] = {}  # in an order, without repetitions
        self.configs: Mapping[str, Any] = {}  # by name, as expressions see them; empty before they are known
        self._values: dict[int, tuple[Node, Any]] = {}  # a node is kept, so that its id stays its own
        self._failed: set[int] = set()

    def add(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Add problems."""
        self.problems.update(dict.fromkeys(diagnostics))

    def value(self, node: Node, evaluate: Callable[[], Any]) -> Any:
        """Return a node's value; if evaluation fails, add the problem and return an empty value."""
        key = id(node)  # asked for once: a check listens to Python's events, and this is one
        if key not in self._values:
            try:
                value = evaluate()
            except TypedflowError as error:
                self.add(error.diagnostics)
                self._failed.add(key)
                value = {} if isinstance(node, Unpacked) else None
            self._values[key] = (node, value)
        return self._values[key][1]

    def has_failed(self, node: Node) -> bool:
        """Return whether the evaluation of a node has failed."""
        return id(node) in self._failed

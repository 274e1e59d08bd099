"""The tables of a flow in its steps, by their names: what ``self.tables`` is."""

from __future__ import annotations

from typing import Any

from typedflow.models import RunTables
from typedflow.units._flow_table import ExternalTable, TableError, WritableTable
from typedflow.values import did_you_mean, listed


class FlowTables:
    """The tables that a flow uses: ``tables.films``."""

    def __init__(self, content: RunTables) -> None:
        """``content`` is what the run has stored of them."""
        self._content = self.__typedflow_content__ = content  # the latter for `typedflow.config_table`

    def __getattr__(self, name: str) -> Any:
        """Return a table.

        Raises:
            TableError: the flow uses no such table.
        """
        if name.startswith("_"):
            raise AttributeError(name)
        table = self._content.tables.get(name)
        if table is None:
            known = list(self._content.tables)
            advice = did_you_mean(name, known) or f"its tables are {listed(known) or 'none'}"
            raise TableError(f"the flow has no table `{name}`; {advice}")
        kind = ExternalTable if table.external else WritableTable
        return kind(name, table, self._content.engine)

    def __dir__(self) -> list[str]:
        """Return the names of the tables."""
        return list(self._content.tables)

    def __repr__(self) -> str:
        """Return the tables with their names in the engine."""
        names = ", ".join(f"{name}={table.table!r}" for name, table in self._content.tables.items())
        return f"FlowTables({names})"

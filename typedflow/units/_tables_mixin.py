"""TablesMixin: the tables of a project in the steps of a flow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from typedflow.metaflow import MadeText
    from typedflow.models import RunTables

T = TypeVar("T")

TABLES = "tables"


class TablesMixin(Generic[T]):
    """Adds tables of the project: ``class Training(TablesMixin[Tables], SettingsMixin[Settings], FlowSpec)``.

    ``Tables`` is the class that ``typedflow table types`` writes, or one with a part of its annotations. In steps,
    ``self.tables.films`` reads and writes the table. Its name in the engine is that of the run's binding and
    environment, and is stored with the run.
    """

    if TYPE_CHECKING:
        tables: T
    else:

        def __class_getitem__(cls, tables: Any) -> Any:
            """Return the mixin for a class of tables, which has the Config."""
            if not isinstance(tables, type):
                return super().__class_getitem__(tables)
            from typedflow.metaflow import MadeConfig
            from typedflow.models import RunTables

            config = MadeConfig(TABLES, RunTables, lambda flow: _made(tables, flow), _opened)
            body = {**config.attributes, USED: tables, "__module__": __name__}
            return type(f"TablesMixin[{tables.__name__}]", (cls,), body)


#: The attribute of a flow's class that has the class of its tables.
USED = "__typedflow_tables__"


def _made(tables: type, flow: Any) -> MadeText:
    from typedflow.units._tables_config import made_tables

    return made_tables(tables, flow)


def _opened(content: RunTables) -> Any:
    from typedflow.units._flow_tables import FlowTables

    return FlowTables(content)

"""A base class with a config, for many flows."""

from metaflow import FlowSpec

from typedflow import Config, ConfigModel


class Warehouse(ConfigModel):
    """Where tables are."""

    database: str
    tables: dict[str, str]


class WarehouseFlow(FlowSpec):
    """Every flow that inherits from it has `self.warehouse`."""

    warehouse = Config("warehouse", model=Warehouse, default="warehouse.yaml")

    def table(self, name: str) -> str:
        """Return the full name of a table."""
        return f"{self.warehouse.database}.{self.warehouse.tables[name]}"

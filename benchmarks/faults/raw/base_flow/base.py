"""A base class with a config, for many flows."""

import yaml
from metaflow import Config, FlowSpec
from pydantic import BaseModel


class Warehouse(BaseModel, extra="forbid"):
    """Where tables are."""

    database: str
    tables: dict[str, str]


def parsed_warehouse(text: str) -> dict[str, object]:
    """Read and validate a config: what one writes without typedflow."""
    return Warehouse.model_validate(yaml.safe_load(text)).model_dump(mode="json")


class WarehouseFlow(FlowSpec):
    """Every flow that inherits from it has `self.warehouse`."""

    warehouse = Config("warehouse", default="warehouse.yaml", parser=parsed_warehouse)

    def table(self, name: str) -> str:
        """Return the full name of a table."""
        return f"{self.warehouse.database}.{self.warehouse.tables[name]}"

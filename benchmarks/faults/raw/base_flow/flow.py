"""A flow that inherits its config from a base."""

from base import WarehouseFlow
from metaflow import Parameter, config_expr, step


class SalesFlow(WarehouseFlow):
    """Uses the base's config in its steps, and in its own Parameter."""

    database = Parameter("database", default=config_expr("warehouse.database"))

    @step
    def start(self):
        print(f"reading {self.table('sales')} (database {self.database})")
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    SalesFlow()

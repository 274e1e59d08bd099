"""Configs that nobody gives a value."""

import os

from facts import fact
from metaflow import Config, FlowSpec, config_expr, environment, step


class NothingFlow(FlowSpec):
    nothing = Config("nothing")  # typed: Words
    none = Config("none", default=None)  # typed: Words
    value = Config("value", default_value=None)  # typed: Words

    @environment(vars={"FOUND": config_expr("none.word if none else 'nothing'")})
    @step
    def start(self):
        fact("nothing", [self.nothing, self.none, self.value])
        fact("in an expression", os.environ["FOUND"])
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    NothingFlow()

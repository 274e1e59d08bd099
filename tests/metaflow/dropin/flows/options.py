"""Two configs, whose values are the default of a Parameter: `run --help` shows what was given."""

import os

from facts import fact, wrong
from metaflow import Config, FlowSpec, Parameter, config_expr, step


class OptionsFlow(FlowSpec):
    first = Config("first", default=os.environ.get("FIRST_FILE", "first.json"), help="The first.")  # typed: Option
    second = Config("second", default_value={"a": 0}, help="The second.")  # typed: Option
    if os.environ.get("MORE") == "needed":
        more = Config("third", required=True)  # typed: Option
    if os.environ.get("MORE") == "twice":
        more = Config("first", default_value={"a": 0})  # typed: Option
    if os.environ.get("MORE") == "parser":
        more = Config("third", default_value="{}", parser=wrong)  # typed: Option
    if os.environ.get("MORE") == "unknown":
        more = Parameter("more", default=config_expr("absent.a"))
    shown = Parameter("shown", default=config_expr("'%s and %s' % (first.a, second.a)"))

    @step
    def start(self):
        fact("given", self.shown)
        if self.first.a < 0:
            raise ValueError
        self.next(self.end)

    @step
    def end(self):
        fact("at the end", self.first.a)


if __name__ == "__main__":
    OptionsFlow()

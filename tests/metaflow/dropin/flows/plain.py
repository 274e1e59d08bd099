"""Configs that are no mappings, and names that are no identifiers."""

import json
import os

from facts import fact
from metaflow import Config, FlowSpec, environment, step


def bare(value):
    return getattr(value, "root", value)


class PlainFlow(FlowSpec):
    text = Config("text", default_value="as it is", plain=True)  # typed: Text
    numbers = Config("numbers", default_value="[1, 2]", parser=json.loads, plain=True)  # typed: Numbers
    whole = Config("whole", default_value="3", parser=int, plain=True)  # typed: Whole
    mapping = Config("mapping", default_value='{"spelled": "plainly"}', parser=json.loads, plain=True)  # typed: Spelled
    nothing = Config("nothing", plain=True)  # typed: Text
    dashed = Config("a-dashed_name", default_value={"spelled": "with a dash"})  # typed: Spelled
    upper = Config("Upper", default_value={"spelled": "in upper case"})  # typed: Spelled

    @environment(vars={"UPPER": upper.spelled})
    @step
    def start(self):
        fact("text", bare(self.text))
        fact("numbers", bare(self.numbers))
        fact("whole", bare(self.whole))
        fact("mapping", dict(self.mapping))
        fact("nothing", self.nothing)
        fact("dashed", self.dashed.spelled)
        fact("upper", [self.upper.spelled, os.environ["UPPER"]])
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    PlainFlow()

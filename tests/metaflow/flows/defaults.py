"""Every way to give a Config a default or a parser."""

import json
import os

from metaflow import FlowSpec, step
from models import Names, Plain, Small

from typedflow import Config


def parse_pairs(text):
    return dict(pair.split("=") for pair in text.split())


def fail(text):
    return json.loads(text)["nothing"]


class DefaultsFlow(FlowSpec):
    none = Config("none", model=Small, default=None)
    file_function = Config("file_function", model=Plain, default=lambda context: f"{context.parameter_name}.json")
    value_function = Config(
        "value_function", model=Small, default_value=lambda context: {"size": len(context.flow_name)}
    )
    instance = Config("instance", model=Small, default_value=Small(size=8))
    text = Config("text", model=Plain, default_value="a: 2\nb: [x]\n")
    pairs = Config("pairs", model=Plain, default_value="a=3", parser=parse_pairs)
    dotted = Config("dotted", model=Plain, default_value='{"a": 4}', parser="json.loads")
    validated = Config("validated", model=Small, default_value='{"size": 9}', parser=Small.model_validate_json)
    if os.environ.get("FAIL"):
        failing = Config("failing", model=Plain, default_value='{"a": 4}', parser=fail)
        listed = Config("listed", model=Plain, default_value="[1]", parser=json.loads)
        needed = Config("needed", model=Plain, required=True)
        computed = Config("computed", model=Plain, default_value=lambda _: os.environ["NOTHING_IS_CALLED_SO"])
    if os.environ.get("LISTS"):
        names = Config("names", model=Names, default_value=["a", "b"])
    if os.environ.get("BAD_LIST"):
        names = Config("names", model=Names, default_value='["a", 1, {}]')

    @step
    def start(self):
        print("none", self.none)
        for name in "file_function value_function instance text pairs dotted validated".split():
            print(name, repr(getattr(self, name)))
        if os.environ.get("LISTS"):
            print("names", self.names.root)
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    DefaultsFlow()

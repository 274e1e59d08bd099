"""A config's values as steps read them."""

import copy
import json
import operator
import pickle
import pprint
from collections.abc import Mapping
from pathlib import Path

from facts import fact
from metaflow import Config, FlowSpec, step


class ValuesFlow(FlowSpec):
    config = Config("config", default="values.json")  # typed: Settings

    @step
    def start(self):
        Path("values.json").write_text("{}")
        self.tell_of_reading()
        self.tell_of_dictionaries()
        self.tell_of_changing()
        self.tell_of_copies()
        self.part = self.config.nested
        self.names = self.config.names
        self.next(self.each, foreach="names")

    def tell_of_reading(self):
        config = self.config
        fact("type", type(config).__name__)
        fact("by dot", config.nested.deep.deeper)
        fact("by brackets", config["nested"]["deep"]["deeper"])
        fact("by both", [config["nested"].deep["deeper"], config.nested["deep"].deeper])
        fact("by a key that is no identifier", lambda: config["my special value!"])
        fact("in a list", [config.nested.sizes[1], config.nested.stages[1].kind])
        fact("falsy values", [config.flag, config.nothing])
        fact("unknown attribute", lambda: config.absent)
        fact("unknown key", lambda: config["absent"])
        fact("unknown nested attribute", lambda: config.nested.absent)
        fact("hasattr", [hasattr(config, "rate"), hasattr(config, "absent")])
        fact("shown", lambda: [word in text for text in self.texts() for word in ("epochs", "down")])

    def texts(self):
        return str(self.config), repr(self.config), pprint.pformat(self.config)

    def tell_of_dictionaries(self):
        config = self.config
        fact("is a mapping", isinstance(config, Mapping))
        fact("is a dict", isinstance(config, dict))
        fact("equals a dict", lambda: config.resources == {"cpu": 1, "memory": 512})
        fact("in", ["rate" in config, "absent" in config, "cpu" in config.resources])
        fact("get", lambda: [config.get("rate"), config.get("absent"), config.get("absent", 1)])
        fact("length", lambda: [len(config), len(config.resources)])
        fact("iterated", lambda: list(config.resources))
        fact("keys", lambda: list(config.resources.keys()))
        fact("values", lambda: list(config.resources.values()))
        fact("items", lambda: list(config.resources.items()))
        fact("unpacked", lambda: [{**config.resources}, dict(**config.resources), dict(config.resources)])
        fact("to_dict", lambda: [config.nested.to_dict()])
        fact("types in to_dict", lambda: [type(config.to_dict()["nested"]["stages"][0]).__name__])
        fact("dumped", lambda: json.loads(json.dumps(config.to_dict()))["nested"])
        fact("dumped as it is", lambda: json.loads(json.dumps(config.resources)))

    def tell_of_changing(self):
        config = self.config
        fact("set the config", lambda: setattr(self, "config", {}))
        fact("set an attribute", lambda: setattr(config, "rate", 1.0))
        fact("set a nested attribute", lambda: setattr(config.nested.deep, "deeper", "up"))
        fact("set a new attribute", lambda: setattr(config, "new", 1))
        fact("set an item", lambda: operator.setitem(config, "rate", 1.0))
        fact("delete an item", lambda: operator.delitem(config, "rate"))
        fact("delete an attribute", lambda: delattr(config, "rate"))
        for method in ("update", "pop", "setdefault", "clear", "popitem"):
            fact(f"call {method}", lambda method=method: getattr(config.resources, method)())
        fact("unchanged", [config.rate, config.nested.deep.deeper, len(config)])

    def tell_of_copies(self):
        config = self.config
        fact("copied", lambda: copy.copy(config).nested == config.nested)
        fact("copied deeply", lambda: copy.deepcopy(config) == config)
        fact("pickled", lambda: pickle.loads(pickle.dumps(config)) == config)  # noqa: S301 # our own

    @step
    def each(self):
        self.found = f"{self.input} {self.config.rate}"
        self.next(self.join)

    @step
    def join(self, inputs):
        fact("in a foreach", sorted(each.found for each in inputs))
        fact("inputs of a join", [each.config.nested.deep.deeper for each in inputs])
        self.merge_artifacts(inputs, exclude=["found"])
        self.next(self.end)

    @step
    def end(self):
        fact("at the end", [self.config.rate, self.config["nested"].deep.deeper])
        fact("a part as an artifact", lambda: self.part.deep.deeper)


if __name__ == "__main__":
    ValuesFlow()

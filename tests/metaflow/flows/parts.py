"""A flow that stores parts of its config as artifacts; its models are in its own file."""

from metaflow import FlowSpec, step

from typedflow import Config, ConfigModel


class Inner(ConfigModel):
    """A part."""

    value: int = -1

    def doubled(self):
        """Use the value."""
        return self.value * 2


class Whole(ConfigModel):
    """The config."""

    some: Inner = Inner()
    many: list[Inner] = [Inner(value=3), Inner(value=4)]


class PartsFlow(FlowSpec):
    """In its own tasks the parts are instances of their models."""

    config = Config("config", model=Whole, default_value={})

    @step
    def start(self):
        self.sub = self.config.some
        self.whole = self.config
        self.many = self.config.many
        self.next(self.each, foreach="many")

    @step
    def each(self):
        self.got = self.input
        self.doubled = self.input.doubled()
        self.next(self.join)

    @step
    def join(self, inputs):
        self.doubled = sorted(each.doubled for each in inputs)
        self.merge_artifacts(inputs, exclude=["got"])
        self.next(self.end)

    @step
    def end(self):
        print("sub", self.sub.doubled(), self.whole == self.config, self.doubled)


if __name__ == "__main__":
    PartsFlow()

"""As people write flows: steps without annotations, which a strict check asks for, and nothing else."""

from metaflow import FlowSpec, Parameter, resources, step


class Loose(FlowSpec):
    """Has no annotations."""

    alpha = Parameter("alpha", default=0.1)

    @resources(memory=1000)
    @step
    def start(self):
        self.x = self.alpha
        self.next(self.end)

    @step
    def end(self):
        print(self.x)

"""Flows whose mutators, class attributes, parameters and bases all depend on the config."""

from metaflow import Config as MetaflowConfig
from metaflow import FlowMutator, FlowSpec, Parameter, StepMutator, environment, resources, step, timeout

from typedflow import Config, ConfigModel, config_expr


class Job(ConfigModel):
    cpu: int = 1
    seconds: int = 60
    variables: dict[str, str] = {}
    times: int | None = None
    drop: bool = False
    parameter: str | None = None
    broken: str = ""
    size: int = 3


class Tuned(FlowMutator):
    """Adds decorators and a parameter, removes others, and remembers."""

    seen = 0

    def init(self, name):
        self.calls = [name]

    def pre_mutate(self, mutable_flow):
        job = mutable_flow.job
        self.calls.append("pre_mutate")
        assert self.calls == [f"{job.cpu}!", "pre_mutate"], self.calls
        if job.broken == "pre_mutate":
            raise KeyError("a mutator's own")
        if job.parameter:
            mutable_flow.add_parameter("added", Parameter("added", default=job.parameter, type=str))
        for name, each in mutable_flow.steps:
            if name == "start" and job.times is not None:
                each.add_decorator("retry", deco_kwargs={"times": job.times})
            if job.broken == "argument":
                each.add_decorator("catch", deco_kwargs={"print_exception": job.cpu})
            if job.drop:
                each.remove_decorator("timeout")

    def mutate(self, mutable_flow):
        self.calls.append("mutate")
        if mutable_flow.job.broken == "mutate":
            raise ValueError("too late")


class Variables(StepMutator):
    def init(self, prefix):
        self.prefix = prefix

    def mutate(self, mutable_step):
        for _, config in mutable_step.flow.configs:
            variables = {self.prefix + name: text for name, text in config.get("variables", {}).items()}
            mutable_step.add_decorator(environment, deco_kwargs={"vars": variables})


class Base(FlowSpec):
    job = Config("job", model=Job, default_value={})
    raw = MetaflowConfig("raw", default_value='{"pick": "cpu", "sizes": {"cpu": 2, "memory": 9}}')
    size = job.size
    half = config_expr("job.size // (job.size - 4)")
    count = Parameter("count", default=job.size, type=int)

    @timeout(seconds=job.seconds)
    @Variables("V_")
    @step
    def start(self):
        self.next(self.end)

    @resources(cpu=job.cpu, memory=config_expr("raw.sizes.memory * job.cpu"))
    @step
    def end(self):
        pass


@Tuned(config_expr("f'{job.cpu}!'"))
class JudgedFlow(Base):
    @resources(cpu=Base.raw.sizes.cpu)
    @step
    def end(self):
        pass


if __name__ == "__main__":
    JudgedFlow()

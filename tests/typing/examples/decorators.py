"""Decorators of steps and flows, with and without options."""

import random
import time

from metaflow import (
    FlowSpec,
    batch,
    catch,
    conda,
    conda_base,
    current,
    environment,
    exit_hook,
    kubernetes,
    namespaced_event_name,
    parallel,
    profile,
    project,
    pypi,
    pytorch_parallel,
    resources,
    retry,
    schedule,
    secrets,
    step,
    timeout,
    trigger,
    trigger_on_finish,
)
from metaflow.integrations import ArgoEvent


def report(run: object) -> None:
    """Print that a run ended."""
    print(run)


@exit_hook(on_success=[report], on_error=["failed"])
@conda_base(python="3.11", packages={"pandas": "2.2.0"})
@project(name="movies", production=True)
@schedule
@trigger(events=["data", {"name": "model", "parameters": {"alpha": "learning_rate"}}])
@trigger_on_finish(flow={"name": "Upstream", "project": "movies", "project_branch": "prod"})
class Decorated(FlowSpec):
    """Tries its luck on other machines."""

    @retry
    @catch(var="failure")
    @timeout(minutes=5)
    @resources(cpu=0.5, memory=2048, gpu=1)
    @environment(vars={"A": "a", "N": 3})
    @step
    def start(self) -> None:
        """Fail now and then."""
        self.failure = None
        with profile("luck"):
            time.sleep(random.random())
        if current.is_production:
            ArgoEvent(name=namespaced_event_name("data"), payload={"a": 1}).safe_publish()
        self.next(self.cloud)

    @kubernetes(cpu=2, memory=4096, image="python:3.11", labels={"team": "a"}, node_selector="a=b", gpu=None)
    @secrets(sources=["name", {"type": "inline", "options": {"env_vars": {"a": "b"}}}])
    @conda(packages={"numpy": "2.0.0"})
    @step
    def cloud(self) -> None:
        """Run in a pod."""
        self.next(self.train, num_parallel=4)

    @batch(cpu=4, memory=8000, shared_memory=100, use_tmpfs=True)
    @pytorch_parallel
    @parallel
    @pypi(python="3.11")
    @step
    def train(self) -> None:
        """Train on many nodes."""
        self.node = current.parallel.node_index
        self.next(self.join)

    @retry(times=2, minutes_between_retries=0)
    @step
    def join(self, inputs: list["Decorated"]) -> None:
        """Meet."""
        self.nodes = [item.node for item in inputs]
        self.next(self.end)

    @step
    def end(self) -> None:
        """Events that started the run are there."""
        print(self.nodes, current.trigger.event, current.project_name)


if __name__ == "__main__":
    Decorated()

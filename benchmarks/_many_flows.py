"""A project of many flows on disk, each with its own bindings, decorators that read settings, and an expression."""

from __future__ import annotations

from pathlib import Path

import yaml

from benchmarks._project import BINDING, GLOBAL

BINDINGS = 10
_MODEL = Path(__file__).with_name("_settings.py")
FLOW_TEXT = '''\
"""A flow of many."""

from metaflow import FlowSpec, Parameter, resources, retry, schedule, step
from settings import Settings

from typedflow import SettingsMixin, config_expr, ref

settings = ref(Settings, "settings")


@schedule(cron=settings.schedule.cron, timezone=settings.schedule.timezone)
class Flow{number}(SettingsMixin[Settings], FlowSpec):
    """One of many."""

    epochs = Parameter("epochs", default=settings.model.epochs)

    @retry(times=settings.resources.retries)
    @resources(cpu=settings.resources.cpu, memory=config_expr("settings.resources.memory * 2"))
    @step
    def start(self):
        self.next(self.train)

    @resources(memory=settings.resources.memory)
    @step
    def train(self):
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    Flow{number}()
'''


def make_many(root: Path, flows: int) -> Path:
    """Write a project with a number of flows with ten bindings each, every binding with its own file."""
    for folder in ("flows", "settings"):
        (root / folder).mkdir(parents=True)
    manifest = ['model = "flows/settings.py:Settings"\n']
    (root / "flows/settings.py").write_text(_MODEL.read_text(encoding="utf-8"), encoding="utf-8")
    (root / "settings/settings.yaml").write_text(_yaml(GLOBAL), encoding="utf-8")
    for number in range(flows):
        name = f"flow_{number:05}"
        (root / f"flows/{name}.py").write_text(FLOW_TEXT.format(number=number), encoding="utf-8")
        manifest.append(f'[flows.{name}]\nfile = "flows/{name}.py"\nbindings = ["{name}_*"]\n')
        for index in range(BINDINGS):
            tree = {**BINDING, "description": f"Binding {index} of flow {number}."}
            tree["resources"] = {"cpu": 8 + index, "memory": 32000 + number}
            file = root / f"settings/settings.configuration.{name}_{index}.yaml"
            file.write_text(_yaml(tree), encoding="utf-8")
    (root / "typedflow.toml").write_text("\n".join(manifest), encoding="utf-8")
    return root


def _yaml(tree: object) -> str:
    return yaml.dump(tree, sort_keys=False, Dumper=yaml.CSafeDumper)

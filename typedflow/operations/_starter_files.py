"""The files of a new project."""

_MANIFEST = """\
# What the project consists of; `typedflow list` shows it.
settings = "settings"
model = "flows/settings.py:Settings"

[flows.training]
file = "flows/training.py"
bindings = ["EXP_*"]
"""

_MODEL = '''\
"""The settings of this project's flows."""

from pydantic import NonNegativeInt, PositiveFloat

from typedflow import ConfigModel


class Model(ConfigModel):
    """How to train."""

    features: list[str]
    """The columns to learn from."""
    learning_rate: PositiveFloat = 0.1


class Settings(ConfigModel):
    """All settings of this project's flows."""

    model: Model
    retries: NonNegativeInt = 1
    """How often a failing step is tried again."""
'''

_FLOW = '''\
"""A flow with typed settings: `typedflow run training --binding EXP_01`."""

from metaflow import FlowSpec, retry, step
from settings import Settings

from typedflow import SettingsMixin, ref


class Training(SettingsMixin[Settings], FlowSpec):
    """Trains a model, once you write that part."""

    @retry(times=ref(Settings, "settings").retries)
    @step
    def start(self):
        """Use the settings: typed, checked and immutable."""
        model = self.settings.model
        self.summary = f"{len(model.features)} features, learning rate {model.learning_rate}"
        self.next(self.end)

    @step
    def end(self):
        """Print what was done."""
        print(f"Training is done: {self.summary}")


if __name__ == "__main__":
    Training()
'''

_SETTINGS = """\
# The settings of every run; flows/settings.py declares them.
model:
  features: [age, bmi]
"""

_BINDING = """\
# The differences of the binding EXP_01.
model:
  learning_rate: 0.01
"""

FILES = {
    "typedflow.toml": _MANIFEST,
    "flows/settings.py": _MODEL,
    "flows/training.py": _FLOW,
    "settings/settings.yaml": _SETTINGS,
    "settings/settings.configuration.EXP_01.yaml": _BINDING,
}
IGNORED = (".metaflow/", ".typedflow/", "__pycache__/")

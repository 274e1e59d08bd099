"""The settings of the test project."""

from typedflow import ConfigModel


class Model(ConfigModel):
    """A sub-model."""

    alpha: float = 1.0
    fit_intercept: bool = True


class Settings(ConfigModel):
    """What the project's flows are configured with."""

    target: str
    cron: str = "0 0 * * *"
    cpu: int = 1
    packages: dict[str, str] = {}
    model: Model = Model()

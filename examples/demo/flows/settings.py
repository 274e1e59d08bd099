"""The settings of the demo's flows. Field docstrings are the descriptions in the schema."""

from typing import Annotated, Literal

from pydantic import Field, NonNegativeFloat, PositiveInt, model_validator
from typing_extensions import Self

from typedflow import ConfigModel, Merge

Column = Literal["age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6", "target"]


class Schedule(ConfigModel):
    """When the deployed flow starts by itself."""

    cron: str
    timezone: str = "UTC"


class Resources(ConfigModel):
    """The resources of a task that fits a model."""

    cpu: PositiveInt = 1
    memory: PositiveInt = 2000
    """In MB."""


class Data(ConfigModel):
    """Which columns of the diabetes table to use."""

    features: Annotated[list[Column], Field(min_length=1)]
    """The columns to learn from."""
    target: Column = "target"
    """The column to predict; `target` is the progression of the disease after a year."""

    @model_validator(mode="after")
    def _target_is_no_feature(self) -> Self:
        if self.target in self.features:
            raise ValueError(f"the target column {self.target!r} is also a feature")
        return self


class Ols(ConfigModel):
    """Ordinary least squares."""

    kind: Literal["ols"]
    fit_intercept: bool = True


class Ridge(ConfigModel):
    """Least squares with a penalty on large coefficients."""

    kind: Literal["ridge"]
    fit_intercept: bool = True
    alpha: NonNegativeFloat = 1.0
    """The weight of the penalty."""
    solver: Literal["auto", "cholesky", "svd"] = "auto"


class Evaluation(ConfigModel):
    """How a fitted model is evaluated."""

    folds: Annotated[int, Field(ge=2, le=10)] = 3
    """Cross-validation folds; each is a separate task."""
    seed: int = 0


class Settings(ConfigModel):
    """The settings of one variant: a flow under a binding, in an environment."""

    project: Annotated[str, Field(pattern="^[a-z0-9_]{1,99}$")]
    """The name that separates runs and deployments from those of other projects."""
    data: Data
    model: Annotated[Ols | Ridge, Field(discriminator="kind")]
    """The model to fit; a binding may change its kind."""
    evaluation: Evaluation = Evaluation()
    resources: Resources = Resources()
    schedule: Schedule
    packages: dict[str, str] = {}
    """The packages that tasks install in separate environments."""
    labels: Annotated[list[str], Merge.append] = []
    """Tags of the run; each layer adds its own."""

"""The types of the project's tables. Written by `typedflow table types`: do not edit."""

# fmt: off
# ruff: noqa

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from typing_extensions import NotRequired, TypedDict

if TYPE_CHECKING:
    from typedflow import ExternalTable, WritableTable


class DemoFeaturesF:
    """What `training` learns from and predicts, a row for each film."""

    Column = Literal[
        "title_id",
        "runtime",
        "year",
        "oscars",
        "reviews",
        "meter",
        "rating",
        "box_office",
    ]

    class Row(TypedDict):
        title_id: int
        runtime: float
        """In minutes."""
        year: int
        oscars: int
        reviews: int
        """How many there are."""
        meter: int
        """The percentage of favorable reviews."""
        rating: float
        box_office: float
        """In dollars."""


class DemoPredictionsF:
    """Predictions of every binding; those of one target are a partition."""

    Column = Literal["target", "title_id", "predicted"]

    class Row(TypedDict):
        target: str
        title_id: int
        predicted: NotRequired[float | None]


class Metrics:
    """The table `metrics`."""

    Column = Literal["title_id", "reviews", "meter", "rating", "box_office"]

    class Row(TypedDict):
        title_id: NotRequired[int | None]
        reviews: NotRequired[int | None]
        meter: NotRequired[int | None]
        rating: NotRequired[float | None]
        box_office: NotRequired[float | None]


class Titles:
    """The table `titles`."""

    Column = Literal["title_id", "title", "year", "runtime", "oscars"]

    class Row(TypedDict):
        title_id: NotRequired[int | None]
        title: NotRequired[str | None]
        year: NotRequired[int | None]
        runtime: NotRequired[float | None]
        oscars: NotRequired[int | None]


class Tables:
    """The tables by their names."""

    demo_features_f: WritableTable[DemoFeaturesF.Column, DemoFeaturesF.Row]
    demo_predictions_f: WritableTable[DemoPredictionsF.Column, DemoPredictionsF.Row]
    metrics: ExternalTable[Metrics.Column, Metrics.Row]
    titles: ExternalTable[Titles.Column, Titles.Row]

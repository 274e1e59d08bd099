"""Cards: components, updates, a card of one's own."""

from metaflow import FlowSpec, Parameter, card, current, step
from metaflow.cards import Image, Markdown, MetaflowCard, ProgressBar, Table, VegaChart


class Plain(MetaflowCard):
    """A card that says one thing."""

    type = "plain"

    def render(self, task: object) -> str:
        """Return HTML."""
        return f"<p>{task}</p>"


class Shown(FlowSpec):
    """Shows what it does."""

    size = Parameter("size", default=3, help="How much there is to do.")

    @card(type="blank", id="progress", refresh_interval=1)
    @card
    @step
    def start(self) -> None:
        """Add components, and refresh them."""
        bar = ProgressBar(max=self.size, label="work")
        current.card["progress"].append(bar)
        for number in range(self.size):
            bar.update(number)
            current.card["progress"].refresh()
        current.card.append(Markdown("# Result"), id="title")
        current.card.extend([Table([["a", 1]], headers=["name", "value"]), Image(b""), VegaChart({"mark": "bar"})])
        self.next(self.end)

    @card(type="plain", options={"a": 1}, timeout=10)
    @step
    def end(self) -> None:
        """End."""


if __name__ == "__main__":
    Shown()

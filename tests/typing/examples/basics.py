"""First steps: a line of steps, parameters, files, artifacts of every kind."""

from typing import Any

from metaflow import FlowSpec, IncludeFile, JSONType, Parameter, current, step


def listed(text: str) -> list[str]:
    """Split a text."""
    return text.split(",")


class Greetings(FlowSpec):
    """Says hello as often as its parameter says."""

    name = Parameter("name", help="Who is greeted.", default="world")
    times = Parameter("times", default=1)
    factor = Parameter("factor", type=float, default=1.5)
    loud = Parameter("loud", default=False)
    tags = Parameter("tags", separator=",", default="a,b")
    extra = Parameter("extra", type=JSONType, default='{"a": 1}')
    owner = Parameter("owner", required=True)
    moment = Parameter("moment", default=lambda context: context.user_name)
    table = IncludeFile("table", default="table.csv", help="Movies, one a line.")
    image = IncludeFile("image", is_text=False, default="image.png")
    parsed = IncludeFile("parsed", parser=listed, default="words.txt")

    @step
    def start(self) -> None:
        """Read parameters as what they are in steps."""
        self.greeting = f"Hello {self.name.title()}" + "!" * self.times
        self.longer = self.factor * len(self.table.splitlines()) + len(self.image)
        self.words = [tag.upper() for tag in self.tags] + [self.moment.lower(), self.owner.strip()]
        self.key = self.extra["a"]
        self.numbers = list(range(self.times))
        self.next(self.each, foreach="numbers")

    @step
    def each(self) -> None:
        """Work on one."""
        self.square: int = self.input**2
        self.position = self.index
        self.next(self.join)

    @step
    def join(self, inputs: Any) -> None:
        """Gather."""
        self.squares = [item.square for item in inputs]
        self.merge_artifacts(inputs, exclude=["square", "position"])
        self.next(self.left, self.right)

    @step
    def left(self) -> None:
        """One branch."""
        self.kind = "even" if self.squares else "odd"
        self.next({"even": self.meet, "odd": self.meet}, condition="kind")

    @step
    def right(self) -> None:
        """Another."""
        self.next(self.meet)

    @step
    def meet(self, inputs: Any) -> None:
        """Meet again."""
        self.squares = inputs.left.squares
        self.next(self.end)

    @step
    def end(self) -> None:
        """Print where it ran."""
        print(current.flow_name, current.run_id, current.step_name, self.greeting, self.squares)


if __name__ == "__main__":
    Greetings()

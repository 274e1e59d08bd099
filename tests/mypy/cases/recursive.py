"""Configs with types that are part of themselves, as arguments of decorators and in expressions."""

from typing import TypeAlias

from metaflow import FlowSpec, environment, pypi_base, resources, step

from typedflow import Config, ConfigModel, config_expr

Tree: TypeAlias = "dict[str, Tree] | list[Tree] | int"


class Train(ConfigModel):
    """A model of a recursive alias."""

    tree: Tree = {}
    cpus: int = 1


@pypi_base(packages=config_expr("config.tree"))
class Recursive(FlowSpec):
    """Each mistake is found, and each walk ends."""

    config = Config("config", model=Train, default="train.toml")

    @environment(vars=config.tree)
    @resources(cpu=config_expr("config.cpsu"))
    @step
    def start(self) -> None:
        """Go on."""
        self.next(self.end)

    @step
    def end(self) -> None:
        """Stop."""

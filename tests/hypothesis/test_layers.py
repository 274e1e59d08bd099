"""`overlays` and `stacks`: parts of configs, and layers that make a whole one."""

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any, Literal

from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from pydantic import Field

from typedflow import ConfigModel, Merge
from typedflow.hypothesis import Stack, overlays, stacks
from typedflow.models import validate

QUICK = settings(max_examples=150, suppress_health_check=list(HealthCheck))
ANY = settings(max_examples=3_000, phases=[Phase.generate], suppress_health_check=list(HealthCheck))


class Adam(ConfigModel):
    """A member of a union."""

    kind: Literal["adam"]
    beta: float = 0.9


class Sgd(ConfigModel):
    """Another one."""

    kind: Literal["sgd"]
    step: int


class Train(ConfigModel):
    """A model with what merges in each way."""

    name: str
    epochs: Annotated[int, Field(ge=1)]
    optimizer: Annotated[Adam | Sgd, Field(discriminator="kind")]
    layers: list[Adam] = []
    labels: Annotated[list[str], Merge.append] = []
    packages: dict[str, str] = {}


def test_an_overlay_may_leave_out_any_key() -> None:
    """Required keys, a union's tag, all of it; what it has is valid by itself, and items of lists are whole."""

    @QUICK
    @given(overlays(Train))
    def fits(tree: dict[str, Any]) -> None:
        assert set(tree) <= set(Train.model_fields)
        assert tree.get("epochs", 1) >= 1
        assert all("kind" in layer for layer in tree.get("layers", []))

    fits()
    assert find(overlays(Train), lambda tree: True) == {}  # noqa: ARG005 # any
    assert find(overlays(Train), lambda tree: "beta" in tree.get("optimizer", {})) == {"optimizer": {"beta": 0.0}}
    assert find(overlays(Train, epochs=st.just(7)), lambda tree: "epochs" in tree) == {"epochs": 7}


def test_a_stack_is_a_valid_config() -> None:
    """Whatever is in the layers, together they are one; the lowest is whole."""

    @QUICK
    @given(stacks(Train))
    def is_valid(stack: Stack) -> None:
        assert isinstance(validate(stack.merged(Train), Train), Train)
        assert next(iter(stack.files)).startswith("settings.")

    is_valid()


def _has_directive(name: str, stack: Stack) -> bool:
    return "$merge" in str(stack.files) and name in str(stack.files)


def test_stacks_have_all_there_is() -> None:
    """All layers at once, options, files of several formats, directives, and a union that switches."""
    wanted: dict[str, Callable[[Stack], bool]] = {
        "all layers": lambda stack: len(stack.files) == 3 and len(stack.options) == 2,
        "formats": lambda stack: {name.rpartition(".")[2] for name in stack.files} >= {"toml", "yaml"},
        "a switch": lambda stack: "adam" in str(stack) and "sgd" in str(stack),
    }
    for name in ("delete", "replace", "append", "union"):
        wanted[name] = partial(_has_directive, name)
    for is_wanted in wanted.values():
        assert is_wanted(find(stacks(Train), is_wanted, settings=ANY))
    full = find(stacks(Train), wanted["all layers"], settings=ANY)
    names = [name.rpartition(".")[0] for name in full.files]
    assert names == ["settings", "settings.environment.dev", "settings.configuration.EXP_01"]

"""What layers that do not merge hide: nothing that is independent of it."""

from typing import Annotated

import pytest
from pydantic import Field

from typedflow import ConfigModel, Merge
from typedflow.layers import Rank, layer
from typedflow.models import read_layers
from typedflow.parsing import parse
from typedflow.values import Source, SourceKind, TypedflowError


class Sub(ConfigModel):
    """A part."""

    depth: int = 1
    width: int


class Model(ConfigModel):
    """The whole."""

    table: Annotated[list[dict[str, int]], Merge.by_key("name")] = []
    rate: Annotated[float, Field(validation_alias="lr")] = 0.1
    sub: Sub = Sub(width=1)
    cpu: int = 1
    model_config = {"validate_by_name": True, "validate_by_alias": True}


BELOW = "table: [{name: 1}]\nsub: {width: 1}\n"
CASES = {
    "an item without its key": ("table: [{nam: 1}]\ncpu: x\n", ["table[0]", "cpu"]),
    "a field set twice": ("lr: 0.1\nrate: 0.2\nfoo: 1\ncpu: x", ["rate", "foo", "cpu"]),
    "a kind conflict": ("sub: 1\ncpu: x\n", ["sub", "cpu"]),
    "a part of a part": ("sub: {width: {a: 1}, depth: x}\ncpu: x\n", ["sub.width", "sub.depth", "cpu"]),
    "a directive": ("$merge: {delete: [foo]}\ncpu: x\n", ["foo", "cpu"]),
    "several": ("table: [{nam: 1}]\nsub: 1\n$merge: {delete: [foo]}\n", ["foo", "table[0]", "sub"]),
    "what may be a consequence": ("sub: 1\ntable: [{nam: x}]\n", ["sub", "table[0]"]),
}


@pytest.mark.parametrize(("text", "paths"), CASES.values(), ids=CASES)
def test_every_independent_mistake_is_reported(text: str, paths: list[str]) -> None:
    """Beside what does not merge; and nothing else."""
    sources = [Source("below.yaml", BELOW, "yaml"), Source("above.yaml", text, "yaml")]
    with pytest.raises(TypedflowError) as caught:
        read_layers([layer(source, parse(source), Rank.FILE) for source in sources], Model)
    found = [item.message.split("`")[1 if "$merge" not in item.message else 3] for item in caught.value.diagnostics]
    assert sorted(found) == sorted(paths)
    assert all(item.location and item.location.name == "above.yaml" for item in caught.value.diagnostics)


def test_an_option_goes_as_a_whole() -> None:
    """It has one value, of which nothing can be taken away."""
    below = Source("below.yaml", BELOW + "cpu: x\n", "yaml")
    texts = {"--set sub": "{depth: 2}", "--set sub.width": "{a: 1}"}
    options = [Source(name, text, "yaml", SourceKind.OPTION) for name, text in texts.items()]
    stack = [
        layer(below, parse(below), Rank.FILE),
        layer(options[0], {"sub": {"depth": 2}}, Rank.OPTION, ("sub",)),
        layer(options[1], {"sub": {"width": {"a": 1}}}, Rank.OPTION, ("sub", "width")),
    ]
    with pytest.raises(TypedflowError) as caught:
        read_layers(stack, Model)
    assert [item.path for item in caught.value.diagnostics] == [("sub", "width"), ("cpu",)]


def test_what_merges_is_a_config() -> None:
    """Its layers, and the instance."""
    source = Source("below.yaml", BELOW, "yaml")
    merged, config = read_layers([layer(source, parse(source), Rank.FILE)], Model)
    assert config.sub.width == merged.tree["sub"]["width"] == 1

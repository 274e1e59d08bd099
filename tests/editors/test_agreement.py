"""Our parser, and three validators that know only the exported schema, accept the same documents."""

import copy
import datetime
import enum
import json
import os
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import Field, PositiveFloat, ValidationError

from typedflow.layers import Layer, layer, merge
from typedflow.models import ConfigModel, plan_of, validate
from typedflow.parsing import parse
from typedflow.schema import export
from typedflow.values import Source, TypedflowError

jsonschema_rs = pytest.importorskip("jsonschema_rs", reason="it is in the dependency group `editors`")

pytestmark = pytest.mark.slow


class Colour(enum.Enum):
    """An enumeration."""

    RED = "red"
    BLUE = "blue"


class Point(ConfigModel):
    """Bounds, a default, a value that may be null."""

    x: Annotated[float, Field(ge=-10, le=10)]
    y: float = 0.0
    label: str | None = None


class Plain(ConfigModel):
    """Patterns, lengths, enumerations, literals."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=12)]
    colour: Colour
    retries: Annotated[int, Field(ge=0, lt=10)] = 3
    ratio: Annotated[float, Field(gt=0, lt=1)] = 0.5
    mode: Literal["fast", "slow", 3] = "fast"
    verbose: bool = False
    day: datetime.date | None = None


class Nested(ConfigModel):
    """Models in models, lists and dictionaries."""

    point: Point
    points: Annotated[list[Point], Field(min_length=1, max_length=3)]
    named: dict[str, Point] = {}
    limits: dict[str, Annotated[int, Field(ge=0)]] = {}
    pair: tuple[int, str] = (1, "a")


class Circle(ConfigModel):
    """A member of a tagged union."""

    kind: Literal["circle"]
    radius: PositiveFloat


class Square(ConfigModel):
    """Another one, with a default."""

    kind: Literal["square", "box"]
    side: Annotated[int, Field(ge=1, le=100)] = 1


class Unions(ConfigModel):
    """Unions, tagged and not."""

    shape: Annotated[Circle | Square, Field(discriminator="kind")]
    shapes: list[Annotated[Circle | Square, Field(discriminator="kind")]] = []
    either: int | str = 3
    point_or_name: Point | str = "origin"


class Tree(ConfigModel):
    """A model that holds itself."""

    value: int
    children: Annotated[list["Tree"], Field(max_length=2)] = []


class Keys(ConfigModel):
    """Keys that are no identifiers, and names in two spellings."""

    learning_rate: Annotated[float, Field(alias="learning-rate", ge=0)]
    depth: Annotated[int, Field(validation_alias="max depth")] = 3


MODELS = (Point, Plain, Nested, Unions, Tree, Keys)

_NUMBERS = st.floats(-10, 10, allow_nan=False, width=32) | st.integers(-10, 10)
_WORDS = st.text("abc-Z é1", max_size=6)
_POINTS = st.fixed_dictionaries({"x": _NUMBERS}, optional={"y": _NUMBERS, "label": st.none() | _WORDS})
_SHAPES = st.fixed_dictionaries({"kind": st.just("circle"), "radius": st.floats(0.5, 9)}) | st.fixed_dictionaries(
    {"kind": st.sampled_from(["square", "box"])}, optional={"side": st.integers(1, 100)}
)
_TREES = st.recursive(
    st.fixed_dictionaries({"value": st.integers(-9, 9)}),
    lambda trees: st.fixed_dictionaries({"value": st.integers(-9, 9), "children": st.lists(trees, max_size=2)}),
    max_leaves=4,
)
VALID: dict[type[ConfigModel], st.SearchStrategy[Any]] = {
    Point: _POINTS,
    Plain: st.fixed_dictionaries(
        {"name": st.from_regex(r"[a-z][a-z0-9-]{0,11}", fullmatch=True), "colour": st.sampled_from(["red", "blue"])},
        optional={
            "retries": st.integers(0, 9),
            "ratio": st.floats(0.1, 0.9),
            "mode": st.sampled_from(["fast", "slow", 3]),
            "verbose": st.booleans(),
            "day": st.none() | st.dates().map(str),
        },
    ),
    Nested: st.fixed_dictionaries(
        {"point": _POINTS, "points": st.lists(_POINTS, min_size=1, max_size=3)},
        optional={
            "named": st.dictionaries(_WORDS, _POINTS, max_size=2),
            "limits": st.dictionaries(_WORDS, st.integers(0, 9), max_size=2),
            "pair": st.tuples(st.integers(-9, 9), _WORDS).map(list),
        },
    ),
    Unions: st.fixed_dictionaries(
        {"shape": _SHAPES},
        optional={
            "shapes": st.lists(_SHAPES, max_size=2),
            "either": st.integers(-9, 9) | _WORDS,
            "point_or_name": _POINTS | _WORDS,
        },
    ),
    Tree: _TREES,
    Keys: st.fixed_dictionaries({"learning-rate": st.floats(0, 9)}, optional={"max depth": st.integers(-9, 9)}),
}
_JUNK: st.SearchStrategy[Any] = (
    st.none()
    | st.booleans()
    | st.integers(-200, 200)
    | st.floats(-200, 200, width=32)
    | st.sampled_from(["", "red", "circle", "square", "1", "2.5", "true", "2024-02-30", "Name", "x" * 20])
    | st.builds(list)
    | st.builds(dict)
    | st.lists(st.integers(0, 3), max_size=4)
    | st.fixed_dictionaries({"x": st.integers(-20, 20)})
)


@st.composite
def documents(draw: st.DrawFn) -> tuple[int, Any]:
    """Give the place of a model, and a document for it: a valid one, or one with one to three mutations."""
    index = draw(st.integers(0, len(MODELS) - 1))
    document = copy.deepcopy(draw(VALID[MODELS[index]]))
    for _ in range(draw(st.integers(0, 3))):
        _mutate(draw, document)
    return index, document


def _mutate(draw: st.DrawFn, document: Any) -> None:
    places = list(_containers(document))
    container = draw(st.sampled_from(places))
    keys = list(container) if isinstance(container, dict) else list(range(len(container)))
    act = draw(st.sampled_from(["replace", "replace", "drop", "add", "rename"]))
    if act == "add" or not keys:
        if isinstance(container, dict):
            container[draw(st.sampled_from(["kind", "side", "x", "extra", "learning_rate", "depth"]))] = draw(_JUNK)
        else:
            container.append(draw(_JUNK))
        return
    key = draw(st.sampled_from(keys))
    if act == "replace":
        container[key] = draw(_JUNK)
    else:
        value = container.pop(key)
        if act == "rename" and isinstance(container, dict):
            container[f"{key}s"] = value


def _containers(value: Any) -> Iterator[Any]:
    if isinstance(value, dict | list):
        yield value
        for item in value.values() if isinstance(value, dict) else value:
            yield from _containers(item)


@dataclass
class Ajv:
    """ajv, in a process of its own."""

    process: subprocess.Popen[str]

    def accepts(self, index: int, document: Any) -> bool:
        """Judge a document by one of the schemas."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{json.dumps([index, document])}\n")
        self.process.stdin.flush()
        return self.process.stdout.readline() == "true\n"


@pytest.fixture
def ajv(node_modules: Path) -> Iterator[Callable[[list[Any]], Ajv]]:
    """Starts ajv with schemas."""
    started: list[subprocess.Popen[str]] = []

    def start(schemas: list[Any]) -> Ajv:
        process = subprocess.Popen(
            ["node", str(Path(__file__).with_name("judge.js"))],  # noqa: S607 # `node_modules` has found it
            env={**os.environ, "NODE_PATH": str(node_modules)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        started.append(process)
        assert process.stdin is not None
        process.stdin.write(f"{json.dumps(schemas)}\n")
        return Ajv(process)

    yield start
    for process in started:
        process.kill()
        process.communicate()


class Judges:
    """Validators that are independent of each other and of us: in Python, in Rust, in JavaScript."""

    def __init__(self, schemas: list[Any], ajv: Ajv) -> None:
        """Compile the schemas once."""
        python, rust = jsonschema.Draft202012Validator, jsonschema_rs.Draft202012Validator
        self._python = [python(schema, format_checker=python.FORMAT_CHECKER) for schema in schemas]
        self._rust = [rust(schema, validate_formats=True) for schema in schemas]
        self._ajv = ajv

    def accept(self, index: int, document: Any) -> bool:
        """Tell whether a schema has a place for a document; all judges must agree on that."""
        judged: dict[str, bool] = {
            "jsonschema": self._python[index].is_valid(document),
            "jsonschema-rs": self._rust[index].is_valid(document),
            "ajv": self._ajv.accepts(index, document),
        }
        assert len(set(judged.values())) == 1, (judged, document)
        return judged["ajv"]


@settings(max_examples=3000, suppress_health_check=list(HealthCheck))
@given(documents())
def _agree(judges: Judges, counted: Counter[str], drawn: tuple[int, Any]) -> None:
    index, document = drawn
    ours, theirs = _takes(MODELS[index], document), judges.accept(index, document)
    counted["both" if ours and theirs else "neither" if not ours and not theirs else "different"] += 1
    if ours != theirs:
        assert ours, f"editors are silent about {document}"
        assert _is_coerced(MODELS[index], document), f"editors complain of {document}"


def test_three_validators_and_our_parser_agree(ajv: Callable[[list[Any]], Ajv]) -> None:
    """On generated documents, valid and broken: the schema takes what we take, but for text read as a number."""
    schemas = [export(model) for model in MODELS]
    counted: Counter[str] = Counter()
    _agree(Judges(schemas, ajv(schemas)), counted)
    assert counted["both"] > 500
    assert counted["neither"] > 500
    assert counted["different"] < 100


@st.composite
def layered(draw: st.DrawFn) -> tuple[int, Any, Any]:
    """Give the place of a model, a valid document, and a part of another one, perhaps with mutations, to lay on it."""
    index = draw(st.integers(0, len(MODELS) - 1))
    base, other = draw(VALID[MODELS[index]]), copy.deepcopy(draw(VALID[MODELS[index]]))
    for _ in range(draw(st.integers(0, 2))):
        _mutate(draw, other)
    return index, base, {key: value for key, value in other.items() if draw(st.booleans())}


@settings(max_examples=1000, suppress_health_check=list(HealthCheck))
@given(layered())
def _no_false_alarm(judges: Judges, counted: Counter[str], drawn: tuple[int, Any, Any]) -> None:
    index, base, overlay = drawn
    taken, complained = _takes(MODELS[index], base, overlay), not judges.accept(index, overlay)
    counted[f"taken {taken}, complained {complained}"] += 1
    if taken and complained:
        assert _is_coerced(MODELS[index], base, overlay), f"editors complain of {overlay} above {base}"


def test_an_overlay_that_fits_is_not_complained_of(ajv: Callable[[list[Any]], Ajv]) -> None:
    """What merges with a valid base to a valid config, the overlay's schema takes, however little of it there is."""
    schemas = [export(model, overlay=True) for model in MODELS]
    counted: Counter[str] = Counter()
    _no_false_alarm(Judges(schemas, ajv(schemas)), counted)
    assert counted["taken True, complained False"] > 300
    assert counted["taken False, complained True"] > 100


def _is_coerced(model: type[ConfigModel], *documents: Any) -> bool:
    """Tell whether documents are only taken because Pydantic reads a value as another type: "1" as 1."""
    merged = merge([_layer(document) for document in documents], plan_of(model))
    try:
        model.model_validate_json(json.dumps(merged.tree), strict=True)
    except ValidationError:
        return True
    return False


def _takes(model: type[ConfigModel], *documents: Any) -> bool:
    """Tell whether our parser takes documents as the layers of a config."""
    try:
        validate(merge([_layer(document) for document in documents], plan_of(model)), model)
    except TypedflowError:
        return False
    return True


def _layer(document: Any) -> Layer:
    source = Source("settings.json", json.dumps(document), "json")
    return layer(source, parse(source))

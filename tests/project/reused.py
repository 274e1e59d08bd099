"""A project for tests of reuse: references, included files, extended bindings."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from typedflow.project import LoadedProject, provenance_of, resolve, tree_of
from typedflow.values import Diagnostic, LeafOrigin, Location, format_location, parse_path

MODEL = '''
import uuid
from datetime import timedelta
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, JsonValue, Tag, field_validator
from typedflow import ConfigModel, Merge


class Ols(ConfigModel):
    kind: Literal["ols"]
    fit: bool = True


class Ridge(ConfigModel):
    kind: Literal["ridge"]
    alpha: float = 1.0
    fit: bool = True
    layers: Annotated[list[str], Merge.append] = []


class Opt(ConfigModel):
    lr: float = 0.1
    steps: int = Field(3, alias="n-steps")
    schedule: list[int] = []


class OtherOpt(ConfigModel):
    """Has the fields of Opt, with other defaults."""

    lr: float = 0.7
    schedule: list[int] = [7]
    model_config = {"extra": "ignore"}


class Auth(ConfigModel):
    user: str = "me"
    password: str = "none"


class Table(ConfigModel):
    name: str
    rows: int = 0


def choose(value):
    return "a" if dict(value).get("size", 0) > 5 else "b"


class A(ConfigModel):
    size: int = 0
    a: int = 0


class B(ConfigModel):
    size: int = 0
    b: int = 0


class Node(ConfigModel):
    """Has a field whose key is that of a directive."""

    ref: str = Field("", alias="$ref")
    type: str = ""


class Settings(ConfigModel):
    name: str = "unnamed"
    lr: float = 0.5
    rate: float | None = None
    wait: timedelta = timedelta(seconds=90)
    opt: Opt = Opt()
    backup: Opt = Opt(lr=9)
    other: OtherOpt = OtherOpt()
    maybe: Opt | None = None
    model: Annotated[Ols | Ridge, Field(discriminator="kind")] = Ols(kind="ols")
    models: dict[str, Annotated[Ols | Ridge, Field(discriminator="kind")]] = {}
    stages: list[Opt] = []
    labels: Annotated[list[str], Merge.append] = ["default"]
    tags: Annotated[list[str], Merge.union] = []
    tables: Annotated[list[Table], Merge.by_key("name")] = []
    folds: list[int] = [1, 2]
    env: dict[str, str] = {}
    sizes: dict[str, int] = {"s": 1}
    extras: dict[str, Any] = {}
    anything: Any = None
    data: JsonValue = None
    auth: Auth = Auth()
    note: str = "none"
    run_id: str = Field(default_factory=lambda: uuid.uuid4().hex)
    chosen: Annotated[Annotated[A, Tag("a")] | Annotated[B, Tag("b")], Discriminator(choose)] = B()
    nodes: dict[str, Node] = {}

'''


class Mistake(NamedTuple):
    """Global settings and those of a binding, and the one finding about them: rule, place and message."""

    low: str
    high: str
    rule: str
    place: str
    message: str
    label: str = ""
    related: Sequence[str] = ()


def files_of(texts: Mapping[str, str]) -> dict[str, str]:
    """Return files by their names in the settings directory; what follows `settings.` is enough for layers."""
    named = {"": "yaml", **{name: f"configuration.{name}.yaml" for name in ("EXP_01", "EXP_02", "base")}}
    found = {f"settings.{named[name]}" if name in named else name: text for name, text in texts.items()}
    return {"model.py": MODEL, **{f"settings/{name}": text for name, text in found.items()}}


def value_at(project: LoadedProject, path: str, options: tuple[str, ...] = ()) -> Any:
    """Return the value at a key path of a binding's config, as files would write it."""
    tree = tree_of(resolve(project, "train", "EXP_01", options=options))
    for key in parse_path(path):
        tree = tree[key]
    return tree


def origin_at(project: LoadedProject, path: str, options: tuple[str, ...] = ()) -> str:
    """Return the origin of a leaf as text, with what it is through and what it shadows."""
    resolved = resolve(project, "train", "EXP_01", options=options)
    leaf = provenance_of(resolved, project.root).leaves[parse_path(path)]
    return leaf_text(leaf)


def leaf_text(leaf: LeafOrigin[Location]) -> str:
    """Return an origin as text: `origin < through | shadows`."""
    text = " < ".join(map(place_text, (leaf.origin, *leaf.through)))
    return " | ".join([text, *map(place_text, leaf.shadows)])


def place_text(place: Location | None) -> str:
    """Return a location without the names that all settings files share."""
    text = format_location(place, column=not place.name.endswith(".py")) if place else ""
    return text.removeprefix("settings/").removeprefix("settings.").removeprefix("configuration.").split("model.py")[-1]


def told(problem: Diagnostic) -> tuple[str, str, str]:
    """Return the rule, the place and the message of a finding."""
    return problem.rule.name, place_text(problem.location), problem.message


def related(problem: Diagnostic) -> list[str]:
    """Return the related places of a finding, without declarations."""
    found = (item for item in problem.related if item.role != "declared at")
    return [f"{item.role} {place_text(item.location)}" for item in found]

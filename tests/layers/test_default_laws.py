"""Random models with defaults: the layer of defaults against a slow and simple reference."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, Field, ValidationError, create_model

from typedflow.layers import Layer, Merge, merge, provenance
from typedflow.models import ConfigModel, dump, plan_of, restore, validate
from typedflow.values import Source, TypedflowError, canonical, leaves_of

Tree = dict[str, Any]


class One(ConfigModel):
    """A variant of a union."""

    kind: Literal["one"] = "one"
    a: int
    b: int = 2


class Two(ConfigModel):
    """Another, with a common field."""

    kind: Literal["two"] = "two"
    a: int = 3
    c: int = 4


class Leaf(ConfigModel):
    """A model with a required field."""

    a: int
    b: int = 5
    items_: Annotated[list[int], Merge.append] = [6]


def _some(parts: dict[str, Any]) -> Any:
    """Return files that set at least one field."""
    names = st.lists(st.sampled_from(sorted(parts)), min_size=1, unique=True)
    return names.flatmap(lambda found: st.fixed_dictionaries({name: parts[name] for name in found}))


NUMBERS = st.integers(0, 3)
LISTS = st.lists(NUMBERS, max_size=2)
LEAVES = st.builds(Leaf, a=NUMBERS, b=NUMBERS, items_=LISTS) | st.builds(Leaf, a=NUMBERS)
UNIONS = st.builds(One, a=NUMBERS) | st.builds(Two, c=NUMBERS)
TABLES = st.dictionaries(st.sampled_from("xyz"), NUMBERS, max_size=2)

#: By type: how a field is annotated, its defaults, and what files may set of it.
KINDS: dict[str, tuple[Any, Any, Any]] = {
    "number": (int, NUMBERS, NUMBERS),
    "list": (list[int], LISTS, LISTS),
    "append": (Annotated[list[int], Merge.append], LISTS, LISTS),
    "union": (Annotated[list[int], Merge.union], LISTS.map(lambda items: list(dict.fromkeys(items))), LISTS),
    "table": (dict[str, int], TABLES, TABLES),
    "replaced": (Annotated[dict[str, int], Merge.replace], TABLES, TABLES),
    "leaf": (Leaf, LEAVES, _some({"a": NUMBERS, "b": NUMBERS, "items_": LISTS})),
    "optional": (
        Leaf | None,
        LEAVES | st.none(),
        st.none() | _some({"a": NUMBERS, "b": NUMBERS, "items_": LISTS}),
    ),
    "tagged": (
        Annotated[One | Two, Field(discriminator="kind")],
        UNIONS,
        _some({"kind": st.sampled_from(["one", "two"]), "a": NUMBERS}),
    ),
    "leaves": (
        dict[str, Leaf],
        st.dictionaries(st.sampled_from("xy"), LEAVES, max_size=2),
        st.dictionaries(st.sampled_from("xy"), _some({"a": NUMBERS, "b": NUMBERS}), max_size=2),
    ),
}


@st.composite
def models(draw: st.DrawFn, depth: int = 1) -> tuple[type[BaseModel], Any]:
    """A model whose fields have defaults, and the strategy of what a file may set."""
    fields: dict[str, Any] = {}
    parts: dict[str, Any] = {}
    for name in draw(st.lists(st.sampled_from(sorted(KINDS)), min_size=2, max_size=5, unique=True)):
        annotation, defaults, values = KINDS[name]
        default = draw(defaults)
        factory = draw(st.booleans())
        fields[name] = (annotation, Field(default_factory=lambda default=default: default) if factory else default)
        parts[name] = values
    if depth:
        inner, trees = draw(models(depth=depth - 1))
        fields["inner"] = (inner, draw(st.sampled_from([inner(), Field(default_factory=inner)])))
        parts["inner"] = trees
    made = create_model("Made", __base__=ConfigModel, **fields)
    return made, _some(parts)


def _merged(model: type[BaseModel], trees: list[Tree]) -> Any:
    return merge([Layer(Source(str(index), ""), tree) for index, tree in enumerate(trees)], plan_of(model))


def _expected(model: type[BaseModel], tree: Tree) -> Tree:
    """The reference: each default that a file sets a part of is dumped, and the file's values are put over it."""
    return {key: _over(model.model_fields[key].get_default(call_default_factory=True), key, tree[key]) for key in tree}


def _over(default: Any, key: str, value: Any) -> Any:
    if isinstance(default, BaseModel) and isinstance(value, dict):
        low = dump(default)
        if value.get("kind", low.get("kind")) != low.get("kind"):
            return value
        own = {name: _over(getattr(default, name), name, item) for name, item in value.items() if name != "kind"}
        return {**low, **({"kind": value["kind"]} if "kind" in value else {}), **own}
    if isinstance(default, dict) and isinstance(value, dict) and key != "replaced":
        low = {name: dump(item) if isinstance(item, BaseModel) else item for name, item in default.items()}
        return {**low, **{name: _over(default.get(name), name, item) for name, item in value.items()}}
    if isinstance(default, list) and isinstance(value, list):
        rules = {"append": value, "items_": value, "union": [item for item in value if item not in default]}
        return [*default, *rules[key]] if key in rules else value
    has_items = default is None and isinstance(value, dict) and "items_" in value  # their default is the class's own
    return {**value, "items_": [6, *value["items_"]]} if has_items else value


def _outcome(read: Any) -> Any:
    try:
        return read()
    except (ValidationError, TypedflowError):
        return "refused"


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_one_file_is_laid_on_defaults_as_simply_said(data: st.DataObject) -> None:
    """Dump the default, put the file's values over it, validate: the same config, or both refuse it."""
    model, trees = data.draw(models())
    tree = data.draw(trees)
    found = _outcome(lambda: validate(_merged(model, [tree]), model))
    assert found == _outcome(lambda: model.model_validate(_expected(model, tree)))


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_a_dump_is_read_back(data: st.DataObject) -> None:
    """What is stored of a config, read as a complete text, is the same config."""
    model, trees = data.draw(models())
    config = _outcome(lambda: validate(_merged(model, [data.draw(trees)]), model))
    if config != "refused":
        stored = dump(config)
        whole = merge([Layer(Source("", ""), stored, complete=True)], plan_of(model))
        assert validate(whole, model) == config == restore(model, stored)


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_files_merge_in_any_groups(data: st.DataObject) -> None:
    """Files that merge among themselves first, without defaults, give the same tree on top of them."""
    model, trees = data.draw(models())
    layers = [Layer(Source(str(index), ""), data.draw(trees)) for index in range(3)]
    plan = plan_of(model)
    whole = _outcome(lambda: merge(layers, plan))
    upper = _outcome(lambda: Layer(Source("upper", ""), merge(layers[1:], plan, defaults=False).tree))
    if whole == "refused" or upper == "refused" or _changes_a_tag(layers) or _has_null(layers):
        return  # a tag that changes, and null, look at what is below them
    assert canonical(merge([layers[0], upper], plan).tree) == canonical(whole.tree)


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_every_leaf_has_an_origin(data: st.DataObject) -> None:
    """Whatever is merged: a file's leaf is the file's, every other is the default's."""
    model, trees = data.draw(models())
    files = [data.draw(trees) for _ in range(2)]
    merged = _outcome(lambda: _merged(model, files))
    if merged == "refused":
        return
    leaves = dict(leaves_of(merged.tree)) if merged.tree else {}
    found = provenance(merged).leaves
    assert set(found) == set(leaves)
    for path, leaf in found.items():
        if leaf.origin.source.name in {"0", "1"}:
            tree: Any = files[int(leaf.origin.source.name)]
            for key in leaf.origin.path:
                tree = tree[key]
            assert tree == leaves[path]


def _changes_a_tag(layers: list[Layer]) -> bool:
    """Return whether layers set one tag to different values: that drops a default, also where it is set back."""
    tags = {(path, value) for layer in layers for path, value in leaves_of(layer.tree) if path[-1:] == ("kind",)}
    return len(tags) > len({path for path, _ in tags})


def _has_null(layers: list[Layer]) -> bool:
    return any(value is None for layer in layers for _, value in leaves_of(layer.tree))

"""What a comparison calls safe is safe: judged with generated models and documents, by jsonschema and by the models."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal, Union

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, create_model

from typedflow.layers import Layer, Rank, merge
from typedflow.models import dump, plan_of, restore, validate
from typedflow.schema import Contract, Direction, Kind, compare, contract_of
from typedflow.values import Source, TypedflowError

pytestmark = pytest.mark.slow

#: For each law.
EXAMPLES = 200
NAMES = ("a", "b", "c")
PATTERNS = ("^a", "^b")


@dataclass(frozen=True)
class Type:
    """A type of a generated model: its kind, what is inside, bounds; fields by name, with whether each is needed."""

    kind: str
    inside: tuple[Type, ...] = ()
    low: int | None = None
    high: int | None = None
    words: tuple[Any, ...] = ()
    fields: tuple[tuple[str, Type, bool], ...] = ()
    extra: Literal["forbid", "ignore", "allow"] = "forbid"


_bound = st.one_of(st.none(), st.integers(0, 3))
_ranged = st.builds(
    Type, st.sampled_from(["int", "float", "str"]), low=_bound, high=st.one_of(st.none(), st.integers(3, 6))
)
_words = st.lists(st.sampled_from(["a", "b", "ab", 1, 2, True]), min_size=1, max_size=3, unique_by=repr).map(tuple)
_plain = st.one_of(
    _ranged,
    st.sampled_from([Type("bool"), Type("none"), Type("date"), Type("any")]),
    st.builds(Type, st.just("literal"), words=_words),
    st.builds(Type, st.just("like"), words=st.sampled_from(PATTERNS).map(lambda pattern: (pattern,))),
)


def _larger(inner: st.SearchStrategy[Type]) -> st.SearchStrategy[Type]:
    one = st.tuples(inner)
    fields = st.lists(
        st.tuples(st.sampled_from(NAMES), inner, st.booleans()), max_size=3, unique_by=lambda item: item[0]
    )
    return st.one_of(
        st.builds(Type, st.just("list"), one, low=_bound, high=st.one_of(st.none(), st.integers(3, 4))),
        st.builds(Type, st.just("set"), st.tuples(_ranged)),
        st.builds(Type, st.just("dict"), one),
        st.builds(Type, st.just("named dict"), one, words=st.sampled_from(PATTERNS).map(lambda pattern: (pattern,))),
        st.builds(Type, st.just("tuple"), st.lists(inner, min_size=1, max_size=2).map(tuple)),
        st.builds(Type, st.just("union"), st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(
            Type,
            st.just("model"),
            fields=fields.map(tuple),
            extra=st.sampled_from(["forbid", "forbid", "ignore", "allow"]),
        ),
    )


TYPES = st.recursive(_plain, _larger, max_leaves=6)
MODELS = st.builds(
    Type,
    st.just("model"),
    fields=st.lists(
        st.tuples(st.sampled_from(NAMES), TYPES, st.booleans()), min_size=1, max_size=3, unique_by=lambda item: item[0]
    ).map(tuple),
    extra=st.sampled_from(["forbid", "forbid", "ignore"]),
)


def _annotation(of: Type) -> Any:
    inside = tuple(_annotation(item) for item in of.inside)
    limits = {
        "int": ("ge", "le"),
        "float": ("ge", "le"),
        "str": ("min_length", "max_length"),
        "list": ("min_length", "max_length"),
    }
    made: dict[str, Callable[[], Any]] = {
        "int": lambda: int,
        "float": lambda: float,
        "str": lambda: str,
        "bool": lambda: bool,
        "none": lambda: None,
        "date": lambda: datetime.date,
        "any": lambda: Any,
        "literal": lambda: Literal[of.words],
        "like": lambda: _like(of),
        "list": lambda: list.__class_getitem__(inside),
        "set": lambda: set.__class_getitem__(inside),
        "tuple": lambda: tuple.__class_getitem__(inside),
        "dict": lambda: dict.__class_getitem__((str, *inside)),
        "named dict": lambda: dict.__class_getitem__((_like(of), *inside)),
        "union": lambda: Union.__getitem__(inside),
        "model": lambda: _model(of),
    }
    found = made[of.kind]()
    low, high = limits.get(of.kind, ("", ""))
    bounds: dict[str, Any] = {low: of.low, high: of.high}
    return Annotated[found, Field(**bounds)] if low else found


def _like(of: Type) -> Any:
    return Annotated[str, Field(pattern=of.words[0])]


def _model(of: Type) -> type[BaseModel]:
    """Make a model; a field that files may leave out has a default that fits it."""
    fields: dict[str, Any] = {}
    for name, kind, needed in of.fields:
        annotation = _annotation(kind)
        fields[name] = (annotation, ... if needed else Field(default_factory=_maker(annotation, _sample(kind))))
    return create_model("Model", __config__=ConfigDict(extra=of.extra), **fields)


def _maker(annotation: Any, document: Any) -> Callable[[], Any]:
    """Return what makes a default: what its type makes of a document."""
    adapter: TypeAdapter[Any] = TypeAdapter(annotation)
    return lambda: adapter.validate_json(json.dumps(document))


def _sample(of: Type) -> Any:
    """Return a value of a type, as a file would write it."""
    low = of.low or 0
    inside = [_sample(item) for item in of.inside]
    simple = {"int": low, "float": low, "str": "x" * low, "bool": True, "none": None, "date": "2024-01-31", "any": 1}
    if of.kind in simple:
        return simple[of.kind]
    larger: dict[str, Callable[[], Any]] = {
        "literal": lambda: of.words[0],
        "like": lambda: of.words[0][1:],
        "list": lambda: inside * low,
        "set": list,
        "tuple": lambda: inside,
        "dict": dict,
        "named dict": dict,
        "union": lambda: inside[0],
        "model": lambda: {name: _sample(kind) for name, kind, needed in of.fields if needed},
    }
    return larger[of.kind]()


def _values(of: Type) -> st.SearchStrategy[Any]:
    """Return documents of a type, now and then one that is not."""
    low, high = of.low or 0, of.high if of.high is not None else 7
    inside = [_values(item) for item in of.inside] or [st.none()]
    keys = st.sampled_from(["a", "b", "ab", "x"])
    made: dict[str, Callable[[], st.SearchStrategy[Any]]] = {
        "int": lambda: st.integers(low, high),
        "float": lambda: st.one_of(st.integers(low, high), st.sampled_from([low + 0.5])),
        "str": lambda: st.text("ab", min_size=low, max_size=high),
        "bool": st.booleans,
        "none": st.none,
        "date": lambda: st.just("2024-01-31"),
        "any": lambda: _ANYTHING,
        "literal": lambda: st.sampled_from(of.words),
        "like": lambda: st.sampled_from(["a", "b", "ab", "ba"]),
        "list": lambda: st.lists(inside[0], min_size=low, max_size=min(high, low + 2)),
        "set": lambda: st.lists(inside[0], max_size=2),
        "tuple": lambda: st.tuples(*inside).map(list),
        "dict": lambda: st.dictionaries(keys, inside[0], max_size=2),
        "named dict": lambda: st.dictionaries(keys, inside[0], max_size=2),
        "union": lambda: st.one_of(inside),
        "model": lambda: _documents(of),
    }
    return st.one_of(made[of.kind](), made[of.kind](), made[of.kind](), _ANYTHING)


def _documents(of: Type) -> st.SearchStrategy[dict[str, Any]]:
    """Return documents of a model, now and then with keys that it does not know."""
    known = {name: _values(kind) for name, kind, _ in of.fields}
    needed = {name: known[name] for name, _, needed in of.fields if needed}
    others = {name: value for name, value in known.items() if name not in needed}
    unknown = {name: _ANYTHING for name in (*NAMES, "d") if name not in known} if of.extra != "forbid" else {}
    return st.fixed_dictionaries(needed, optional={**others, **unknown})


_ANYTHING = st.sampled_from([None, True, 0, 1, 2, 2.5, "", "a", "ab", "2024-01-31", [], [1], {}, {"a": 1}])


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Type, Type]:
    """Return a model and what became of it: a few changes, somewhere."""
    old = draw(MODELS)
    new = old
    for _ in range(draw(st.integers(0, 2))):
        new = _changed(new, draw)
    return old, new


def _changed(of: Type, draw: st.DrawFn) -> Type:
    """Change a type itself, or one inside."""
    if of.kind == "model" and of.fields and draw(st.integers(0, 3)):
        return _with_field_changed(of, draw)
    if of.inside and of.kind != "set" and draw(st.booleans()):
        index = draw(st.integers(0, len(of.inside) - 1))
        inner = _changed(of.inside[index], draw)
        return replace(of, inside=(*of.inside[:index], inner, *of.inside[index + 1 :]))
    if of.kind == "model":
        return _with_other_keys(of, draw)
    ways: list[Callable[[], Type]] = [lambda: draw(TYPES), lambda: Type("union", (of, draw(_plain)))]
    if of.kind in {"int", "float", "str", "list"}:
        ways += [
            lambda: replace(of, low=draw(_bound)),
            lambda: replace(of, high=draw(st.one_of(st.none(), st.just(5)))),
        ]
    if of.kind in {"int", "float"}:
        ways.append(lambda: replace(of, kind="float" if of.kind == "int" else "int"))
    if of.kind == "union":
        ways.append(lambda: of.inside[0])
    if of.kind == "literal":
        ways.append(lambda: replace(of, words=draw(_words)))
    return draw(st.sampled_from(ways))()


def _with_field_changed(of: Type, draw: st.DrawFn) -> Type:
    index = draw(st.integers(0, len(of.fields) - 1))
    name, kind, needed = of.fields[index]
    changed = draw(st.sampled_from(["type", "type", "needed"]))
    item = (name, _changed(kind, draw), needed) if changed == "type" else (name, kind, not needed)
    return replace(of, fields=(*of.fields[:index], item, *of.fields[index + 1 :]))


def _with_other_keys(of: Type, draw: st.DrawFn) -> Type:
    free = [name for name in NAMES if name not in {name for name, _, _ in of.fields}]
    way = draw(st.sampled_from(["add", "drop", "extra"]))
    if way == "add" and free:
        return replace(of, fields=(*of.fields, (free[0], draw(TYPES), draw(st.booleans()))))
    if way == "drop" and of.fields:
        return replace(of, fields=of.fields[1:])
    return replace(of, extra=draw(st.sampled_from(["forbid", "ignore"])))


def _is_safe(old: Contract, new: Contract, direction: Direction) -> bool:
    changes = compare(old, new, [direction])
    hurting = [change for change in changes if change.kind is not Kind.SAFE and change.keyword not in DEFAULTS]
    event(f"{direction.value}: {'safe' if not hurting else 'not safe'}, {'changed' if changes else 'equal'}")
    return not hurting


#: Of these nothing says that a document does not fit.
DEFAULTS = {"default", "hidden default", "omitted", "ignored"}


def _fits(document: Any, model: type[BaseModel]) -> bool:
    """Return whether a file with a document fits a model, as typedflow validates it."""
    layer = Layer(Source("file.json", json.dumps(document), "json"), document, Rank.FILE)
    try:
        validate(merge([layer], plan_of(model)), model)
    except TypedflowError:
        return False
    return True


@settings(max_examples=EXAMPLES)
@given(pairs(), st.data())
def test_what_is_safe_for_files_is_safe(pair: tuple[Type, Type], data: st.DataObject) -> None:
    """Where no change hurts files, what fits yesterday's schema and model fits today's schema and model."""
    old, new = map(_model, pair)
    before, after = contract_of(old), contract_of(new)
    if _is_safe(before, after, Direction.FILES):
        validators = Draft202012Validator(before.files), Draft202012Validator(after.files)
        for document in data.draw(st.lists(_documents(pair[0]), max_size=8)):
            if validators[0].is_valid(document):
                assert validators[1].is_valid(document)
                assert _fits(document, new) or not _fits(document, old)


@settings(max_examples=EXAMPLES)
@given(pairs(), st.data())
def test_what_is_safe_for_readers_is_safe(pair: tuple[Type, Type], data: st.DataObject) -> None:
    """Where no change hurts readers, yesterday's model reads whatever today's model writes."""
    old, new = map(_model, pair)
    if _is_safe(contract_of(old), contract_of(new), Direction.READERS):
        for document in data.draw(st.lists(_documents(pair[1]), max_size=8)):
            try:
                written = dump(restore(new, document))
            except (ValidationError, TypedflowError):
                continue
            restore(old, written)


@settings(max_examples=EXAMPLES // 4)
@given(MODELS)
def test_nothing_changes_between_equal_models(of: Type) -> None:
    """A model that is declared again is the same."""
    assert compare(contract_of(_model(of)), contract_of(_model(of))) == []

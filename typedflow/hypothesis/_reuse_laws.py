"""The law of reuse: settings with `$ref` and `$include` are the same as those settings written out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import strategies as st
from pydantic import BaseModel
from typing_extensions import TypedDict

from typedflow.hypothesis._configs import valid_trees
from typedflow.hypothesis._documents import FORMATS, Format, by_format, document
from typedflow.hypothesis._includes import with_include
from typedflow.hypothesis._law import Law, NoConfig, law_broken_by, require
from typedflow.hypothesis._paths import replace_at, value_at
from typedflow.hypothesis._scalars import Values
from typedflow.hypothesis._stacks import NAMES, Stack, valid_merge
from typedflow.hypothesis._style import STYLES
from typedflow.hypothesis._trees import TreeOptions, trees
from typedflow.layers import Merged, Rank, normalize_path, typed_places
from typedflow.models import plan_of, validate
from typedflow.values import KeyPath, TypedflowError, canonical, format_path, has_path, leaves_of


class Reused(TypedDict):
    """Files of layers with directives, the files that they include, and the layers without directives."""

    files: dict[str, str]
    included: dict[str, str]
    written: dict[str, str]


def reuse_laws(model: type[BaseModel], overrides: dict[KeyPath, Values]) -> Iterator[Law]:
    """Return the law of reuse."""
    whole = by_format(lambda null: valid_trees(model, TreeOptions(null=null, overrides=overrides)))
    sparse = by_format(lambda null: trees(model, TreeOptions(null=null, sparse=True, overrides=overrides)))
    yield Law(
        "reuse-is-copying",
        "settings with `$ref` and `$include` give the same config as those settings written out",
        _reused(model, whole, sparse),
        lambda example: _is_written_out(model, example),
        Reused,
    )


def _is_written_out(model: type[BaseModel], example: Reused) -> None:
    written = valid_merge(Stack(example["written"]), model)
    if written is None:
        raise NoConfig
    try:
        reused = Stack(example["files"], included=example["included"]).merged(model)
        validate(reused, model)
    except TypedflowError as error:
        if all(item.rule.name in {"bad-directive", "kind-conflict"} for item in error.diagnostics):
            raise NoConfig from None  # a reference cannot stand there, which a law cannot know
        raise law_broken_by("settings with directives are rejected", error) from None
    same = canonical(reused.tree) == canonical(written.tree)
    require(same, f"the settings are others when they are written out:\n{reused.tree!r}\n{written.tree!r}")


@dataclass(frozen=True)
class _File:
    """A layer in the making: its plain values, with directives and without."""

    stem: str
    kind: Format
    tree: Any
    written: Any

    @property
    def name(self) -> str:
        """The name of the file."""
        return f"{self.stem}.{self.kind}"


@st.composite
def _reused(
    draw: st.DrawFn, model: type[BaseModel], whole: dict[Format, Values], sparse: dict[Format, Values]
) -> Reused:
    low, high = draw(_FORMAT), draw(_FORMAT)
    base, overlay = draw(whole[low]), draw(sparse[high])
    files = [_File(NAMES[Rank.GLOBAL], low, base, base), _File(NAMES[Rank.BINDING], high, overlay, overlay)]
    if _merged(files, model) is None:
        files = files[:1]
    files[-1] = _with_reference(draw, files, model)
    included: dict[str, str] = {}
    with_parts = (with_include(draw, file.tree, file.kind, model, included, file.written) for file in files)
    files = [replace(file, tree=tree) for file, tree in zip(files, with_parts, strict=True)]
    return {
        "files": {file.name: document(file.tree, file.kind, draw(STYLES)) for file in files},
        "included": included,
        "written": {file.name: document(file.written, file.kind, draw(STYLES)) for file in files},
    }


_FORMAT = st.sampled_from(FORMATS)


def _merged(files: list[_File], model: type[BaseModel]) -> Merged | None:
    """Return the merged layers without directives, if they give a valid config."""
    return valid_merge(Stack({f"{file.stem}.json": canonical(file.written) for file in files}), model)


def _with_reference(draw: st.DrawFn, files: list[_File], model: type[BaseModel]) -> _File:
    """Return the last file with one value in place of another, by a reference, if it fits there."""
    last, merged = files[-1], _merged(files, model)
    found = typed_places(last.written, plan_of(model))
    places = [path for path, value, _ in found if path and not isinstance(value, dict | list)]
    leaves = list(leaves_of(merged.tree)) if merged else []
    leaves = [(path, value) for path, value in leaves if path and _can_be_written(value, last.kind)]
    if merged is None or not places or not leaves or not draw(st.booleans()):
        return last
    place, (path, value) = draw(st.sampled_from(places)), draw(st.sampled_from(leaves))
    step = next((index for index, key in enumerate(place) if isinstance(key, int)), len(place))
    outer = normalize_path(place[:step], [merged.tree], plan_of(model))[0]
    if path[: len(outer)] == outer:  # it would be a reference to itself
        return last
    changed = replace(last, written=replace_at(last.written, place, value))
    fitting = _merged([*files[:-1], changed], model)
    if (
        fitting is None
        or not has_path(fitting.tree, path)
        or canonical(value_at(fitting.tree, path)) != canonical(value)
    ):
        return last
    return replace(changed, tree=replace_at(last.tree, place, {"$ref": format_path(path)}))


def _can_be_written(value: Any, kind: Format) -> bool:
    return not isinstance(value, dict | list) and (value is not None or kind != "toml")

"""``documents``: texts of config files in varied styles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal, TypeAlias, get_args

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from pydantic import BaseModel

from typedflow.hypothesis._configs import paths_of, valid_trees
from typedflow.hypothesis._scalars import Values
from typedflow.hypothesis._style import STYLES, Style
from typedflow.hypothesis._trees import TreeOptions
from typedflow.hypothesis._write_json import json_text
from typedflow.hypothesis._write_toml import toml_text
from typedflow.hypothesis._write_yaml import yaml_text
from typedflow.values import KeyPath

Format: TypeAlias = Literal["yaml", "toml", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)
_WRITERS = {"json": json_text, "toml": toml_text, "yaml": yaml_text}


def documents(
    model: type[BaseModel],
    /,
    *,
    format: Format,  # noqa: A002 # the word of the command line
    **overrides: st.SearchStrategy[Any],
) -> st.SearchStrategy[str]:
    """Return a strategy for the texts of valid configs, with varied key order, quotes, nesting, comments, line ends.

    Overrides are as in ``configs``. TOML has no null, so its documents contain none.

    Raises:
        InvalidArgument: the format is unknown, or a config is not a mapping; and as ``configs`` does.
    """
    found = document_trees(model, paths_of(model, overrides), (format,))[format]
    return st.builds(lambda tree, style: document(tree, format, style), found, STYLES)


def document_trees(
    model: type[BaseModel], overrides: dict[KeyPath, Values], formats: Sequence[Format] = FORMATS
) -> dict[Format, Values]:
    """Return, by format, strategies for plain values that a model accepts and the format can represent.

    Raises:
        InvalidArgument: a format is unknown; and as ``configs`` does.
    """
    for name in set(formats) - set(FORMATS):
        raise InvalidArgument(f"format={name!r} must be one of {', '.join(map(repr, FORMATS))}")
    return by_format(
        lambda null: valid_trees(model, TreeOptions(null=null, overrides=overrides)).map(_mapping), formats
    )


def by_format(make: Callable[[bool], Values], formats: Sequence[Format] = FORMATS) -> dict[Format, Values]:
    """Return strategies by format, made once with null and once without, so that rejections are counted together."""
    made = {null: make(null) for null in {name != "toml" for name in formats}}
    return {name: made[name != "toml"] for name in formats}


def document(tree: dict[str, Any], format_name: str, style: Style) -> str:
    """Return plain values as a document of a format."""
    return _WRITERS[format_name](tree, style)


def _mapping(tree: Any) -> Any:
    if isinstance(tree, dict):
        return tree
    raise InvalidArgument("a settings file must be a mapping, but this model is not read from a mapping")

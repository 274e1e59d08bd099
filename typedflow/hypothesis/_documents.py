"""``documents``: texts of config files, written as people write them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal, TypeAlias, get_args

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from pydantic import BaseModel

from typedflow.hypothesis._configs import paths_of, valid_trees
from typedflow.hypothesis._scalars import Values
from typedflow.hypothesis._style import STYLES, Style
from typedflow.hypothesis._walk import Wish
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
    """Return texts that a valid config is read from: any order of keys, quotes, nesting, comments, ends of lines.

    Overrides are as in ``configs``. TOML has no null, so nothing is null in its documents.

    Raises:
        InvalidArgument: an unknown format; a config that is no mapping; and as ``configs`` does.
    """
    found = document_trees(model, paths_of(model, overrides), (format,))[format]
    return st.builds(lambda tree, style: document(tree, format, style), found, STYLES)


def document_trees(
    model: type[BaseModel], overrides: dict[KeyPath, Values], formats: Sequence[Format] = FORMATS
) -> dict[Format, Values]:
    """Give, by format, plain values that a model accepts and the format can hold.

    Raises:
        InvalidArgument: an unknown format; and as ``configs`` does.
    """
    for name in set(formats) - set(FORMATS):
        raise InvalidArgument(f"format={name!r} must be one of {', '.join(map(repr, FORMATS))}")
    return by_format(lambda null: valid_trees(model, Wish(null=null, overrides=overrides)).map(_mapping), formats)


def by_format(make: Callable[[bool], Values], formats: Sequence[Format] = FORMATS) -> dict[Format, Values]:
    """Return what formats can hold, made once with null and once without: one strategy counts what validators refuse."""
    made = {null: make(null) for null in {name != "toml" for name in formats}}
    return {name: made[name != "toml"] for name in formats}


def document(tree: dict[str, Any], format_name: str, style: Style) -> str:
    """Return plain values as a document of a format."""
    return _WRITERS[format_name](tree, style)


def _mapping(tree: Any) -> Any:
    if isinstance(tree, dict):
        return tree
    raise InvalidArgument("a file of settings holds a mapping; this model is read from something else")

"""The same without typedflow: parse, merge dictionaries, validate."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import tomli
import yaml

from benchmarks._settings import Settings

Tree = dict[str, Any]
Parse = Callable[[str], Any]


def _yaml(text: str) -> Any:
    return yaml.load(text, Loader=yaml.CSafeLoader)  # the loader of safe_load, in C


PARSERS: dict[str, Parse] = {"toml": tomli.loads, "yaml": _yaml, "json": json.loads}


def read(file: Path, parse: Parse) -> Tree:
    """Return the tree of a file."""
    with file.open("rb", buffering=0) as stream:
        text = stream.read().decode()
    tree: Tree = parse(text)
    return tree


def resolve(trees: Iterable[Tree]) -> Settings:
    """Merge trees, lowest first, and validate the result."""
    merged: Tree = {}
    for tree in trees:
        merged = _merged(merged, tree)
    return Settings.model_validate_json(json.dumps(merged))  # in JSON mode, strict models accept the values of files


def _merged(low: Tree, high: Tree) -> Tree:
    result = low.copy()
    for key, value in high.items():
        below = result.get(key)
        result[key] = _merged(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return result

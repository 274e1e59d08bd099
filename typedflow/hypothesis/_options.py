"""Converts a layer to ``--set`` options."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from typedflow.layers import Plan
from typedflow.models import plan_of
from typedflow.values import KeyPath, canonical, format_path


def options_of(model: type[BaseModel], tree: Any) -> list[str]:
    """Return an option for each setting of a layer; a list is set as a whole."""
    return [
        option for path, value, plan in _settings(tree, (), plan_of(model)) for option in _option(path, value, plan)
    ]


def _settings(tree: Any, path: KeyPath, plan: Plan) -> Iterator[tuple[KeyPath, Any, Plan]]:
    if not isinstance(tree, dict) or not tree:
        yield path, tree, plan
        return
    for key, value in tree.items():
        yield from _settings(value, (*path, key), plan.child(key))


def _option(path: KeyPath, value: Any, plan: Plan) -> Iterator[str]:
    name = format_path(path)
    if path and "=" not in name:
        yield f"{name}={value if plan.text and isinstance(value, str) else canonical(value).strip()}"

"""The limits on a config's size and nesting, and the check that TOML and JSON share."""

from typing import Any

MAX_BYTES = 4_000_000
MAX_LINES = 500_000  # of TOML: tomli takes a step for each line, even an empty one
MAX_DEPTH = 100
MAX_NODES = 100_000  # values, with YAML's aliases expanded
MAX_PROBLEMS = 100  # more are of no use, and each keeps a line of the text in memory


TOO_DEEP = f"nested more than {MAX_DEPTH} levels deep"
TOO_MANY = f"more than {MAX_NODES:,} values"


def find_excess(value: Any, text: str) -> str | None:
    """Return ``TOO_DEEP``, ``TOO_MANY`` or None for a document without shared values."""
    # Each value needs a character, each level a bracket or a dot: most texts are too small to exceed a limit.
    if len(text) <= MAX_NODES and sum(map(text.count, "[{.")) < MAX_DEPTH:
        return None
    level = [value] if isinstance(value, (dict, list)) else []
    count = 1
    for _ in range(MAX_DEPTH):
        count += sum(map(len, level))
        if count > MAX_NODES:
            return TOO_MANY
        level = [child for node in level for child in _items(node) if child.__class__ in (dict, list)]
        if not level:
            return None
    return TOO_DEEP


def _items(node: Any) -> Any:
    return node.values() if node.__class__ is dict else node

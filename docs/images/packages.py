"""Prints the picture and the table of packages in docs/contributing.md, from the import contract and docstrings."""

import ast
import re
import sys
from itertools import pairwise
from pathlib import Path

import tomli

ROOT = Path(__file__).parents[2]


def picture() -> str:
    """Return a Mermaid flowchart of the layers, highest first; a layer may import those below it."""
    nodes = [f'{number}["{" · ".join(row)}"]' for number, row in enumerate(layers())]
    return "\n".join(("flowchart TB", *(f"    {upper} --> {lower}" for upper, lower in pairwise(nodes))))


def table() -> str:
    """Return a Markdown table of the packages and the first lines of their docstrings, highest layer first."""
    rows = [f"| `{name}` | {_summary(name)} |" for row in layers() for name in row]
    return "\n".join(("| package | purpose |", "|---|---|", *rows))


def layers() -> list[list[str]]:
    """Return the packages of each layer of the import contract, highest first."""
    settings = tomli.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = next(found for found in settings["tool"]["importlinter"]["contracts"] if found["type"] == "layers")
    named = (re.findall(r"\w+", row) for row in contract["layers"])
    return [row for row in named if row != ["__main__"]]


def _summary(name: str) -> str:
    text = (ROOT / "typedflow" / name / "__init__.py").read_text(encoding="utf-8")
    return (ast.get_docstring(ast.parse(text)) or "").partition("\n")[0].replace("``", "`")


if __name__ == "__main__":
    sys.stdout.write(f"```mermaid\n{picture()}\n```\n\n{table()}\n")

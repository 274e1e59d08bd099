"""The configuration files of taplo and tombi, two language servers for TOML.

Source: taplo's ``[[rule]]`` with ``[rule.schema]`` (0.9), tombi's ``[[schemas]]`` (1.9).
"""

from __future__ import annotations

from collections.abc import Iterable
from json import dumps

from typedflow.parsing import parse
from typedflow.schema._marked_block import put_block, remove_block
from typedflow.schema._schema_mapping import SchemaMapping
from typedflow.values import Source


def install_taplo(text: str | None, mappings: Iterable[SchemaMapping]) -> str:
    """Return taplo's configuration with a rule for each schema.

    Raises:
        TypedflowError: the text cannot be read, or has its rules where no more can be added.
    """
    return _require_valid(put_block(text or "", "#", taplo_lines(mappings)))


def install_tombi(text: str | None, mappings: Iterable[SchemaMapping]) -> str:
    """Return tombi's configuration with the schemas.

    Raises:
        TypedflowError: the text cannot be read, or has its schemas where no more can be added.
    """
    return _require_valid(put_block(text or "", "#", tombi_lines(mappings)))


def remove(text: str, mappings: Iterable[SchemaMapping]) -> str | None:  # noqa: ARG001 # the block is found by its markers
    """Return the configuration without the schemas, or None if nothing is left."""
    return remove_block(text, "#")


def taplo_lines(mappings: Iterable[SchemaMapping]) -> list[str]:
    """Return the lines of the rules."""
    return [
        line
        for mapping in mappings
        if (globs := mapping.globs("toml"))
        for line in (
            "[[rule]]",
            f"include = {dumps(globs)}",
            f"schema = {{ path = {dumps(mapping.schema)}, enabled = true }}",
        )
    ]


def tombi_lines(mappings: Iterable[SchemaMapping]) -> list[str]:
    """Return the lines of the schemas."""
    return [
        line
        for mapping in mappings
        if (globs := mapping.globs("toml"))
        for line in ("[[schemas]]", f"path = {dumps(mapping.schema)}", f"include = {dumps(globs)}")
    ]


def _require_valid(text: str) -> str:
    parse(Source("", text, "toml"))
    return text

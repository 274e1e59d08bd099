"""The configuration files of taplo and tombi, the two language servers of TOML: schemas by file.

Source: taplo's ``[[rule]]`` with ``[rule.schema]`` (0.9), tombi's ``[[schemas]]`` (1.9).
"""

from __future__ import annotations

from collections.abc import Iterable
from json import dumps

from typedflow.parsing import parse
from typedflow.schema._marked import with_block, without_block
from typedflow.schema._wirings import Wiring
from typedflow.values import Source


def install_taplo(text: str | None, wirings: Iterable[Wiring]) -> str:
    """Return taplo's configuration with a rule for each schema.

    Raises:
        TypedflowError: the text cannot be read, or has its rules where no more can be added.
    """
    return _readable(with_block(text or "", "#", taplo_lines(wirings)))


def install_tombi(text: str | None, wirings: Iterable[Wiring]) -> str:
    """Return tombi's configuration with the schemas.

    Raises:
        TypedflowError: the text cannot be read, or has its schemas where no more can be added.
    """
    return _readable(with_block(text or "", "#", tombi_lines(wirings)))


def remove(text: str, wirings: Iterable[Wiring]) -> str | None:  # noqa: ARG001 # the block is known by its marks
    """Return the configuration without the schemas; None where nothing else was in it."""
    return without_block(text, "#") or (None if text else text)


def taplo_lines(wirings: Iterable[Wiring]) -> list[str]:
    """Return the rules as lines."""
    return [
        line
        for wiring in wirings
        if (globs := wiring.globs("toml"))
        for line in (
            "[[rule]]",
            f"include = {dumps(globs)}",
            f"schema = {{ path = {dumps(wiring.schema)}, enabled = true }}",
        )
    ]


def tombi_lines(wirings: Iterable[Wiring]) -> list[str]:
    """Return the schemas as lines."""
    return [
        line
        for wiring in wirings
        if (globs := wiring.globs("toml"))
        for line in ("[[schemas]]", f"path = {dumps(wiring.schema)}", f"include = {dumps(globs)}")
    ]


def _readable(text: str) -> str:
    parse(Source("", text, "toml"))
    return text

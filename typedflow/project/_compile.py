"""Compile a resolved config to the bytes that a run gets, with a sidecar that records the origin of each value."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from typedflow.project._sidecar import digest_of, sidecar, sidecar_file
from typedflow.project._variant import Resolved, Variant
from typedflow.values import Source, SourceKind, canonical
from typedflow.workspace import display_name

_DIRECTORY = Path(".typedflow", "compiled")


class Compiled(NamedTuple):
    """A compiled config: where it is, and the digest of its content."""

    file: Path
    sidecar: Path
    digest: str


def config_digest(resolved: Resolved[Any]) -> str:
    """Return the digest that a variant's compiled config would have."""
    return digest_of(canonical(resolved.lasting))


def compile_config(resolved: Resolved[Any], root: Path) -> Compiled:
    """Write a variant's compiled config and its sidecar below the project's root; equal configs give equal bytes.

    Raises:
        TypedflowError: ``not-round-trip``; ``unwritable-file``.
    """
    from typedflow.workspace import ignored_directory, write_atomically

    text = canonical(resolved.lasting)
    digest = digest_of(text)
    file = _file(resolved.variant, digest, root)
    compiled = Compiled(file, sidecar_file(file), digest)
    ignored_directory(root)
    write_atomically(compiled.sidecar, canonical(sidecar(resolved, digest, root)))
    write_atomically(compiled.file, text)
    return compiled


def compiled_source(resolved: Resolved[Any], root: Path) -> Source:
    """Return what ``compile_config`` would write, as a source, without writing it."""
    text = canonical(resolved.lasting)
    file = _file(resolved.variant, digest_of(text), root)
    return Source(display_name(file, root), text, "json", SourceKind.CODE, file)


def is_compiled(file: Path, text: str) -> bool:
    """Return whether a file is a compiled config, unchanged: its name contains the digest of its text."""
    return file.parent.name == _DIRECTORY.name and has_digest(file, text)


def has_digest(file: Path, text: str) -> bool:
    """Return whether a file's name contains the digest of its text: a compiled config, wherever it was copied to."""
    return file.name.endswith(f".{digest_of(text)}.json")


def _file(variant: Variant, digest: str, root: Path) -> Path:
    return root / _DIRECTORY / f"{variant.kind}.{variant.unit}.{variant.binding}.{digest}.json"

"""Write type stubs for Metaflow where type checkers find them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from typedflow.operations._errors import ArgumentError
from typedflow.values import Location
from typedflow.workspace import read_source, read_tree, stubs_folder, unwritable_file, write_tree

_SUFFIX = ".pyi"
_OURS = "# Made by typedflow's stubs/generate.py"


@dataclass(frozen=True, slots=True)
class WrittenStubs:
    """The stubs that were missing or not current (written), and those that no longer exist (removed)."""

    changed: tuple[Path, ...] = ()
    stale: tuple[Path, ...] = ()


def write_stubs(folder: Path, *, check: bool = False) -> WrittenStubs:
    """Write the stubs for Metaflow to a folder, and remove those of earlier versions; with ``check``, write nothing.

    Raises:
        ArgumentError: a file that typedflow did not write is in the way.
        TypedflowError: this installation has no stubs; a file cannot be written.
    """
    shipped = _shipped()
    found = read_tree(folder, _SUFFIX)
    _reject_foreign(folder, shipped, found)
    changed = {name: text for name, text in shipped.items() if found.get(name) != text}
    stale = [name for name, text in found.items() if name not in shipped and text.startswith(_OURS)]
    if not check:
        write_tree(folder, changed, stale)
    return WrittenStubs(tuple(folder / name for name in changed), tuple(folder / name for name in stale))


def _shipped() -> dict[str, str]:
    """Return the stubs of this installation."""
    folder = stubs_folder()
    read_source(folder / "__init__.pyi")  # raises if the installation has no stubs
    return read_tree(folder, _SUFFIX)


def _reject_foreign(folder: Path, shipped: dict[str, str], found: dict[str, str]) -> None:
    message = "the file was not written by `typedflow stubs`, which does not overwrite other files"
    hint = "write the stubs to another directory: `typedflow stubs DIR`"
    foreign = [name for name, text in found.items() if name in shipped and not text.startswith(_OURS)]
    places = (Location((folder / name).as_posix()) for name in foreign)
    if foreign:
        raise ArgumentError(unwritable_file(message, place, hint=hint) for place in places)

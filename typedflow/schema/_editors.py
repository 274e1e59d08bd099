"""The editors that typedflow can configure, and their configuration files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from typedflow.schema import _editor_neovim, _editor_pycharm, _editor_toml, _editor_vscode
from typedflow.schema._schema_mapping import SchemaMapping


@dataclass(frozen=True, slots=True)
class EditorFile:
    """A configuration file of an editor, with the functions that edit it.

    Shape: ``files`` are the possible names of the file, relative to the project's root, the usual one first;
    ``install`` accepts None for a missing file; ``remove`` returns None if nothing else is in the file.
    """

    files: tuple[str, ...]
    install: Callable[[str | None, Iterable[SchemaMapping]], str]
    remove: Callable[[str, Iterable[SchemaMapping]], str | None]


_VSCODE = EditorFile((".vscode/settings.json",), _editor_vscode.install, _editor_vscode.remove)
_TAPLO = EditorFile((".taplo.toml", "taplo.toml"), _editor_toml.install_taplo, _editor_toml.remove)
_TOMBI = EditorFile(("tombi.toml", ".tombi.toml"), _editor_toml.install_tombi, _editor_toml.remove)
_PYCHARM = EditorFile((".idea/jsonSchemas.xml",), _editor_pycharm.install, _editor_pycharm.remove)
_NEOVIM = EditorFile((".nvim.lua",), _editor_neovim.install, _editor_neovim.remove)

#: The files of each editor. Even Better TOML and Neovim's TOML server are taplo and use its configuration.
EDITORS = {
    "vscode": (_VSCODE, _TAPLO),
    "taplo": (_TAPLO,),
    "tombi": (_TOMBI,),
    "pycharm": (_PYCHARM,),
    "neovim": (_NEOVIM, _TAPLO),
}

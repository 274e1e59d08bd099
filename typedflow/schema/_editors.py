"""The editors that can be told of schemas, and the files in which they are told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from typedflow.schema import _editor_neovim, _editor_pycharm, _editor_toml, _editor_vscode
from typedflow.schema._wirings import Wiring


@dataclass(frozen=True, slots=True)
class EditorFile:
    """A file in which an editor is told of schemas, and what is done to it.

    Shape: ``files`` are the names that the file may have, relative to the project's root, the usual one first;
    ``install`` takes None where there is no file; ``remove`` gives None where nothing but ours was in it; ``advice`` is
    what a person would write into the file.
    """

    files: tuple[str, ...]
    install: Callable[[str | None, Iterable[Wiring]], str]
    remove: Callable[[str, Iterable[Wiring]], str | None]
    advice: Callable[[Iterable[Wiring]], str]


def _joined(lines: Callable[[Iterable[Wiring]], list[str]]) -> Callable[[Iterable[Wiring]], str]:
    return lambda wirings: "\n".join(lines(wirings))


_VSCODE = EditorFile((".vscode/settings.json",), _editor_vscode.install, _editor_vscode.remove, _editor_vscode.advice)
_TAPLO = EditorFile(
    (".taplo.toml", "taplo.toml"), _editor_toml.install_taplo, _editor_toml.remove, _joined(_editor_toml.taplo_lines)
)
_TOMBI = EditorFile(
    ("tombi.toml", ".tombi.toml"), _editor_toml.install_tombi, _editor_toml.remove, _joined(_editor_toml.tombi_lines)
)
_PYCHARM = EditorFile(
    (".idea/jsonSchemas.xml",), _editor_pycharm.install, _editor_pycharm.remove, _editor_pycharm.advice
)
_NEOVIM = EditorFile((".nvim.lua",), _editor_neovim.install, _editor_neovim.remove, _joined(_editor_neovim.lines))

#: The files of each editor. Even Better TOML and Neovim's server of TOML are taplo, and read its configuration.
EDITORS = {
    "vscode": (_VSCODE, _TAPLO),
    "taplo": (_TAPLO,),
    "tombi": (_TOMBI,),
    "pycharm": (_PYCHARM,),
    "neovim": (_NEOVIM, _TAPLO),
}

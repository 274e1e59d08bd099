"""Neovim's ``.nvim.lua`` (read with ``:set exrc``): schemas by file for the servers of YAML and JSON.

Its server of TOML is taplo, which reads ``.taplo.toml``.

Source: ``vim.lsp.config`` of Neovim 0.11, and the names ``yamlls`` and ``jsonls`` of nvim-lspconfig.
"""

from __future__ import annotations

from collections.abc import Iterable
from json import dumps

from typedflow.schema._marked import with_block, without_block
from typedflow.schema._wirings import Wiring


def install(text: str | None, wirings: Iterable[Wiring]) -> str:
    """Return the file with the settings of the servers."""
    return with_block(text or "", "--", lines(wirings))


def remove(text: str, wirings: Iterable[Wiring]) -> str | None:  # noqa: ARG001 # the block is known by its marks
    """Return the file without the settings; None where nothing else was in it."""
    return without_block(text, "--") or (None if text else text)


def lines(wirings: Iterable[Wiring]) -> list[str]:
    """Return the settings as lines of Lua."""
    known = list(wirings)
    yaml = [
        f"      [root .. {dumps('/' + wiring.schema)}] = {{ {', '.join(map(dumps, globs))} }},"
        for wiring in known
        if (globs := wiring.globs("yaml"))
    ]
    json = [
        f"      {{ fileMatch = {{ {', '.join(map(dumps, globs))} }},"
        f" url = vim.uri_from_fname(root .. {dumps('/' + wiring.schema)}) }},"
        for wiring in known
        if (globs := wiring.globs("json"))
    ]
    return [
        "do",
        "  local root = vim.fn.getcwd()",
        '  vim.lsp.config("yamlls", { settings = { yaml = {',
        "    schemas = {",
        *yaml,
        "    },",
        "  } } })",
        '  vim.lsp.config("jsonls", { settings = { json = {',
        "    schemas = {",
        *json,
        "    },",
        "  } } })",
        "end",
    ]

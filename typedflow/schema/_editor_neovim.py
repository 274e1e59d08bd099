"""Neovim's ``.nvim.lua`` (read with ``:set exrc``): schemas for the YAML and JSON servers.

The TOML server is taplo, which reads ``.taplo.toml``.

Source: ``vim.lsp.config`` of Neovim 0.11, and the names ``yamlls`` and ``jsonls`` of nvim-lspconfig.
"""

from __future__ import annotations

from collections.abc import Iterable
from json import dumps

from typedflow.schema._marked_block import put_block, remove_block
from typedflow.schema._schema_mapping import SchemaMapping


def install(text: str | None, mappings: Iterable[SchemaMapping]) -> str:
    """Return the file with the servers' settings."""
    return put_block(text or "", "--", _lines(mappings))


def remove(text: str, mappings: Iterable[SchemaMapping]) -> str | None:  # noqa: ARG001 # the block is found by its markers
    """Return the file without the settings, or None if nothing is left."""
    return remove_block(text, "--")


def _lines(mappings: Iterable[SchemaMapping]) -> list[str]:
    known = list(mappings)
    yaml = [
        f"      [root .. {dumps('/' + mapping.schema)}] = {{ {', '.join(map(dumps, globs))} }},"
        for mapping in known
        if (globs := mapping.globs("yaml"))
    ]
    json = [
        f"      {{ fileMatch = {{ {', '.join(map(dumps, globs))} }},"
        f" url = vim.uri_from_fname(root .. {dumps('/' + mapping.schema)}) }},"
        for mapping in known
        if (globs := mapping.globs("json"))
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

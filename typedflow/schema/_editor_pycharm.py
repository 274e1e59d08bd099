"""JetBrains' ``.idea/jsonSchemas.xml``: JSON Schema mappings, which PyCharm also uses for YAML.

Source: intellij-community, ``JsonSchemaMappingsProjectConfiguration`` and ``UserDefinedJsonSchemaConfiguration``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.sax.saxutils import quoteattr

from typedflow.schema._schema_mapping import SchemaMapping

_COMPONENT = '  <component name="JsonSchemaMappingsProjectConfiguration">\n    <state>\n      <map>\n'
_CLOSED = "      </map>\n    </state>\n  </component>\n"
_EMPTY = f'<?xml version="1.0" encoding="UTF-8"?>\n<project version="4">\n{_COMPONENT}{_CLOSED}</project>\n'
_INNER = r"[^<]*(?:<(?!/?entry\b)[^<]*)*"
_ENTRY = re.compile(rf'(?<![^\S\n])[^\S\n]*<entry key="typedflow [^"]*">{_INNER}</entry>[^\S\n]*\r?\n?')
_MAP = re.compile(r'name="JsonSchemaMappingsProjectConfiguration"\s*>\s*<state>\s*<map>[^\S\n]*\r?\n?')
_END = re.compile(r"(?<![^\S\n])[^\S\n]*</project>\s*\Z")


def install(text: str | None, mappings: Iterable[SchemaMapping]) -> str:
    """Return the file with mappings for the schemas.

    Raises:
        TypeError: the text has another structure.
    """
    entries = "".join(map(_entry, mappings))
    if text is not None and "".join(found[0] for found in _ENTRY.finditer(text)).replace("\r", "") == entries:
        return text
    made = _ENTRY.sub("", text) if text else _EMPTY
    if not _MAP.search(made):
        if "JsonSchemaMappingsProjectConfiguration" in made or not (end := _END.search(made)):
            raise TypeError("it has no JSON Schema mappings where they are expected")
        made = made[: end.start()] + _COMPONENT + _CLOSED + made[end.start() :]
    found = _MAP.search(made)
    at = found.end() if found else 0
    line_end = "\r\n" if "\r\n" in made else "\n"
    return made[:at] + entries.replace("\n", line_end) + made[at:]


def remove(text: str, mappings: Iterable[SchemaMapping]) -> str | None:  # noqa: ARG001 # entries are known by their names
    """Return the file without the schemas, or None if it has no other mappings."""
    made = _ENTRY.sub("", text)
    if made == text:
        return text
    made = made.replace(_COMPONENT + _CLOSED, "")
    return None if made == _EMPTY.replace(_COMPONENT + _CLOSED, "") else made


def _entry(mapping: SchemaMapping) -> str:
    name = quoteattr(f"typedflow {mapping.name}")
    globs = [glob for form in mapping.formats for glob in mapping.globs(form)]
    return (
        f"        <entry key={name}>\n          <value>\n            <SchemaInfo>\n"
        f'              <option name="name" value={name} />\n'
        f'              <option name="relativePathToSchema" value={quoteattr(mapping.schema)} />\n'
        f'              <option name="patterns">\n                <list>\n{"".join(map(_item, globs))}'
        f"                </list>\n              </option>\n            </SchemaInfo>\n          </value>\n"
        f"        </entry>\n"
    )


def _item(glob: str) -> str:
    kind = '<option name="mappingKind" value="Pattern" />\n                    ' if "*" in glob else ""
    pattern = '<option name="pattern" value="true" />\n                    ' if "*" in glob else ""
    path = f'<option name="path" value={quoteattr(glob)} />'
    return f"                  <Item>\n                    {pattern}{kind}{path}\n                  </Item>\n"

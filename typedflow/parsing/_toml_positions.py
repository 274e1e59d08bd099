"""The positions of the values in a TOML text, from its syntax tree by tree-sitter."""

from typing import NamedTuple

import tomli
import tree_sitter_toml
from tree_sitter import Language, Node, Parser

from typedflow.parsing._diagnostics import Range
from typedflow.parsing._limits import MAX_DEPTH
from typedflow.parsing._positions import Child, Position, Repeat
from typedflow.parsing._toml_tokens import as_toml_1_0
from typedflow.values import KeyPath

_LANGUAGE = Language(tree_sitter_toml.language())
_KEYS = frozenset(("bare_key", "quoted_key", "dotted_key"))
_VALUE = 2  # in a pair, after the key and `=`; a comment may follow
_BETWEEN_ITEMS = frozenset(("[", "]", ",", "comment"))


class TomlPositions(NamedTuple):
    """The positions in a text, its last key, and its duplicate key, if any."""

    root: Position
    last_key: Range | None
    repeat: Repeat | None


def read_positions(text: str) -> Position:
    """Return the positions in a TOML text that is known to be valid."""
    return scan(text).root


def scan(text: str) -> TomlPositions:
    """Return the positions in a TOML text that is valid except for duplicate keys."""
    mapper = _Mapper(text)
    mapper.document(_parse(text))
    return TomlPositions(mapper.root, mapper.last_key, mapper.repeat)


def _parse(text: str) -> Node:
    # tree-sitter counts bytes. In TOML, non-ASCII characters occur only in strings and comments, so replacing each by
    # one byte gives a tree of the same structure, whose offsets are characters.
    parser = Parser(_LANGUAGE)
    node = parser.parse(text.encode("ascii", "replace")).root_node
    if node.has_error:
        # The grammar is TOML 1.0, tomli reads 1.1.
        node = parser.parse(as_toml_1_0(text).encode("ascii", "replace")).root_node
    return node


class _Part(NamedTuple):
    name: str
    at: Range


class _Mapper:
    def __init__(self, text: str) -> None:
        self._text = text
        self._declared: dict[KeyPath, str] = {}
        self.root = Position((0, len(text)), {})
        self.last_key: Range | None = None
        self.repeat: Repeat | None = None

    def document(self, document: Node) -> None:
        for node in document.children:
            if node.type == "pair":
                self.last_key = self._pair(self.root, (), node)
            elif node.type in ("table", "table_array_element"):
                self._table(node)

    def _table(self, node: Node) -> None:
        *parents, last = self._key_parts(node)
        self.last_key = last.at
        table, path = self._descend(self.root, (), parents)
        is_array = node.type == "table_array_element"
        named = (*path, last.name)
        is_set = last.name in table.children if is_array else named in self._declared
        if is_set and not (is_array and self._declared.get(named) == node.type):
            self._note_duplicate(table, path, last)
        self._declared[named] = node.type
        if is_array:
            array = table.children.setdefault(last.name, Child(last.at, Position(last.at, {}))).position
            array.children[len(array.children)] = Child(last.at, Position(last.at, {}))
        table, path = self._descend(table, path, [last])
        for child in node.children:
            if child.type == "pair":
                self.last_key = self._pair(table, path, child)

    def _descend(self, table: Position, path: KeyPath, parts: list[_Part]) -> tuple[Position, KeyPath]:
        for name, at in parts:
            table = table.children.setdefault(name, Child(at, Position(at, {}))).position
            path = (*path, name)
            if 0 in table.children:  # an array of tables: the key refers to its last table
                index = len(table.children) - 1
                table, path = table.children[index].position, (*path, index)
        return table, path

    def _pair(self, table: Position, path: KeyPath, node: Node, depth: int = 0) -> Range:
        parts = self._key_parts(node)
        for length in range(1, len(parts) + 1):
            self._declared[(*path, *(part.name for part in parts[:length]))] = node.type
        table, path = self._descend(table, path, parts[:-1])
        last = parts[-1]
        if last.name in table.children:
            self._note_duplicate(table, path, last)
        position = self._value(node.children[_VALUE], (*path, last.name), depth)
        table.children.setdefault(last.name, Child(last.at, position))
        return last.at

    def _value(self, node: Node, path: KeyPath, depth: int) -> Position:
        position = Position((node.start_byte, node.end_byte), {})
        if depth == MAX_DEPTH:
            return position
        if node.type == "inline_table":
            for child in node.children:
                if child.type == "pair":
                    self._pair(position, path, child, depth + 1)
        elif node.type == "array":
            items = (child for child in node.children if child.type not in _BETWEEN_ITEMS)
            for index, child in enumerate(items):
                item = self._value(child, (*path, index), depth + 1)
                position.children[index] = Child(item.at, item)
        return position

    def _note_duplicate(self, table: Position, path: KeyPath, part: _Part) -> None:
        self.repeat = Repeat((*path, part.name), table.children[part.name].key, part.at)

    def _key_parts(self, node: Node) -> list[_Part]:
        key = next(child for child in node.children if child.type in _KEYS)
        parts = []
        # The tree of a dotted key is left-recursive, one level for each dot.
        while key.type == "dotted_key":
            parts.append(self._part(key.children[-1]))
            key = key.children[0]
        parts.append(self._part(key))
        return parts[::-1]

    def _part(self, node: Node) -> _Part:
        at = (node.start_byte, node.end_byte)
        text = self._text[slice(*at)]
        return _Part(text if node.type == "bare_key" else next(iter(tomli.loads(f"{text}=0"))), at)

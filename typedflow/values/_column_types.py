"""The types of columns: a small language that every engine has words for, such as ``int`` and ``list<text>``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from typedflow.values._suggestions import closest, listed

#: Types that have no arguments. ``int`` has 32 bits, ``bigint`` 64; ``timestamp`` has no time zone.
_PLAIN = ("int", "bigint", "float", "double", "text", "bool", "date", "timestamp", "timestamptz", "bytes")
_SYNONYMS = {"string": "text", "boolean": "bool", "integer": "int"}
#: The words for types that have no arguments.
PLAIN_TYPES = (*_PLAIN, *_SYNONYMS)
_FORMS = (*_PLAIN, "string", "decimal(p,s)", "list<...>", "struct<name: type, ...>")
_ALL = listed(_FORMS, len(_FORMS))
#: Engines' words for what this language calls otherwise, for suggestions alone.
_ENGINES = {
    "varchar": "text",
    "char": "text",
    "long": "bigint",
    "int64": "bigint",
    "float64": "double",
    "real": "float",
}
_ENGINES |= {"numeric": "decimal(p,s)", "number": "decimal(p,s)", "array": "list<...>"}
_ENGINES |= {"blob": "bytes", "binary": "bytes", "smallint": "int", "tinyint": "int", "map": "list<struct<...>>"}
_TOKEN = re.compile(r"\s+|(\w+|[<>(),:])")
_SIZE = re.compile(r"[0-9]{1,2}")
_DEEPEST = 20
#: The most digits that all engines have.
MAX_DIGITS = 38


class ColumnTypeError(ValueError):
    """A text is not a type; the message says what is wrong with it, and what is meant."""


@dataclass(frozen=True, slots=True)
class ColumnType:
    """A type of a column.

    ``digits`` and ``scale`` are those of ``decimal``. A ``list`` has one field without a name, a ``struct`` its own.
    """

    name: str
    digits: int = 0
    scale: int = 0
    fields: tuple[tuple[str, ColumnType], ...] = ()

    def __str__(self) -> str:
        """Return the type as files write it; ``parse_column_type`` reads it back."""
        if self.name == "decimal":
            return f"decimal({self.digits},{self.scale})"
        if not self.fields:
            return self.name
        return f"{self.name}<{', '.join(f'{name}: {kind}' if name else str(kind) for name, kind in self.fields)}>"


def parse_column_type(text: str) -> ColumnType:
    """Return the type that a text names; case and spaces do not matter.

    Raises:
        ColumnTypeError: there is no such type.
    """
    tokens = list(_tokens(text))
    if not tokens:
        raise ColumnTypeError(f"a type is missing; the types are {_ALL}")
    found, rest = _parse(tokens, 0)
    if rest:
        raise ColumnTypeError(f"`{text}` is not a type: `{rest[0]}` follows `{found}`")
    return found


def _tokens(text: str) -> Iterator[str]:
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise ColumnTypeError(f"`{text}` is not a type: `{text[at]}` is not allowed in it")
        if match[1]:
            yield match[1]
        at = match.end()


def _parse(tokens: list[str], depth: int) -> tuple[ColumnType, list[str]]:
    """Return the type that the tokens begin with, and the tokens after it."""
    if depth > _DEEPEST:
        raise ColumnTypeError(f"a type is nested more than {_DEEPEST} levels deep")
    word, rest = (tokens[0] if tokens else ""), tokens[1:]
    name = _SYNONYMS.get(word.lower(), word.lower())
    if name == "decimal":
        return _decimal(rest)
    if name in {"list", "struct"}:
        return _nested(name, rest, depth)
    if name in _PLAIN:
        return ColumnType(name), rest
    raise ColumnTypeError(_unknown(word, name))


def _decimal(rest: list[str]) -> tuple[ColumnType, list[str]]:
    match rest[:5]:
        case ["(", digits, ",", scale, ")"] if _SIZE.fullmatch(digits) and _SIZE.fullmatch(scale):
            if int(scale) <= int(digits) and 1 <= int(digits) <= MAX_DIGITS:
                return ColumnType("decimal", int(digits), int(scale)), rest[5:]
            raise ColumnTypeError(
                f"`decimal({digits},{scale})` is not a type: 1 to {MAX_DIGITS} digits are possible, and as "
                "many of them after the point"
            )
    raise ColumnTypeError("`decimal` requires its digits and how many of them follow the point, as in `decimal(10,2)`")


def _nested(name: str, rest: list[str], depth: int) -> tuple[ColumnType, list[str]]:
    example = "list<int>" if name == "list" else "struct<a: int, b: text>"
    broken = ColumnTypeError(f"`{name}` requires types in angle brackets, as in `{example}`")
    fields: list[tuple[str, ColumnType]] = []
    if rest[:1] != ["<"]:
        raise broken
    while rest[:1] in (["<"], [","]):
        field, rest = "", rest[1:]
        if name == "struct":
            match rest[:2]:
                case [word, ":"] if word.isidentifier():
                    field, rest = word, rest[2:]
                case _:
                    raise broken
        kind, rest = _parse(rest, depth + 1)
        fields.append((field, kind))
    names = [each.lower() for each, _ in fields]
    if rest[:1] != [">"] or (name == "list" and len(fields) > 1):
        raise broken
    if len(set(names)) < len(names):
        raise ColumnTypeError(f"`struct` has two fields `{next(each for each in names if names.count(each) > 1)}`")
    return ColumnType(name, fields=tuple(fields)), rest[1:]


def _unknown(word: str, name: str) -> str:
    if not word.isidentifier():
        return f"a type is missing before `{word}`" if word else "a type is missing at the end"
    meant = _ENGINES.get(name) or closest(name, ("decimal", "list", "struct", *_PLAIN, *_SYNONYMS))
    return f"`{word}` is not a type: " + (f"did you mean `{meant}`?" if meant else f"the types are {_ALL}")

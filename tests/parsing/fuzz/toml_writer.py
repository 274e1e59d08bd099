"""Random TOML documents in varied styles, with the values that they have."""

import datetime
from random import Random
from typing import Any, TypeAlias

Table: TypeAlias = dict[str, Any]

WORDS = ("a", "b", "c-d", "1", "", "e f", "é", "😀", "x.y", 'q"', "it's", "#no", "\t", "true", "\\", "nan")
ESCAPES = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
BARE = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_")
BETWEEN = ("", "", " ", "\t", "  ")


def write(rng: Random) -> tuple[str, Table]:
    """Return a document and its value."""
    value = _table(rng, 3)
    lines = _body(rng, value, ())
    end = rng.choice(("\n", "\r\n"))
    text = "\n".join(lines) + rng.choice(("", "\n"))
    return text.replace("\n", end), value


def _table(rng: Random, depth: int) -> Table:
    return {_word(rng): _value(rng, depth) for _ in range(rng.randrange(5))}


def _value(rng: Random, depth: int) -> Any:
    if depth and rng.random() < 0.5:
        kind = rng.randrange(3)
        if kind == 0:
            return _table(rng, depth - 1)
        if kind == 1:
            return [_table(rng, depth - 1) for _ in range(rng.randrange(4))]
        return [_value(rng, depth - 1) for _ in range(rng.randrange(4))]
    return rng.choice((_word, _number, _moment))(rng)


def _word(rng: Random) -> str:
    return rng.choice(WORDS) + rng.choice(("", "", *WORDS))


def _number(rng: Random) -> float:
    return rng.choice((rng.random() < 0.5, rng.randrange(-(10**9), 10**9), rng.randrange(300), rng.uniform(-1e6, 1e6)))


def _moment(rng: Random) -> Any:
    zone = rng.choice((None, datetime.timezone.utc, datetime.timezone(datetime.timedelta(minutes=-90))))
    moment = datetime.datetime(2024, 2, rng.randrange(1, 30), 7, rng.randrange(60), rng.randrange(60), tzinfo=zone)
    return rng.choice((moment, moment.date(), moment.time()))


def _body(rng: Random, table: Table, path: tuple[str, ...]) -> list[str]:
    """Return a table's lines: pairs first, then what has a header of its own, in any order."""
    pairs: list[str] = []
    blocks: list[list[str]] = []
    for key, value in table.items():
        if isinstance(value, dict) and rng.random() < 0.5:
            blocks.append(_headed(rng, value, (*path, key)))
        elif _is_array_of_tables(value) and rng.random() < 0.5:
            blocks.append([line for item in value for line in _element(rng, item, (*path, key))])
        else:
            pairs += _pairs(rng, (key,), value)
    rng.shuffle(pairs)
    rng.shuffle(blocks)
    return [*_spaced(rng, pairs), *(line for block in blocks for line in block)]


def _headed(rng: Random, table: Table, path: tuple[str, ...]) -> list[str]:
    body = _body(rng, table, path)
    if body and body[0].lstrip().startswith("[") and rng.random() < 0.5:
        return body  # its tables name it
    return [_header(rng, path, "[", "]"), *body]


def _element(rng: Random, table: Table, path: tuple[str, ...]) -> list[str]:
    return [_header(rng, path, "[[", "]]"), *_body(rng, table, path)]


def _header(rng: Random, path: tuple[str, ...], left: str, right: str) -> str:
    return rng.choice(BETWEEN) + left + _key(rng, path) + right + _rest(rng)


def _pairs(rng: Random, path: tuple[str, ...], value: Any) -> list[str]:
    """Return the lines that set a value, or those of its items, by dotted keys."""
    if isinstance(value, dict) and value and rng.random() < 0.6:
        return [line for key, item in value.items() for line in _pairs(rng, (*path, key), item)]
    gap = rng.choice(BETWEEN)
    return [f"{rng.choice(BETWEEN)}{_key(rng, path)}{gap}={gap}{_written(rng, value)}{_rest(rng)}"]


def _spaced(rng: Random, lines: list[str]) -> list[str]:
    return [text for line in lines for text in ([line] if rng.random() < 0.8 else ["", "  # [a] = 'x", line])]


def _rest(rng: Random) -> str:
    return rng.choice(("", "", " ", "\t", " # é [x]", '# """'))


def _key(rng: Random, path: tuple[str, ...]) -> str:
    gap = rng.choice(BETWEEN)
    return f"{gap}.{gap}".join(_name(rng, part) for part in path)


def _name(rng: Random, name: str) -> str:
    if name and BARE.issuperset(name) and rng.random() < 0.8:
        return name
    return _literal(name) if _is_literal(name) and rng.random() < 0.5 else _basic(rng, name)


def _written(rng: Random, value: Any) -> str:
    if isinstance(value, dict):
        items = ", ".join(line.strip(" \t") for key, item in value.items() for line in _inline(rng, (key,), item))
        return "{" + items + "}"
    if isinstance(value, list):
        return _array(rng, value)
    if isinstance(value, str):
        return _string(rng, value)
    if isinstance(value, bool):
        return str(value).lower()
    return _figure(rng, value) if isinstance(value, (int, float)) else _clock(rng, value)


def _inline(rng: Random, path: tuple[str, ...], value: Any) -> list[str]:
    if isinstance(value, dict) and value and rng.random() < 0.4:
        return [text for key, item in value.items() for text in _inline(rng, (*path, key), item)]
    return [f"{_key(rng, path)} = {_written(rng, value)}"]


def _array(rng: Random, items: list[Any]) -> str:
    gap = rng.choice(("", " ", "\n", " # ]\n", "\t"))
    last = rng.choice(("", ",")) if items else ""
    return "[" + gap + f"{gap},{gap}".join(_written(rng, item) for item in items) + gap + last + gap + "]"


def _string(rng: Random, text: str) -> str:
    kind = rng.randrange(4)
    if kind == 0 and _is_literal(text):
        return _literal(text)
    if kind == 1 and "'''" not in text and not text.endswith("'"):
        return f"'''\n{text}'''"
    if kind == 2:
        fold = rng.choice(("", "", "\\\n  \n  "))
        return f'"""\n{fold}{_basic(rng, text)[1:-1]}{fold}"""'
    return _basic(rng, text)


def _basic(rng: Random, text: str) -> str:
    return '"' + "".join(_character(rng, character) for character in text) + '"'


def _character(rng: Random, character: str) -> str:
    if rng.random() < 0.1:
        return f"\\u{ord(character):04x}" if ord(character) < 0x10000 else f"\\U{ord(character):08X}"
    return ESCAPES.get(character, character)


def _literal(text: str) -> str:
    return f"'{text}'"


def _is_literal(text: str) -> bool:
    return "'" not in text


def _figure(rng: Random, value: float) -> str:
    if isinstance(value, float):
        return rng.choice((repr(value), f"{value!r}".replace("e", "E"), f"{value:.17e}", f"{value:+.20e}"))
    if value >= 0 and rng.random() < 0.3:
        return rng.choice((hex(value), oct(value), bin(value), f"0x{value:_X}"))
    return rng.choice((str(value), f"{value:+d}", f"{value:_}"))


def _clock(rng: Random, value: Any) -> str:
    text = str(value.isoformat())
    return rng.choice((text, text.replace("T", rng.choice(" t")).replace("+00:00", rng.choice("Zz"))))


def _is_array_of_tables(value: Any) -> bool:
    return isinstance(value, list) and value != [] and all(isinstance(item, dict) for item in value)

"""Random JSON documents in varied styles, with the values that they have."""

import json
from random import Random
from typing import Any

WORDS = ("a", "b", "", "é", "😀", 'q"', "\\", "/", "\n", "\x7f", "\u2028", "\ufeff", "1", "null", "$x", "a: [1]")
SPACES = ("", "", " ", "\n", "\r\n", "\t", " \n  ")


def write(rng: Random) -> tuple[str, Any]:
    """Return a document and its value."""
    value = {_word(rng): _value(rng, 3) for _ in range(rng.randrange(6))}
    return rng.choice(SPACES) + _written(rng, value) + rng.choice(SPACES), value


def _value(rng: Random, depth: int) -> Any:
    if depth and rng.random() < 0.5:
        if rng.random() < 0.5:
            return {_word(rng): _value(rng, depth - 1) for _ in range(rng.randrange(4))}
        return [_value(rng, depth - 1) for _ in range(rng.randrange(4))]
    return rng.choice((_word, _number, _constant))(rng)


def _word(rng: Random) -> str:
    return rng.choice(WORDS) + rng.choice(("", "", *WORDS))


def _number(rng: Random) -> float:
    return rng.choice((rng.randrange(-(10**20), 10**20), rng.randrange(300), rng.uniform(-1e6, 1e6), -0.0, 1e300))


def _constant(rng: Random) -> bool | None:
    return rng.choice((True, False, None))


def _written(rng: Random, value: Any) -> str:
    if isinstance(value, dict):
        return _joined(
            rng,
            "{",
            [f"{_string(rng, key)}{_gap(rng)}:{_gap(rng)}{_written(rng, item)}" for key, item in value.items()],
            "}",
        )
    if isinstance(value, list):
        return _joined(rng, "[", [_written(rng, item) for item in value], "]")
    if isinstance(value, float):
        return rng.choice((repr(value), f"{value:.17e}", f"{value:.17E}"))
    return _string(rng, value) if isinstance(value, str) else json.dumps(value)


def _joined(rng: Random, left: str, items: list[str], right: str) -> str:
    return left + _gap(rng) + f"{_gap(rng)},{_gap(rng)}".join(items) + _gap(rng) + right


def _gap(rng: Random) -> str:
    return rng.choice(SPACES)


def _string(rng: Random, text: str) -> str:
    return '"' + "".join(_character(rng, character) for character in text) + '"'


def _character(rng: Random, character: str) -> str:
    if rng.random() < 0.2:
        escaped = json.dumps(character)[1:-1]
        if escaped == character:
            return f"\\u{ord(character):04X}" if character != "/" else "\\/"
        return escaped
    return character if character not in '"\\' and character >= " " else json.dumps(character)[1:-1]

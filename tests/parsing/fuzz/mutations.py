"""Texts broken at random: characters dropped, doubled, swapped, replaced by signs, and lines moved or repeated."""

from random import Random

SIGNS = "ab1.-:,[]{}\"'#&*!|>%@`\\=~<?_+ \n\n\r\t\0\x85\u2028\ufeffé😀"
PIECES = (
    "\r\n",
    "'''",
    '"""',
    "<<",
    "*a",
    "&a ",
    "---",
    "...",
    "0x",
    "\\u",
    "- ",
    ": ",
    "[[",
    "]]",
    "\n  ",
    "!!str ",
    "1e",
)


def broken(rng: Random, text: str) -> str:
    """Return a text that was changed at one to four places."""
    for _ in range(rng.randrange(1, 5)):
        text = rng.choice((_dropped, _doubled, _swapped, _replaced, _inserted, _line_moved))(rng, text)
    return text


def _dropped(rng: Random, text: str) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + text[at + rng.choice((1, 1, 1, 5)) :]


def _doubled(rng: Random, text: str) -> str:
    at = rng.randrange(len(text) + 1)
    piece = text[at : at + rng.choice((1, 1, 3, 20))]
    return text[:at] + piece + text[at:]


def _swapped(rng: Random, text: str) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + text[at : at + 2][::-1] + text[at + 2 :]


def _replaced(rng: Random, text: str) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice(SIGNS) + text[at + 1 :]


def _inserted(rng: Random, text: str) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice(PIECES) + text[at:]


def _line_moved(rng: Random, text: str) -> str:
    lines = text.split("\n")
    at = rng.randrange(len(lines))
    line = lines[at] if rng.random() < 0.5 else lines.pop(at)
    lines.insert(rng.randrange(len(lines) + 1), line)
    return "\n".join(lines)

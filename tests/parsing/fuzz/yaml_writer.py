"""Random YAML documents in varied styles, with the values that they have."""

from collections.abc import Callable
from random import Random
from typing import Any

#: Plain scalars that may stand anywhere, and what each is.
PLAIN: tuple[tuple[str, Any], ...] = (
    *(
        (word, word)
        for word in ("a", "b", "c d", "é", "😀", "it's", 'q"', "x#y", "a:b", "-x", "yes", "1_000", "0b1", "1:30")
    ),
    *(
        (word, word)
        for word in ("2020-01-01", "nULL", "a - b", "=", "<", "0o8", "0x", "1e", ".", "+", "1.2.3", "a\\nb")
    ),
    *(("1", 1), ("-1", -1), ("+010", 10), ("0o17", 15), ("0x1F", 31), ("1e3", 1000.0), ("-.5E-1", -0.05), ("5.", 5.0)),
    *(("~", None), ("null", None), ("NULL", None), ("true", True), ("False", False)),
)
WORDS = (
    "a",
    "b",
    "c d",
    "é",
    "😀",
    "it's",
    'q"',
    "#no",
    "a: b",
    "- a",
    "yes",
    "null",
    "1",
    "<<",
    "",
    "\\",
    "*a",
    "\t",
    " x ",
)
ESCAPES = {"\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


def write(rng: Random) -> tuple[str, Any]:
    """Return a document and its value."""
    writer = _Writer(rng)
    start = rng.choice(("", "", "---\n", "%YAML 1.2\n---\n", "# é\n\n", "--- # a\n"))
    body, value = writer.mapping(3, 0)
    text = start + (body or "{}\n") + rng.choice(("", "", "...\n", "# end"))
    return text.replace("\n", rng.choice(("\n", "\n", "\r\n"))), value


class _Writer:
    """One document, with the values that are anchored so far.

    A node is written as what follows `key:` or `-`: a space and a scalar, or a line end and indented lines. Each ends
    with a line end.
    """

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.step = rng.choice((1, 2, 2, 4))
        self.anchors: dict[str, Any] = {}

    def node(self, depth: int, indent: int) -> tuple[str, Any]:
        """Return a node whose lines are indented by ``indent``."""
        if self.anchors and self.rng.random() < 0.15:
            name = self.rng.choice(sorted(self.anchors))
            return f" *{name}{self.rest()}", self.anchors[name]
        if self.rng.random() < 0.8:
            return self.bare(depth, indent)
        name = self.rng.choice(("a", "b", "c", "d-1"))
        self.anchors.pop(name, None)
        text, value = self.bare(depth, indent)
        self.anchors.setdefault(name, value)  # a node inside it may have taken its name
        return f" &{name}{text}", value

    def bare(self, depth: int, indent: int) -> tuple[str, Any]:
        """Return a node without an anchor."""
        if depth and self.rng.random() < 0.5:
            body, value = self.rng.choice((self.mapping, self.items))(depth - 1, indent)
            tag = self.rng.choice(("", "", "", " !!map" if isinstance(value, dict) else " !!seq"))
            return (f"{tag}{self.rest()}{body}", value) if body else (f" {value}\n", value)
        kinds: tuple[Callable[[int], tuple[str, Any]], ...] = (
            self.inline,
            self.inline,
            self.literal,
            self.folded,
            self.lines,
        )
        return self.rng.choice(kinds)(indent)

    def mapping(self, depth: int, indent: int) -> tuple[str, dict[str, Any]]:
        """Return the lines of a block mapping, none where it is empty."""
        lines, merged = self.merge(indent)
        own: dict[str, Any] = {}
        for _ in range(self.rng.randrange(5)):
            key = self.rng.choice(WORDS)
            if key in own or (lines and key == "<<"):
                continue
            text, own[key] = self.node(depth, indent + self.step)
            written = self.key(key) + self.rng.choice(("", "", " "))
            if self.rng.random() < 0.1:
                written = f"? {written}{self.rest()}" + " " * indent
            lines.append(f"{' ' * indent}{written}:{text}{self.pause()}")
        self.rng.shuffle(lines[1:])
        return "".join(lines), {**merged, **own}

    def merge(self, indent: int) -> tuple[list[str], dict[str, Any]]:
        """Return the line that merges anchored mappings, and what it merges."""
        names = [name for name, value in self.anchors.items() if isinstance(value, dict)]
        names = self.rng.sample(names, min(len(names), self.rng.choice((0, 0, 1, 2))))
        if not names:
            return [], {}
        text = ", ".join(f"*{name} " for name in names)
        merged = {key: item for name in reversed(names) for key, item in self.anchors[name].items()}
        return [f"{' ' * indent}<<: {text if len(names) == 1 else f'[{text}]'}{self.rest()}"], merged

    def items(self, depth: int, indent: int) -> tuple[str, list[Any]]:
        """Return the lines of a block list, none where it is empty."""
        lines, found = [], []
        for _ in range(self.rng.randrange(4)):
            text, value = self.node(depth, indent + 2)
            if text.startswith("\n" + " " * (indent + 2)) and text[indent + 3] not in " \n" and self.rng.random() < 0.7:
                text = " " + text[indent + 3 :]  # the first entry of a mapping on the dash's line
            lines.append(f"{' ' * indent}-{text}{self.pause()}")
            found.append(value)
        return "".join(lines), found

    def key(self, key: str) -> str:
        """Return a key in some quotes, or in none."""
        if key in {"a", "b", "c d", "é", "😀", "it's", 'q"', "yes"} and self.rng.random() < 0.7:
            return key
        return self.quoted(key)

    def inline(self, _: int) -> tuple[str, Any]:
        """Return a node on one line, or a flow collection on several."""
        if self.rng.random() < 0.1:
            return self.rest(), None
        text, value = self.flow(self.rng.choice((0, 0, 1, 2)))
        return f" {text}{self.rest()}", value

    def flow(self, depth: int) -> tuple[str, Any]:
        """Return a node in flow style."""
        if not depth:
            return self.scalar()
        nodes = [self.flow(depth - 1) for _ in range(self.rng.randrange(4))]
        gap = self.rng.choice((" ", " ", "  "))
        last = self.rng.choice(("", ",")) if nodes else ""
        if self.rng.random() < 0.5:
            return "[" + f",{gap}".join(text for text, _ in nodes) + last + " ]", [value for _, value in nodes]
        keys = self.rng.sample(WORDS, len(nodes))
        pairs = [f"{self.key(key)}: {text}" for key, (text, _) in zip(keys, nodes, strict=True)]
        return "{" + f"{gap},{gap}".join(pairs) + last + "}", {
            key: value for key, (_, value) in zip(keys, nodes, strict=True)
        }

    def scalar(self) -> tuple[str, Any]:
        """Return a scalar on one line."""
        kind = self.rng.randrange(4)
        if kind == 0:
            word = self.rng.choice(WORDS)
            return self.quoted(word), word
        if kind == 1:
            return self.rng.choice(
                (("!!str 1", "1"), ("!!int '1'", 1), ("!!float 1", 1.0), ("! 'a'", "a"), ("!!null ''", None))
            )
        return self.rng.choice(PLAIN)

    def quoted(self, text: str) -> str:
        """Return a text in single or double quotes."""
        if self.rng.random() < 0.5:
            return "'" + text.replace("'", "''") + "'"
        return '"' + "".join(self.character(character) for character in text) + '"'

    def character(self, character: str) -> str:
        """Return a character, escaped or not."""
        code = ord(character)
        if self.rng.random() < 0.1:
            return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08x}"
        return ESCAPES.get(character, character)

    def literal(self, indent: int) -> tuple[str, str]:
        """Return the lines of a literal block scalar."""
        lines = [
            "x",
            *(self.rng.choice(("y", "  z", "", "# no", "a: b", "'")) for _ in range(self.rng.randrange(3))),
            "w",
        ]
        chomping, end = self.rng.choice((("", "\n"), ("-", ""), ("+", "\n\n")))
        depth = max(indent, 1)
        mark = self.rng.choice(("", "", " # c"))
        text = "".join(f"{' ' * depth}{line}\n" if line else "\n" for line in lines)
        return f" |{chomping}{mark}\n{text}{end[1:]}", "\n".join(lines) + end

    def folded(self, indent: int) -> tuple[str, str]:
        """Return the lines of a folded block scalar."""
        words = [self.rng.choice(("x", "y é", "# no", "a: b")) for _ in range(self.rng.randrange(1, 4))]
        gap, folded = self.rng.choice((("\n", " "), ("\n\n", "\n"), ("\n\n\n", "\n\n")))
        chomping, end = self.rng.choice((("", "\n"), ("-", "")))
        depth = " " * max(indent, 1)
        return f" >{chomping}\n{gap.join(depth + word for word in words)}\n\n", folded.join(words) + end

    def lines(self, indent: int) -> tuple[str, str]:
        """Return a plain or quoted scalar of several lines."""
        words = [self.rng.choice(("x", "y é", "z#", "1")) for _ in range(self.rng.randrange(2, 4))]
        gap, folded = self.rng.choice((("\n", " "), ("\n\n", "\n"), (" \n", " ")))
        quote = self.rng.choice(("", "", "'", '"'))
        depth = " " * max(indent, 1)
        return f" {quote}{(gap + depth).join(words)}{quote}{self.rest()}", folded.join(words)

    def rest(self) -> str:
        """Return the end of a line."""
        return self.rng.choice(("\n", "\n", "\n", " \n", " # é: [x\n"))

    def pause(self) -> str:
        """Return what may be between entries; an empty line alone could be part of a block scalar."""
        return self.rng.choice(("", "", "", "# a: b\n", "# c\n\n"))

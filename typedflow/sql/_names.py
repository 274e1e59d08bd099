"""Names: which of them are the same in a dialect, and how it quotes them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect as Grammar

_PLAIN = re.compile(r"[^\W\d]\w*")


class Names:
    """The names of a dialect. A key is a name in the case that the dialect compares."""

    def __init__(self, grammar: Grammar) -> None:
        """Learn what the dialect does with case."""
        self._grammar = grammar
        # By its name: BigQuery's is CASE_INSENSITIVE_EXCEPT_TABLES since sqlglot 30.31.
        strategy = grammar.normalization_strategy.name
        self._is_upper = strategy.endswith("UPPERCASE")
        # BigQuery's columns and aliases ignore case; its tables do not, but ours are logical names.
        self._ignores_quotes = strategy.startswith("CASE_INSENSITIVE")

    def key(self, name: str, *, is_quoted: bool) -> str:
        """Return the key of a name in SQL."""
        if is_quoted and not self._ignores_quotes:
            return name
        return name.upper() if self._is_upper else name.lower()

    def key_of(self, identifier: exp.Expr) -> str:
        """Return the key of an identifier."""
        return self.key(identifier.name, is_quoted=bool(identifier.args.get("quoted")))

    def declared(self, name: str) -> str:
        """Return the key of a declared name, which is plain, or in double quotes, or exact."""
        bare, is_exact = split_declared(name)
        return self.key(bare, is_quoted=is_exact)

    def quoted(self, parts: Sequence[str]) -> str:
        """Return declared names as SQL, each in quotes, as the dialect stores them."""
        return ".".join(exp.to_identifier(self.physical(part), quoted=True).sql(self._grammar) for part in parts)

    def physical(self, name: str) -> str:
        """Return the name by which an engine stores a declared one."""
        bare, is_exact = split_declared(name)
        return bare if self._ignores_quotes else self.key(bare, is_quoted=is_exact)


def split_name(name: str) -> list[str]:
    """Return the declared names that a physical one such as ``db."my table"`` consists of."""
    parts, is_quoted = [""], False
    for character in name:
        is_quoted ^= character == '"'
        if character == "." and not is_quoted:
            parts.append("")
        else:
            parts[-1] += character
    return parts


def split_declared(name: str) -> tuple[str, bool]:
    """Return a declared name without its quotes, and whether its case matters."""
    if name[1:-1] and name[0] == name[-1] == '"':
        return name[1:-1].replace('""', '"'), True
    return name, not is_plain(name)


def is_plain(name: str) -> bool:
    """Return whether a name needs no quotes, unless it is a keyword."""
    return _PLAIN.fullmatch(name) is not None

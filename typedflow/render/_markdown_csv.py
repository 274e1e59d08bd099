"""Tables as Markdown and CSV. Each row is one line, whatever its cells contain."""

import csv
import io
import re
from collections.abc import Sequence

from typedflow.values import printable

#: What begins a formula (https://owasp.org/www-community/attacks/CSV_Injection); tabs and line ends are escaped before.
_FORMULA = tuple("=+-@＝＋－＠")  # noqa: RUF001 # some spreadsheets read the wide ones as well
_HARMLESS = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?|[-+]?(?i:inf|infinity|nan)|-")
#: Words that no forge reads as markup, a link, a mention (`@name`, `#12`, `gh-12`) or an emoji.
_WORDS = re.compile(r"(?!.*(?:gh-\d|www\.))[^\W_]+(?:[ ._-][^\W_]+|(?<=\d):\d+)*", re.IGNORECASE)


def markdown(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return rows as a Markdown table; cells with more than words and numbers are code."""
    lines = [list(map(_cell, line)) for line in (headers, *rows)]
    lines.insert(1, ["---"] * len(headers))
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cell(text: str) -> str:
    """Return a cell; code, because forges interpret no HTML, links, mentions or references in it."""
    shown = printable(text)
    if not shown or _WORDS.fullmatch(shown) or _HARMLESS.fullmatch(shown):
        return shown
    # A pipe ends a cell in code, too, unless a backslash is before it: so one that has a backslash there is escaped.
    shown = re.sub(r"(?<=\\)\|", r"\\x7c", shown).replace("|", "\\|")
    fence = "`" * (1 + max(map(len, re.findall("`+", shown)), default=0))
    margin = " " if shown[0] in "` " or shown[-1] in "` " else ""
    return f"{fence}{margin}{shown}{margin}{fence}"


def comma_separated(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return rows as comma-separated values (RFC 4180); a quote precedes what a spreadsheet would evaluate."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([list(map(_inert, line)) for line in (headers, *rows)])
    return text.getvalue()


def _inert(text: str) -> str:
    shown = printable(text)
    is_formula = shown.lstrip().startswith(_FORMULA) and not _HARMLESS.fullmatch(shown)
    return f"'{shown}" if is_formula else shown

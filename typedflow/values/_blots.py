"""Hiding secrets in a line that is about to be shown; a star for each character, so that columns stay what they are."""

from __future__ import annotations

import re
from functools import lru_cache

#: A line without any of this holds no secret that we know: nearly all have none.
_SUSPECT = re.compile(
    r"(?i:pass|pwd|secret|token|key)|-----BEGIN|AKIA|ASIA|gh[pousr]_|github_pat_|gl\w{2,5}-|xox|xapp-|hooks\.slack|"
    r"[rs]k[_-]|whsec_|AIza|GOCSPX|npm_|pypi-|eyJ|:[^\s/@]+@"
)
_QUOTED = r'"(?:[^"\\]|\\.)*"?' + r"|'[^']*'?"
#: What a file of any format, an option or a line of Python says of a key; anchors, tags and annotations are skipped.
_PAIR = re.compile(
    rf"(?P<key>{_QUOTED}|[\w.-]+)\s*[:=]\s*(?:[&!]\S*\s+)*(?:[\w\[\]|., ]+?\s=\s*)?(?P<value>\[[^\]]*|{_QUOTED}|\S+)"
)
_PART = re.compile(rf"{_QUOTED}|[^\s,\[\]{{}}]+")
_SECRET_TYPE = re.compile(r"\bSecret(?:Str|Bytes)?\b")


@lru_cache(maxsize=1024)
def blotted(line: str) -> str:
    """Give a line of settings, code or a command with a star for each character of the secrets in it."""
    if not _SUSPECT.search(line):
        return line
    from typedflow.values._secrets import forms_in  # the forms take a while to compile, and are needed by few lines

    if _SECRET_TYPE.search(line):
        line = re.sub(_QUOTED, lambda match: _starred(match[0]), line)
    line = _PAIR.sub(_pair, line)
    for start, end in forms_in(line):
        line = line[:start] + "*" * (end - start) + line[end:]
    return line


def _pair(match: re.Match[str]) -> str:
    """Give a key and its value, the value hidden where the key says that it is a secret."""
    from typedflow.values._secrets import secret_kind

    key = match["key"].strip("\"'").rpartition(".")[2]
    value, before = match["value"], match[0][: match.start("value") - match.start()]
    parts = _PART.findall(value) if value.startswith("[") else [value, value.rstrip(",]})")]
    if any(secret_kind(key, part.strip("\"'")) for part in parts):
        return before + _starred(value)
    return before + _PAIR.sub(_pair, value) if value.startswith(("{", "[")) else match[0]


def _starred(text: str) -> str:
    """Give stars for a text, and leave its quotes and brackets."""
    return re.sub(r"[^\"'\[\]{},\s]", "*", text)

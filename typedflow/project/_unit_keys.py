"""The keys of units in the manifest: names, and globs of files; an entry has a file only under a name."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, StringConstraints

from typedflow.workspace import is_glob

NAME = r"^[A-Za-z0-9_][A-Za-z0-9_.-]*$"
# Not with `Field`: Pydantic 2.11 gives the default of one field to all that share it.
Name = Annotated[str, StringConstraints(pattern=NAME)]
ProjectName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_-]*$")]  # a dot ends it in identities
Filled = Annotated[str, StringConstraints(min_length=1, pattern=r"^[^\x00]+$")]  # no path has a NUL
Reference = Annotated[str, StringConstraints(pattern=r"^[^\x00]+:[A-Za-z_]\w*$")]  # file.py:Class, module:Class


def is_name(text: str) -> bool:
    """Return whether a text can be the name of a unit."""
    return re.fullmatch(NAME, text) is not None


def _key(text: str) -> str:
    """Return the key of an entry: a name, or a glob of files."""
    if is_name(text) or (is_glob(text) and "\0" not in text):
        return text
    message = "it should be a name of letters, digits, `_`, `.` and `-`, or a glob of files, such as `flows/*.py`"
    raise ValueError(message)


Key = Annotated[str, AfterValidator(_key)]


def schema_by_key(schema: dict[str, Any]) -> None:
    """Require the file of an entry in a table's JSON Schema if its key is a name, and refuse it if that is a glob."""
    entry, has_file = schema.pop("additionalProperties"), {"required": ["file"]}
    named, globs = {"allOf": [entry, has_file]}, {"allOf": [entry, {"not": has_file}]}
    schema |= {"patternProperties": {NAME: named, r"[*?\[]": globs}, "additionalProperties": False}


def schema_without_file(schema: dict[str, Any]) -> None:
    """Do not require the file of an entry in its JSON Schema; see above."""
    schema["required"].remove("file")


def with_files(tree: Mapping[str, Any], tables: Collection[str]) -> dict[str, Any]:
    """Return the tree of a manifest in which each glob of units is the file of its entry, if that names none."""
    return {key: _with_globs(value) if key in tables else value for key, value in tree.items()}


def _with_globs(table: Any) -> Any:
    if not isinstance(table, dict):
        return table
    return {
        key: {"file": key, **entry} if is_glob(key) and isinstance(entry, dict) else entry
        for key, entry in table.items()
    }

"""Which types fit which: what loses no value when it is written."""

from __future__ import annotations

from typedflow.values import ColumnType

_WHOLE = {"int", "bigint"}
_FLOATS = {"float", "double"}
_TIMES = {"timestamp", "timestamptz"}
#: Types that a value of a type becomes without a loss.
_WIDER = {name: _WHOLE | _FLOATS | {"decimal"} for name in _WHOLE}
_WIDER |= {name: _FLOATS | {"decimal"} for name in (*_FLOATS, "decimal")}
_WIDER |= dict.fromkeys(_TIMES, _TIMES) | {"date": {"date", *_TIMES}}
#: Engines that write a number or a date into a text, as its text.
_TEXT_OF_ANYTHING = {"duckdb", "postgres", "spark", "snowflake"}
_BOOLEANS = {"true", "false", "t", "f", "yes", "no", "y", "n", "on", "off", "1", "0"}
_DAYS = {"today", "tomorrow", "yesterday", "now", "epoch", "infinity", "-infinity"}
_SCALARS = {*_WHOLE, *_FLOATS, *_TIMES, "decimal", "date", "bool"}


def misfit(kind: ColumnType, target: ColumnType, dialect: str, *, is_exact: bool) -> str:
    """Return what is wrong with writing one type into another, or nothing; ``is_exact``: the digits are certain."""
    if {kind.name, target.name} <= {"list", "struct"} and kind.name == target.name:
        return _nested(kind, target, dialect, is_exact=is_exact)
    if kind.name in {"decimal", *_FLOATS} and target.name in _WHOLE:
        is_whole = kind.name == "decimal" and not kind.scale
        return "" if is_whole else "it would be rounded"
    if kind.name in _TIMES and target.name == "date":
        return "it would lose the time of day"
    if target.name == "text" and kind.name in _SCALARS and dialect in _TEXT_OF_ANYTHING:
        return ""
    if kind.name != target.name and target.name not in _WIDER.get(kind.name, ()):
        return "it is of another type"
    return _digits(kind, target) if is_exact else ""


def fits_text(text: str, target: ColumnType) -> bool:
    """Return whether engines may read a text in quotes as a value of a type."""
    text = text.strip().lower()
    if target.name in {*_TIMES, "date"}:
        return any(character.isdigit() for character in text) or text in _DAYS
    if target.name in {*_WHOLE, *_FLOATS, "decimal"}:
        return _is_number(text)
    return target.name == "text" or (target.name == "bool" and text in _BOOLEANS)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _digits(kind: ColumnType, target: ColumnType) -> str:
    if target.name == "decimal" and kind.name == "decimal" and kind.digits:
        is_longer = kind.digits - kind.scale > target.digits - target.scale
        return "it may have more digits" if is_longer else "it would be rounded" if kind.scale > target.scale else ""
    if (kind.name == "double" and target.name == "float") or (kind.name in _FLOATS and target.name == "decimal"):
        return "it would be rounded"
    return ""


def _nested(kind: ColumnType, target: ColumnType, dialect: str, *, is_exact: bool) -> str:
    if kind.name == "list":
        return misfit(kind.fields[0][1], target.fields[0][1], dialect, is_exact=is_exact)
    ours, theirs = ({name.lower(): each for name, each in one.fields} for one in (kind, target))
    if ours.keys() != theirs.keys():
        return "its fields are others"
    found = (misfit(each, theirs[name], dialect, is_exact=is_exact) for name, each in ours.items())
    return next((why for why in found if why), "")

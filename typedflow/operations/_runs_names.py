"""What the name of a column means: a setting, a fact of the run, or an artifact; an ambiguous name is rejected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from typedflow.models import fields_of, keys_of, models_at
from typedflow.operations._errors import argument_error
from typedflow.values import KeyPath, KeyPathError, did_you_mean, format_path, listed, parse_path

RUN_FACTS = (
    *("id", "pathspec", "created", "user", "finished", "successful", "status", "tags"),
    *("binding", "environment", "identity", "tables"),
)

#: The first key of a name, and the kind of the rest; a setting may also be named by its key path alone.
_ROOTS = {"config": "setting", "run": "run", "facts": "run", "data": "artifact", "artifacts": "artifact"}
_WORDS = {"setting": "a setting", "run": "a fact of the run", "artifact": "an artifact"}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name stands for: ``kind`` is ``setting``, ``run`` or ``artifact``, ``path`` is that within it."""

    kind: str
    path: KeyPath


def meaning_of(name: str, model: type[BaseModel]) -> Meaning:
    """Return what the name of a column means.

    Raises:
        ArgumentError: a name that no run can have, or that has two meanings.
    """
    try:
        path = parse_path(name)
    except KeyPathError as error:
        raise argument_error(f"`{name}` is not a column: {error}", hint="write it like `model.alpha,data.r2`") from None
    found = list(_meanings(path, model))
    if not found:
        raise _meaningless(name, path, model)
    if len(found) > 1:
        spelled = [f"`{name_of(each, model)}` ({_WORDS[each.kind]})" for each in found]
        raise argument_error(f"`{name}` is ambiguous", hint=f"write {' or '.join(spelled)}")
    return found[0]


def name_of(meaning: Meaning, model: type[BaseModel]) -> str:
    """Return an unambiguous name: the key path of a setting, with ``config.`` if it is ambiguous without."""
    roots = [(root,) for root, kind in _ROOTS.items() if kind == meaning.kind]
    paths = [(*root, *meaning.path) for root in ([(), *roots] if meaning.kind == "setting" else roots)]
    clear = (path for path in paths if list(_meanings(path, model)) == [meaning])
    return format_path(next(clear, paths[-1]))


def _meanings(path: KeyPath, model: type[BaseModel]) -> Iterator[Meaning]:
    root, rest = path[0], path[1:]
    is_setting = _fault(path, model) is None
    if is_setting:
        yield Meaning("setting", path)
    kind = _ROOTS.get(str(root))
    if kind == "setting" and (rest or not is_setting) and _fault(rest, model) is None:
        yield Meaning("setting", rest)
    if kind == "run" and rest[:1] and rest[0] in RUN_FACTS and len(rest) <= (2 if rest[0] == "tables" else 1):
        yield Meaning("run", rest)
    if kind == "artifact" and rest and isinstance(rest[0], str):
        yield Meaning("artifact", rest)


def _meaningless(name: str, path: KeyPath, model: type[BaseModel]) -> Exception:
    root, kind = str(path[0]), _ROOTS.get(str(path[0]))
    is_field = root in (fields_of(model) or {})
    if kind == "run" and not is_field:
        if path[1:2] == ("tables",):
            return argument_error(f"`{name}` is not the name of a table", hint="write it like `run.tables.films`")
        label = did_you_mean(str(path[1]), RUN_FACTS) if len(path) > 1 else ""
        return argument_error(f"a run has no `{name}`; it has {listed(RUN_FACTS)}", hint=label)
    if kind == "artifact" and not is_field:
        return argument_error(f"`{name}` names no artifact", hint="write it like `data.r2`")
    path = path[1:] if kind == "setting" and not is_field else path
    where, key, known = _fault(path, model) or ((), "", [])
    what = f"`{name}` is not a setting, a fact of the run or an artifact"
    if where or kind == "setting":
        what = f"`{name}`: {f'`{format_path(where)}`' if where else 'the settings'} cannot have `{key}`"
    label = did_you_mean(str(key), known)
    return argument_error(what, hint=label or f"it has {listed(sorted(known))}")


def _fault(path: KeyPath, model: type[BaseModel]) -> tuple[KeyPath, str | int, list[str]] | None:
    """Return where a key path leaves the model: the path so far, the unknown key, and the known keys."""
    for length, key in enumerate(path):
        owners = models_at(model, path[:length])
        known = {alias for owner in owners for alias in _keys(owner)}
        if owners and key not in known:
            return path[:length], key, sorted(known)
    return None


def _keys(owner: Any) -> Iterable[str]:
    for name, field in (fields_of(owner) or {}).items():
        yield name
        yield from keys_of(owner, name, field)

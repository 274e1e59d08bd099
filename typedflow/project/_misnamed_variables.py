"""Find environment variables that nothing reads, because their names do not match a value of any config."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from pydantic import BaseModel

from typedflow.models import child_types, fields_of, keys_of, match_keys, models_at
from typedflow.project._project import LoadedProject
from typedflow.project._shared_findings import unread_variable
from typedflow.project._unread_files import declared_in
from typedflow.project._variables import DELIMITER, PREFIX, variable_word
from typedflow.values import Diagnostic, KeyPath, Location, Severity, TypedflowError, closest, listed
from typedflow.workspace import environment_variables

_HEAD = PREFIX.rstrip("_")
#: The variables of typedflow that set no value of a config.
_CHOOSING = ("TYPEDFLOW_BINDING", "TYPEDFLOW_ENV")
_OTHERS = (*_CHOOSING, "TYPEDFLOW_TRACEBACK")
#: `TRIAN` for `TRAIN` is 0.8; `TRAINING`, which may be another config, is 0.77.
_SLIP = 0.8

_Config: TypeAlias = "tuple[str, type[BaseModel] | None]"
"""A config's name, and a model that its values have; None where that is not known."""


@dataclass(frozen=True, slots=True)
class _Name:
    """A variable's name: the number of underscores after ``TYPEDFLOW``, and the words after them."""

    text: str
    gap: int
    first: str
    rest: tuple[str, ...]

    @property
    def word(self) -> str:
        """The first word in upper case, comparable with ``variable_word``."""
        return self.first.upper()

    def is_of(self, configs: Iterable[str]) -> bool:
        """Return whether the name is that of a value in one of some configs."""
        return self.gap == len(DELIMITER) and bool(self.rest) and self.word in map(variable_word, configs)


def misnamed_variables(project: LoadedProject) -> list[Diagnostic]:
    """Return an error for each variable that names a field of a unit's model, but not one of the unit's config.

    Other configs that the project's flows declare are searched for in the text of their files.
    """
    units = {unit.config: None for unit in project.units} if project.variables else {}
    if not units or all(name.is_of(units) for name in _names(project.variables)):
        return []
    configs = [*_of_units(project), *((config, None) for config in project.declared_configs if config not in units)]
    names = [config for config, _ in configs]
    found = ((name, _meant(name, configs)) for name in _names(project.variables) if not name.is_of(names))
    return [_misnamed(name, meant, units) for name, meant in found if meant is not None]


def _of_units(project: LoadedProject) -> Iterator[_Config]:
    """Yield the configs of the units, each with the models that can be loaded; others are reported elsewhere."""
    for config, reference in dict.fromkeys((unit.config, unit.model) for unit in project.units):
        try:
            yield config, project.models.named(reference)
        except TypedflowError:
            yield config, None


def misnamed_for(config: str, configs: Mapping[str, type[BaseModel]], folder: Path | None = None) -> list[Diagnostic]:
    """Return an error for each variable of this process that was certainly meant for a config of a flow.

    ``configs`` are all configs of the flow. Other flows, in the flow's folder and elsewhere, share the variables: one
    that may be meant for another config is not an error.
    """
    names = [name for name in _names(environment_variables()) if not name.is_of(configs)]
    others = declared_in([folder]) if names and folder else ()
    found = ((name, _meant(name, list(configs.items()), is_alone=True)) for name in names if not name.is_of(others))
    start = f"{PREFIX}{variable_word(config)}{DELIMITER}"
    return [_misnamed(name, meant, configs) for name, meant in found if meant and meant.startswith(start)]


def unread_variables(environ: Mapping[str, str], configs: Collection[str]) -> Iterator[Diagnostic]:
    """Return a warning for each variable that nothing reads where a project's flows have only some configs."""
    words = [variable_word(config) for config in configs]
    for name in _names(environ):
        near = _near(name)
        is_joined = any(name.word.startswith(f"{word}_") for word in words)
        if near is None and (name.is_of(configs) or (name.gap == 1 and not name.rest and not is_joined)):
            continue  # the latter may belong to another program
        meant = None if near else closest(name.word, words)
        label = near or (_joined(meant, name.rest) if meant and name.rest else "")
        if near:
            message = "no command reads this variable"
        elif not name.first:
            message = "the name has no config and no key, so nothing reads this variable"
        elif name.word in words or is_joined:
            message = "names have two underscores before and after the config, so nothing reads this variable"
        else:
            message = (
                f"no flow of the project has a typed config `{name.first.lower()}`, so nothing reads this variable"
            )
        place, hint = Location(name.text), "" if label else _hint(configs)
        label = f"did you mean `{label}`?" if label else ""
        yield unread_variable(message, place, label, hint, severity=Severity.WARNING)


def _names(environ: Iterable[str]) -> Iterator[_Name]:
    for text in environ:
        if text.upper().startswith(f"{_HEAD}_") and text not in _OTHERS:
            name = text[len(_HEAD) :].lstrip("_")
            first, *rest = name.split(DELIMITER)
            yield _Name(text, len(text) - len(_HEAD) - len(name), first, tuple(rest))


def _meant(name: _Name, configs: Sequence[_Config], *, is_alone: bool = False) -> str | None:
    """Return the name that a variable should have; if ``is_alone``, only when no other name is possible."""
    words = [(variable_word(config), model) for config, model in configs]
    own = [model for word, model in words if word == name.word]
    if own:
        rest = name.rest or (("KEY",) if name.gap == len(DELIMITER) else ())
        is_known = not name.rest or any(_has(model, rest[0]) for model in own)
        return _joined(name.word, rest) if rest and is_known else None
    for word, model in words:
        if name.word.startswith(f"{word}_"):
            rest = _path(name.first[len(word) + 1 :], name.rest, model, is_certain=is_alone)
            if rest:
                return _joined(word, rest)
    if not is_alone and not name.rest and f"{_HEAD}_{name.word}" in _CHOOSING:
        return f"{_HEAD}_{name.word}"
    is_joined = name.gap == 1 and not name.rest  # it may belong to another program, unless it leads to a value
    for word, model in words:
        rest = _path(name.first, name.rest, model, is_certain=is_alone or is_joined)
        if rest:
            return _joined(word, rest)
    return _with_a_config(name, words, is_alone=is_alone)


def _with_a_config(name: _Name, words: Sequence[_Config], *, is_alone: bool) -> str | None:
    """Return the name with the config that was probably meant: one that has the key that follows."""
    first, rest = name.first, name.rest
    if not rest:
        first, rest = _split_off(name, words)
    having = [word for word, model in words if model and rest and _has(model, rest[0])]
    if is_alone:
        having = [word for word in having if _is_a_slip(first.upper(), word)]
    if not having:
        return None
    of_flows = [word for word, model in words if model is None]
    return _joined(closest(first.upper(), [*having, *of_flows]) or having[0], rest)


def _split_off(name: _Name, words: Sequence[_Config]) -> tuple[str, tuple[str, ...]]:
    """Split words joined by single underscores into a config's name and the key path after it.

    A name that does not resemble a config's needs two keys after it; else it may belong to another program.
    """
    parts = name.first.split("_")
    for count in range(1, len(parts)):
        first, text = "_".join(parts[:count]), "_".join(parts[count:])
        for word, model in words:
            rest = _path(text, (), model, is_certain=True)
            if len(rest) > 1 or (rest and _is_a_slip(first.upper(), word)):
                return first, rest
    return name.first, ()


def _is_a_slip(word: str, meant: str) -> bool:
    """Return whether two words differ in a letter or two, but not in a digit."""
    from difflib import SequenceMatcher  # hardly anybody misspells a variable

    is_numbered = [char for char in word if char.isdigit()] != [char for char in meant if char.isdigit()]
    return not is_numbered and SequenceMatcher(None, word, meant).ratio() >= _SLIP


def _path(text: str, rest: tuple[str, ...], model: type[BaseModel] | None, *, is_certain: bool) -> tuple[str, ...]:
    """Return the words of a key path: a text of keys of a model, joined by one underscore, and what follows it.

    ``is_certain``: accept only a path that leads to a value; else anything may follow the first key.
    """
    if model is None:
        return ()
    words = _keys_in(text, model, ())
    if words and _leads_to_a_value(path := (*words, *rest), model):
        return path
    keys = sorted(_keys(model), key=len, reverse=True)
    key = next((key for key in keys if f"{text.lower()}_".startswith(f"{key}_")), None)
    if key is None or is_certain:
        return ()
    below = text[len(key) + 1 :]
    return (text[: len(key)], *([below] if below else []), *rest)


def _keys_in(text: str, model: type[BaseModel], above: KeyPath) -> tuple[str, ...]:
    """Return the keys that a text consists of, below a key path of a model; empty if it does not consist of keys.

    The last of several may be misspelled.
    """
    owners = models_at(model, above)
    named = ((owner, *item) for owner in owners for item in (fields_of(owner) or {}).items())
    keys = {key for field in named for key in keys_of(*field)}
    for key in sorted(keys, key=len, reverse=True):
        if text.lower() == key.lower():
            return (text,)
        below = text[len(key) + 1 :] if text.lower().startswith(f"{key.lower()}_") else ""
        if below and (found := _keys_in(below, model, (*above, key))):
            return (text[: len(key)], *found)
    near = closest(text.lower(), [key.lower() for key in keys]) if above else None
    if near is not None and _is_a_slip(text.upper(), near.upper()):
        return (near.upper() if text.isupper() else near,)
    return () if owners else (text,)


def _has(model: type[BaseModel] | None, word: str) -> bool:
    return model is None or word.lower() in _keys(model)


def _keys(model: type[BaseModel] | None) -> set[str]:
    fields = (fields_of(model) or {}) if model else {}
    return {key.lower() for name, field in fields.items() for key in keys_of(model, name, field)}


def _leads_to_a_value(words: tuple[str, ...], model: type[BaseModel]) -> bool:
    try:
        path = match_keys(words, model, {})
    except LookupError:
        return False
    kinds = (model,)
    for key in path:
        kinds = child_types(kinds, key)
    return bool(kinds)


def _near(name: _Name) -> str | None:
    """Return the typedflow variable that a name resembles, such as ``TYPEDFLOW_ENV``."""
    if name.text.upper() in _OTHERS:
        return name.text.upper()
    words = {other[len(_HEAD) + 1 :]: other for other in _OTHERS}
    word = next((word for word in words if name.word.startswith(word)), None) or closest(name.word, words)
    return words[word] if word and not name.rest else None


def _joined(word: str, rest: Iterable[str]) -> str:
    return f"{PREFIX}{DELIMITER.join((word, *rest))}"


def _misnamed(name: _Name, meant: str, configs: Collection[str]) -> Diagnostic:
    message = (
        f"nothing reads this variable; names have the form `{PREFIX}CONFIG{DELIMITER}KEY`, and {_configs(configs)}"
    )
    return unread_variable(message, Location(name.text), label=f"did you mean `{meant}`?")


def _hint(configs: Collection[str]) -> str:
    return f"write `{PREFIX}CONFIG{DELIMITER}KEY`; {_configs(configs)}" if configs else "unset it"


def _configs(configs: Collection[str]) -> str:
    return f"the config{'s are' if len(configs) != 1 else ' is'} {listed(sorted(configs))}"

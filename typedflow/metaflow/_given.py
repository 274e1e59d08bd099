"""Where a config's text was given: Metaflow passes parsers the text only, so its source is found again by content."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from typedflow.metaflow import _compat
from typedflow.metaflow._failures import ConfigFailure, exit_with
from typedflow.parsing import format_of, parse_any
from typedflow.values import RULES, Diagnostic, Location, Source, SourceKind, TypedflowError, blotted
from typedflow.workspace import command_line, is_file, is_folder, is_there, read_source, set_variable, variable

_FILES, _VALUES = "METAFLOW_FLOW_CONFIG", "METAFLOW_FLOW_CONFIG_VALUE"
_defaults: dict[tuple[str, str], Source] = {}
_records: dict[Source, Callable[[], Any]] = {}
_instances: set[Source] = set()


def remember(name: str, source: Source) -> str:
    """Keep the source of a text that our own default function is about to hand to Metaflow; give the text."""
    _defaults[name, source.text] = source
    return source.text


def remember_record(source: Source, record: Callable[[], Any]) -> None:
    """Keep where the values of a source are from, where that is known already."""
    _records[source] = record


def remember_instance(source: Source) -> Source:
    """Keep that a source was made of a model instance; return the source."""
    _instances.add(source)
    return source


def is_instance(source: Source) -> bool:
    """Return whether a source was made of a model instance."""
    return source in _instances


def record_of(source: Source) -> Any:
    """Give what is known already of where a source's values are from, or None."""
    record = _records.get(source)
    return record() if record else None


def defaults_read() -> tuple[tuple[str, Source], ...]:
    """Return all defaults that this process has read: the names of their configs, and their sources."""
    return tuple((name, source) for (name, _), source in _defaults.items())


def source_of(name: str, text: str) -> Source:
    """Give the source of a config's text: its default, a ``--config`` file or value, or Metaflow's variables."""
    if (name, text) in _defaults:
        return _defaults[name, text]
    for file in _files(name):
        try:
            source = read_source(file)
        except TypedflowError:
            continue
        if source.text == _as_text(text):
            return source
    for option, value in _values(name):
        if value == text:
            return Source(option, text, guessed_format(text), SourceKind.OPTION)
    for file in filter(_gives_once, _files(name)):
        return Source(str(file), text, format_of(file.name) or guessed_format(text), SourceKind.OPTION)
    return Source(f"config `{name}`", text, guessed_format(text), SourceKind.CODE)


def refuse_unreadable(name: str) -> None:
    """End a flow's script when a file or a variable that gives a config cannot be read; Metaflow would not say why.

    Metaflow asks for a config's option while it builds its command line, before it could handle a failure.
    """
    if {"--help", "resume"} & set(command_line()) or not _compat.is_started_as_script():
        return
    try:
        for file in _files(name):
            if not _gives_once(file):
                read_source(file)
        _variable(_VALUES)
    except TypedflowError as error:
        exit_with(ConfigFailure(error.diagnostics))


def forget_packaged(name: str) -> None:
    """Take from Metaflow's variable what stands for a config of the flow that started this one, from a task of its own.

    Such a value leads into that flow's code package: another flow would get its config, if the names are the same
    (Netflix/metaflow issue 2717).
    """
    try:
        known = _variable(_VALUES)
    except ConfigFailure:  # whoever needs what is in it says what is wrong with it
        return
    own = {given: value for given, value in known.items() if not (_same(given, name) and _is_packaged(value))}
    if own != known:
        set_variable(_VALUES, json.dumps(own) if own else "")


def _is_packaged(value: object) -> bool:
    return isinstance(value, str) and value.startswith("kv.")


def _gives_once(file: Path) -> bool:
    """Return whether a file is a pipe or the like, whose text Metaflow gets, and nobody after it."""
    return is_there(file) and not is_file(file) and not is_folder(file)


def _as_text(text: str) -> str:
    """Give text as ``read_source`` gives it; Metaflow's own reading keeps a byte-order mark."""
    return text.removeprefix("\ufeff")


def _files(name: str) -> Iterator[Path]:
    """Give the paths that were given for a config on the command line, then in Metaflow's variable."""
    for given, path in _pairs("--config"):
        if _same(given, name):
            yield Path(path)
    paths = _variable(_FILES)
    yield from (Path(path) for given, path in paths.items() if _same(given, name) and isinstance(path, str))


def _values(name: str) -> Iterator[tuple[str, str]]:
    """Give the texts that were given for a config, with how they were given."""
    for given, text in _pairs("--config-value"):
        if _same(given, name):
            yield f"--config-value {name}", text
    for given, value in _variable(_VALUES).items():
        if _same(given, name):
            yield _VALUES, value if isinstance(value, str) else json.dumps(value)


def _pairs(option: str) -> Iterator[tuple[str, str]]:
    arguments = command_line()[1:]
    for index, argument in enumerate(arguments):
        name, equals, given = argument.partition("=")
        following = [given, *arguments[index + 1 :]] if equals else arguments[index + 1 :]
        if name == option and len(following) > 1:
            yield following[0], following[1]


def _variable(name: str) -> dict[str, object]:
    """Give what Metaflow's variable holds.

    Raises:
        ConfigFailure: it is no JSON object.
    """
    text = variable(name)
    if not text:
        return {}
    try:
        content = json.loads(text)
    except ValueError:
        content = None
    if isinstance(content, dict):
        return content
    message = f"{name} takes a JSON object by config name, and is {blotted(text)!r}"
    hint = (
        f"""write {name}='{{"config": "other.yaml"}}'"""
        if name == _FILES
        else f"""write {name}='{{"config": {{"a": 1}}}}'"""
    )
    raise ConfigFailure([Diagnostic(RULES["bad-option"], message, Location(name), hint=hint)])


def _same(given: str, name: str) -> bool:
    return given.lower() == name.lower() if _compat.config_names_are_lowered() else given == name


def guessed_format(text: str) -> str | None:
    """Guess the format of a text that came without a file name: the first that reads it; JSON where none does."""
    for candidate in ("json", "toml", "yaml"):
        try:
            if isinstance(parse_any(Source("", text, candidate)), dict | list):
                return candidate
        except TypedflowError:
            continue
    return "json" if text.lstrip()[:1] in {"{", "["} else "yaml"

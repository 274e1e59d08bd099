"""The source of a config's text: Metaflow passes only the text to parsers, so its source is found by content."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from typedflow.metaflow import _compat
from typedflow.metaflow._failures import ConfigFailure, exit_with
from typedflow.metaflow._launch_state import launch_state
from typedflow.parsing import format_of, parse_any
from typedflow.values import Location, Source, SourceKind, TypedflowError
from typedflow.workspace import (
    bad_option,
    command_line,
    is_file,
    is_folder,
    is_there,
    read_source,
    set_variable,
    variable,
)

_FILES, _VALUES = "METAFLOW_FLOW_CONFIG", "METAFLOW_FLOW_CONFIG_VALUE"


def find_source(name: str, text: str) -> Source:
    """Return the source of a config's text: its default, a ``--config`` file or value, or Metaflow's variable."""
    if default := launch_state().defaults.get((name, text)):
        return default
    for file in _files_of(name):
        try:
            source = read_source(file)
        except TypedflowError:
            continue
        if source.text == _as_text(text):
            return source
    for option, value in _values_of(name):
        if value == text:
            return Source(option, text, guessed_format(text), SourceKind.OPTION)
    for file in filter(_is_read_once, _files_of(name)):
        return Source(str(file), text, format_of(file.name) or guessed_format(text), SourceKind.OPTION)
    return Source(f"config `{name}`", text, guessed_format(text), SourceKind.CODE)


def given_config(name: str) -> Path | str | None:
    """Return the last file that was given for a config, or how its text was given; None where its default is used."""
    given: list[Path | str] = [*_files_of(name), *(option for option, _ in _values_of(name))]
    return given[-1] if given else None


def refuse_unreadable(name: str) -> None:
    """End a flow's script if a file or variable with a config cannot be read; Metaflow would not say why.

    Metaflow asks for a config's option while it builds its command line, before it could handle a failure.
    """
    if {"--help", "resume"} & set(command_line()) or not _compat.is_started_as_script():
        return
    try:
        for file in _files_of(name):
            if not _is_read_once(file):
                read_source(file)
        _variable(_VALUES)
    except TypedflowError as error:
        exit_with(ConfigFailure(error.diagnostics))


def forget_packaged(name: str) -> None:
    """Remove a config of the flow whose task started this one from Metaflow's variable.

    Such a value refers to that flow's code package: another flow would get its config if the names are the same
    (Netflix/metaflow issue 2717).
    """
    try:
        known = _variable(_VALUES)
    except ConfigFailure:  # reported by the code that needs its content
        return
    own = {given: value for given, value in known.items() if not (_is_same(given, name) and _is_packaged(value))}
    if own != known:
        set_variable(_VALUES, json.dumps(own) if own else "")


def _is_packaged(value: object) -> bool:
    return isinstance(value, str) and value.startswith("kv.")


def _is_read_once(file: Path) -> bool:
    """Return whether a file is a pipe or the like, which cannot be read again after Metaflow."""
    return is_there(file) and not is_file(file) and not is_folder(file)


def _as_text(text: str) -> str:
    """Return text as ``read_source`` does; Metaflow keeps a byte-order mark."""
    return text.removeprefix("\ufeff")


def _files_of(name: str) -> Iterator[Path]:
    """Yield the paths that were given for a config on the command line, then in Metaflow's variable."""
    for given, path in _pairs("--config"):
        if _is_same(given, name):
            yield Path(path)
    paths = _variable(_FILES)
    yield from (Path(path) for given, path in paths.items() if _is_same(given, name) and isinstance(path, str))


def _values_of(name: str) -> Iterator[tuple[str, str]]:
    """Yield the texts that were given for a config, with how they were given."""
    for given, text in _pairs("--config-value"):
        if _is_same(given, name):
            yield f"--config-value {name}", text
    for given, value in _variable(_VALUES).items():
        if _is_same(given, name):
            yield _VALUES, value if isinstance(value, str) else json.dumps(value)


def _pairs(option: str) -> Iterator[tuple[str, str]]:
    arguments = command_line()[1:]
    for index, argument in enumerate(arguments):
        name, equals, given = argument.partition("=")
        following = [given, *arguments[index + 1 :]] if equals else arguments[index + 1 :]
        if name == option and len(following) > 1:
            yield following[0], following[1]


def _variable(name: str) -> dict[str, object]:
    """Return the content of Metaflow's variable.

    Raises:
        ConfigFailure: it is not a JSON object.
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
    from typedflow.values import redact_line

    message = f"{name} must be a JSON object by config name, but is {redact_line(text)!r}"
    hint = (
        f"""write {name}='{{"config": "other.yaml"}}'"""
        if name == _FILES
        else f"""write {name}='{{"config": {{"a": 1}}}}'"""
    )
    raise ConfigFailure([bad_option(message, Location(name), hint=hint)])


def _is_same(given: str, name: str) -> bool:
    return given.lower() == name.lower() if _compat.config_names_are_lowered() else given == name


def guessed_format(text: str) -> str | None:
    """Return the first format that can read a text without a file name; JSON if none can."""
    for candidate in ("json", "toml", "yaml"):
        try:
            if isinstance(parse_any(Source("", text, candidate)), dict | list):
                return candidate
        except TypedflowError:
            continue
    return "json" if text.lstrip()[:1] in {"{", "["} else "yaml"

"""VS Code's ``.vscode/settings.json``: schemas by file, for YAML (the extension of Red Hat) and JSON.

Of TOML nothing stands there: Even Better TOML takes absolute addresses only, and reads ``.taplo.toml``.

Source: the settings ``yaml.schemas`` and ``json.schemas``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from typedflow.schema._json_edits import drop, put, put_first, read
from typedflow.schema._wirings import Wiring

_YAML = "yaml.schemas"
_JSON = "json.schemas"
_EMPTY = "{\n}\n"


def install(text: str | None, wirings: Iterable[Wiring]) -> str:
    """Return the settings with the schemas in them.

    Raises:
        TypedflowError: the text cannot be read.
        TypeError: a setting is not what its extension takes.
    """
    made = text or _EMPTY
    for wiring in reversed(list(wirings)):
        url = f"./{wiring.schema}"
        made = _listed(made, {"fileMatch": wiring.globs("json"), "url": url})
        made = _associated(made, url, wiring.globs("yaml"))
    return made


def remove(text: str, wirings: Iterable[Wiring]) -> str | None:
    """Return the settings without the schemas; None where nothing else was in them.

    Raises:
        TypedflowError: the text cannot be read.
        TypeError: a setting is not what its extension takes.
    """
    made = text
    for url in (f"./{wiring.schema}" for wiring in wirings):
        made = drop(made, (_YAML, url)) if url in _container(made, _YAML, dict) else made
        items = _container(made, _JSON, list)
        for index in [at for at, item in enumerate(items) if _url(item) == url][::-1]:
            made = drop(made, (_JSON, index))
    for setting in (_YAML, _JSON):
        made = drop(made, (setting,)) if made != text and read(made).get(setting) in ({}, []) else made
    return None if made == _EMPTY else made


def advice(wirings: Iterable[Wiring]) -> str:
    """Return the settings as text, for whoever writes them by hand."""
    return json.dumps(read(install(None, wirings)), indent=2)


def _associated(text: str, url: str, globs: list[str]) -> str:
    known = _container(text, _YAML, dict)
    if not globs or known.get(url) == globs:
        return text
    if url in known:
        return put(text, (_YAML, url), globs)
    if _YAML in read(text):
        return put_first(text, (_YAML,), url, globs)
    return put_first(text, (), _YAML, {url: globs})


def _listed(text: str, entry: dict[str, Any]) -> str:
    if not entry["fileMatch"]:
        return text
    for index, known in enumerate(_container(text, _JSON, list)):
        if _url(known) == entry["url"]:
            return text if known == entry else put(text, (_JSON, index), entry)
    if _JSON in read(text):
        return put_first(text, (_JSON,), None, entry)
    return put_first(text, (), _JSON, [entry])


def _container(text: str, setting: str, kind: type) -> Any:
    value = read(text)
    if not isinstance(value, dict):
        raise TypeError("the file is no JSON object")
    found = value.get(setting, kind())
    if not isinstance(found, kind):
        raise TypeError(f"`{setting}` is no {'object' if kind is dict else 'list'}")
    return found


def _url(item: object) -> object:
    return item.get("url") if isinstance(item, dict) else None

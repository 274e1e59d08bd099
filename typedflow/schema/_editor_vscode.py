"""VS Code's ``.vscode/settings.json``: schemas for YAML (Red Hat's extension) and JSON.

TOML is not configured here: Even Better TOML accepts only absolute URLs, but reads ``.taplo.toml``.

Source: the settings ``yaml.schemas`` and ``json.schemas``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from typedflow.schema._json_edits import insert_first, read_json, remove_entry, replace_value
from typedflow.schema._schema_mapping import SchemaMapping

_YAML = "yaml.schemas"
_JSON = "json.schemas"
_EMPTY = "{\n}\n"


def install(text: str | None, mappings: Iterable[SchemaMapping]) -> str:
    """Return the settings with the schemas.

    Raises:
        TypedflowError: the text is not valid JSON.
        TypeError: a setting has the wrong type.
    """
    made = text or _EMPTY
    for mapping in reversed(list(mappings)):
        url = f"./{mapping.schema}"
        made = _put_json_schema(made, {"fileMatch": mapping.globs("json"), "url": url})
        made = _put_yaml_schema(made, url, mapping.globs("yaml"))
    return made


def remove(text: str, mappings: Iterable[SchemaMapping]) -> str | None:
    """Return the settings without the schemas, or None if nothing is left.

    Raises:
        TypedflowError: the text is not valid JSON.
        TypeError: a setting has the wrong type.
    """
    made = text
    for url in (f"./{mapping.schema}" for mapping in mappings):
        made = remove_entry(made, (_YAML, url)) if url in _setting(made, _YAML, dict) else made
        items = _setting(made, _JSON, list)
        for index in [at for at, item in enumerate(items) if _url(item) == url][::-1]:
            made = remove_entry(made, (_JSON, index))
    for setting in (_YAML, _JSON):
        made = remove_entry(made, (setting,)) if made != text and read_json(made).get(setting) in ({}, []) else made
    return None if made == _EMPTY else made


def _put_yaml_schema(text: str, url: str, globs: list[str]) -> str:
    known = _setting(text, _YAML, dict)
    if not globs or known.get(url) == globs:
        return text
    if url in known:
        return replace_value(text, (_YAML, url), globs)
    if _YAML in read_json(text):
        return insert_first(text, (_YAML,), url, globs)
    return insert_first(text, (), _YAML, {url: globs})


def _put_json_schema(text: str, entry: dict[str, Any]) -> str:
    if not entry["fileMatch"]:
        return text
    for index, known in enumerate(_setting(text, _JSON, list)):
        if _url(known) == entry["url"]:
            return text if known == entry else replace_value(text, (_JSON, index), entry)
    if _JSON in read_json(text):
        return insert_first(text, (_JSON,), None, entry)
    return insert_first(text, (), _JSON, [entry])


def _setting(text: str, setting: str, kind: type) -> Any:
    value = read_json(text)
    if not isinstance(value, dict):
        raise TypeError("it is not a JSON object")
    found = value.get(setting, kind())
    if not isinstance(found, kind):
        raise TypeError(f"`{setting}` is not {'an object' if kind is dict else 'an array'}")
    return found


def _url(item: object) -> object:
    return item.get("url") if isinstance(item, dict) else None

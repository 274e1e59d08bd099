"""Settings as YAML, TOML or JSON."""

from collections.abc import Mapping
from typing import Any

from typedflow.render._document import Document
from typedflow.render._yaml import yaml_text
from typedflow.values import printable

FORMATS = ("yaml", "json", "toml")


def settings(document: Document, *, format: str) -> str:  # noqa: A002 # the option's name
    """Return one document in a format."""
    if format == "json":
        from typedflow.render._json import json_data, json_text

        return json_text(json_data(document))
    if format == "toml":
        from typedflow.render._toml import toml_text

        return toml_text(document)
    return yaml_text(document)


def settings_by_binding(documents: Mapping[str, Document], *, format: str) -> str:  # noqa: A002 # the same
    """Return the documents of several bindings in one text.

    Shape: YAML documents, a JSON object by binding, or TOML tables by binding.
    """
    if format == "json":
        from typedflow.render._json import json_data, json_text

        data: dict[str, Any] = {binding: json_data(document) for binding, document in documents.items()}
        return json_text(data)
    if format == "toml":
        from typedflow.render._toml import toml_text

        return "\n".join(_head(name) + toml_text(document, (name,)) for name, document in documents.items())
    return "".join(f"---\n{_head(name)}{yaml_text(document)}" for name, document in documents.items())


def _head(binding: str) -> str:
    return f"# binding {printable(binding)}\n"

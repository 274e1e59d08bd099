"""A manifest that names no model for some of its units."""

from __future__ import annotations

from typedflow.layers import Layer
from typedflow.project._kinds import KINDS
from typedflow.values import Diagnostic, KeyPath, Location, closest, format_path, listed

_MOST = 5
_HINT = 'add `model = "path/to/file.py:Class"`'


def missing_model(layer: Layer) -> Diagnostic | None:
    """Return the finding of a manifest without `model`, unless each of its units names its own.

    A key that is probably a typo of `model` is another finding, which says so.
    """
    if "model" in layer.tree or any(closest(key, ["model"]) for key in layer.tree):
        return None
    tables = ((kind.table, layer.tree.get(kind.table)) for kind in KINDS.values())
    entries: dict[KeyPath, object] = {
        (table, name): entry for table, found in tables if isinstance(found, dict) for name, entry in found.items()
    }
    without = [path for path, entry in entries.items() if isinstance(entry, dict) and "model" not in entry]
    if entries and not without:
        return None
    from typedflow.models import missing_key

    if len(without) == len(entries):
        message, hint = "`model` is missing; Manifest requires it", f"{_HINT} at the top"
        return missing_key(message, Location(layer.source.name), hint=hint, path=("model",))
    from typedflow.parsing import location

    names, verb = [format_path(path) for path in without], "names" if len(without) == 1 else "name"
    return missing_key(
        f"`model` is missing; {listed(names, most=_MOST)} {verb} no model, and the manifest has none for all units",
        location(layer.source, (*layer.root, *without[0]), key=True),
        hint=f"{_HINT} at the top, or to each of them" if len(names) > 1 else f"{_HINT} to `{names[0]}`",
        path=("model",),
    )

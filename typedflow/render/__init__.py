"""Values to text: diagnostics, settings, tables. Nothing here looks at a terminal: width and colour are arguments."""

from typedflow.render._document import Document, LeafOrigin, RemovedLeaf
from typedflow.render._settings import FORMATS, settings, settings_by_binding
from typedflow.render._table import table
from typedflow.render._text import text

__all__ = [
    "FORMATS",
    "Document",
    "LeafOrigin",
    "RemovedLeaf",
    "settings",
    "settings_by_binding",
    "table",
    "text",
]

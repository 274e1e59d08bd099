"""Values to text: diagnostics, reports, settings, tables. Width and colour are arguments: no terminal is asked."""

from typedflow.render._document import Document, RemovedLeaf
from typedflow.render._grid import comma_separated, markdown
from typedflow.render._report import REPORT_FORMATS, report
from typedflow.render._settings import FORMATS, settings, settings_by_binding
from typedflow.render._table import table
from typedflow.render._text import text

__all__ = [
    "FORMATS",
    "REPORT_FORMATS",
    "Document",
    "RemovedLeaf",
    "comma_separated",
    "markdown",
    "report",
    "settings",
    "settings_by_binding",
    "table",
    "text",
]

"""Values to text: diagnostics, reports, settings, tables. Width and colour are arguments: no terminal is asked.

A task that shows its config has neither what terminals nor what reports need, so each is loaded when it is used.
"""

from typing import TYPE_CHECKING

from typedflow.values import lazily

if TYPE_CHECKING:
    from typedflow.render._document import Document as Document
    from typedflow.render._document import RemovedLeaf as RemovedLeaf
    from typedflow.render._explanation import explanation_text as explanation_text
    from typedflow.render._explanation import explanations_page as explanations_page
    from typedflow.render._grid import comma_separated as comma_separated
    from typedflow.render._grid import markdown as markdown
    from typedflow.render._html import html as html
    from typedflow.render._json import json_line as json_line
    from typedflow.render._json import json_text as json_text
    from typedflow.render._quoted import quoted as quoted
    from typedflow.render._report import REPORT_FORMATS as REPORT_FORMATS
    from typedflow.render._report import report as report
    from typedflow.render._settings import FORMATS as FORMATS
    from typedflow.render._settings import settings as settings
    from typedflow.render._settings import settings_by_binding as settings_by_binding
    from typedflow.render._shell import shell_line as shell_line
    from typedflow.render._table import table as table
    from typedflow.render._text import text as text

__all__ = [
    "FORMATS",
    "REPORT_FORMATS",
    "Document",
    "RemovedLeaf",
    "comma_separated",
    "explanation_text",
    "explanations_page",
    "html",
    "json_line",
    "json_text",
    "markdown",
    "quoted",
    "report",
    "settings",
    "settings_by_binding",
    "shell_line",
    "table",
    "text",
]

__getattr__ = lazily(
    __name__,
    {
        "Document": "_document",
        "FORMATS": "_settings",
        "REPORT_FORMATS": "_report",
        "RemovedLeaf": "_document",
        "comma_separated": "_grid",
        "explanation_text": "_explanation",
        "explanations_page": "_explanation",
        "html": "_html",
        "json_line": "_json",
        "json_text": "_json",
        "markdown": "_grid",
        "quoted": "_quoted",
        "report": "_report",
        "settings": "_settings",
        "settings_by_binding": "_settings",
        "shell_line": "_shell",
        "table": "_table",
        "text": "_text",
    },
)

"""Values to text: diagnostics, reports, settings, tables. Width and colour are arguments: no terminal is asked.

A task that shows its config has neither what terminals nor what reports need, so each is loaded when it is used.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typedflow.render._document import Document as Document
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
else:
    from typedflow.values import lazy_names

    __getattr__, __dir__, __all__ = lazy_names(__name__)

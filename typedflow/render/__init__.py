"""Values as text: diagnostics, reports, settings, tables. Width and color are arguments, so no terminal is queried.

Each module is loaded on first use: a task that shows its config needs neither terminals nor reports.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typedflow.render._document import Document as Document
    from typedflow.render._explanation import explanation_text as explanation_text
    from typedflow.render._explanation import explanations_page as explanations_page
    from typedflow.render._html import html as html
    from typedflow.render._json import json_line as json_line
    from typedflow.render._json import json_text as json_text
    from typedflow.render._markdown_csv import comma_separated as comma_separated
    from typedflow.render._markdown_csv import markdown as markdown
    from typedflow.render._quoted import quoted as quoted
    from typedflow.render._report import REPORT_FORMATS as REPORT_FORMATS
    from typedflow.render._report import report as report
    from typedflow.render._settable_yaml import explanation as explanation
    from typedflow.render._settable_yaml import settable_yaml as settable_yaml
    from typedflow.render._settable_yaml import unsettable_yaml as unsettable_yaml
    from typedflow.render._setting_line import setting_line as setting_line
    from typedflow.render._settings import FORMATS as FORMATS
    from typedflow.render._settings import settings as settings
    from typedflow.render._settings import settings_by_binding as settings_by_binding
    from typedflow.render._shell import shell_line as shell_line
    from typedflow.render._table import table as table
    from typedflow.render._text import text as text
else:
    from typedflow.values import lazy_names

    __getattr__, __dir__, __all__ = lazy_names(__name__)

"""SQL: judges plain SQL files against declared tables, binds their placeholders, and writes DDL.

sqlglot is imported only here; a project without SQL does not load it.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typedflow.sql._dialects import DIALECTS as DIALECTS
    from typedflow.sql._dialects import Dialect as Dialect
    from typedflow.sql._findings import SqlFinding as SqlFinding
    from typedflow.sql._findings import SqlRule as SqlRule
    from typedflow.sql._judge import SqlJudgement as SqlJudgement
    from typedflow.sql._judge import judge_sql as judge_sql
    from typedflow.sql._target import Target as Target
else:
    from typedflow.values import lazy_names

    __getattr__, __dir__, __all__ = lazy_names(__name__)

"""Judges plain SQL files: the tables and columns that they use are declared, and what they make fits its table.

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

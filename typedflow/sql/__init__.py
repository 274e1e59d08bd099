"""SQL: judges plain files against declared tables, binds values and names, writes the statements that make tables.

sqlglot is imported only here; a project without SQL does not load it.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typedflow.sql._bind import bind_sql as bind_sql
    from typedflow.sql._ddl import add_column as add_column
    from typedflow.sql._ddl import create_schema as create_schema
    from typedflow.sql._ddl import create_table as create_table
    from typedflow.sql._ddl import quoted_name as quoted_name
    from typedflow.sql._dialects import DIALECTS as DIALECTS
    from typedflow.sql._dialects import Dialect as Dialect
    from typedflow.sql._engine_types import engine_type as engine_type
    from typedflow.sql._engine_types import read_engine_type as read_engine_type
    from typedflow.sql._engine_types import stored_type as stored_type
    from typedflow.sql._errors import SqlError as SqlError
    from typedflow.sql._findings import SqlFinding as SqlFinding
    from typedflow.sql._findings import SqlRule as SqlRule
    from typedflow.sql._judge import SqlJudgement as SqlJudgement
    from typedflow.sql._judge import judge_sql as judge_sql
    from typedflow.sql._target import Target as Target
else:
    from typedflow.values import lazy_names

    __getattr__, __dir__, __all__ = lazy_names(__name__)

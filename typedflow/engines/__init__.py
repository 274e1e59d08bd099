"""Database engines: DuckDB embedded, and any database that SQLAlchemy reaches; one protocol for both.

``typedflow[duckdb]`` and ``typedflow[warehouse]`` install them. Each operation is a connection and a transaction.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typedflow.engines._convert import Records as Records
    from typedflow.engines._duckdb import DuckDB as DuckDB
    from typedflow.engines._engine import EngineColumn as EngineColumn
    from typedflow.engines._engine import EngineError as EngineError
    from typedflow.engines._engine import Selection as Selection
    from typedflow.engines._engine import TablePath as TablePath
    from typedflow.engines._engine import WriteMode as WriteMode
    from typedflow.engines._frames import pandas_frame as pandas_frame
    from typedflow.engines._protocol import Engine as Engine
    from typedflow.engines._select import select as select
    from typedflow.engines._sqlalchemy import Warehouse as Warehouse
else:
    from typedflow.values import lazy_names

    __getattr__, __dir__, __all__ = lazy_names(__name__)

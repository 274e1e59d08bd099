"""Data frames as tables of Arrow, and back; pandas and pyarrow are imported when they are needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from typedflow.engines._engine import EngineError

if TYPE_CHECKING:
    import pandas
    import pyarrow


def pandas_frame(table: pyarrow.Table) -> pandas.DataFrame:
    """Return a table of Arrow as a data frame.

    Raises:
        EngineError: pandas is not installed.
    """
    try:
        import pandas  # noqa: F401
    except ImportError:
        raise EngineError("`.pandas()` requires pandas: `pip install pandas pyarrow`") from None
    return table.to_pandas()


def table_of(data: Any) -> pyarrow.Table | None:
    """Return a frame as a table of Arrow; None if pyarrow is not installed, and pandas is what was given.

    Raises:
        EngineError: a column of the frame has values of several types.
    """
    is_pandas = type(data).__module__.partition(".")[0] == "pandas"
    try:
        import pyarrow
    except ImportError:
        if is_pandas:
            return None
        raise EngineError("writing a table of Arrow requires pyarrow: `pip install pyarrow`") from None
    try:
        return pyarrow.Table.from_pandas(data, preserve_index=False) if is_pandas else pyarrow.table(data)
    except (pyarrow.ArrowInvalid, pyarrow.ArrowTypeError, pyarrow.ArrowNotImplementedError) as error:
        raise EngineError(f"the data frame has no Arrow types: {' '.join(map(str, error.args))}") from None


def rows_of_pandas(frame: pandas.DataFrame) -> list[dict[Any, Any]]:
    """Return the rows of a data frame; what it counts as missing is None."""
    rows: list[dict[Any, Any]] = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return rows

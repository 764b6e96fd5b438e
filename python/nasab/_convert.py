"""Columns of other libraries, in and out again.

Whatever exports Arrow's capsules comes in as it is. An answer goes out as a column of the library that the input was of, where
that library is known: pyarrow, Polars, pandas, or a list of Python; else as a `Column`, which exports capsules itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from nasab import _nasab


def _family(column: object) -> str:
    return type(column).__module__.partition(".")[0]


@dataclass(frozen=True)
class Entered:
    """A column that came in, and the way out for its answers."""

    arrow: object
    name: str | None
    out: Callable[[_nasab.Column], Any]

    @staticmethod
    def of(column: Any, name: str | None = None) -> Entered:
        """Takes a column in; `name` is what errors call it."""
        family = _family(column)
        if family == "pandas":
            return _of_pandas(column, name)
        if family == "polars":
            return _of_polars(column, name)
        if family == "pyarrow":
            return _of_pyarrow(column, name)
        if hasattr(column, "__arrow_c_array__") or hasattr(column, "__arrow_c_stream__"):
            return Entered(column, name, lambda answer: answer)
        if family == "numpy":
            listed = column.tolist()
            return Entered(_nasab.column_of(listed, name), name, lambda answer: answer)
        if isinstance(column, Iterable) and not isinstance(column, (str, bytes)):
            return Entered(_nasab.column_of(list(column), name), name, lambda answer: answer.to_pylist())
        raise TypeError(f"`{type(column).__name__}` is no column; give a list or a column of a library that speaks Arrow")

    def lenient(self, on_error: str) -> bool:
        """What to do with a row that is no name."""
        if on_error not in ("raise", "null"):
            raise ValueError(f"there is no way `{on_error}` to meet an error; take one of raise, null")
        return on_error == "null"

    def given_back(self, answer: _nasab.Column) -> Any:
        """An answer in the library of the input."""
        return self.out(answer)


def _of_pandas(column: Any, name: str | None) -> Entered:
    import pandas

    label = name if name is not None else (None if getattr(column, "name", None) is None else str(column.name))

    def out(answer: _nasab.Column) -> Any:
        import pyarrow

        array = pyarrow.array(answer)
        index, own = getattr(column, "index", None), getattr(column, "name", None)
        if pyarrow.types.is_nested(array.type):
            values = pandas.array(array, dtype=pandas.ArrowDtype(array.type))
            return pandas.Series(values, index=index, name=own)
        return pandas.Series(array.to_pandas().to_numpy(), index=index, name=own, dtype=_pandas_kind(column, array))

    if column.dtype == object:
        # Objects may be anything: each is looked at, so that a wrong one is told with its row.
        missing = pandas.isna(column)
        listed = [None if gone else value for gone, value in zip(missing, column)]
        return Entered(_nasab.column_of(listed, label), label, out)
    if hasattr(column, "__arrow_c_stream__"):
        return Entered(column, label, out)
    import pyarrow

    return Entered(pyarrow.Array.from_pandas(column), label, out)


def _pandas_kind(column: Any, array: Any) -> Any:
    import pandas
    import pyarrow

    if isinstance(column.dtype, pandas.ArrowDtype):
        return pandas.ArrowDtype(array.type)
    if pyarrow.types.is_floating(array.type):
        return "float64"
    # Of a dictionary or of bytes comes text.
    return column.dtype if isinstance(column.dtype, pandas.StringDtype) else None


def _of_polars(column: Any, name: str | None) -> Entered:
    import polars

    label = name if name is not None else getattr(column, "name", None) or None

    def out(answer: _nasab.Column) -> Any:
        return polars.Series(values=answer).alias(getattr(column, "name", ""))

    if getattr(column, "dtype", None) == polars.Null:
        # Such a column is given out with a buffer, which Arrow's own kind of nulls does not have.
        return Entered(column.cast(polars.String), label, out)
    if getattr(column, "dtype", None) == polars.Object:
        return Entered(_nasab.column_of(column.to_list(), label), label, out)
    return Entered(column, label, out)


def _of_pyarrow(column: Any, name: str | None) -> Entered:
    import pyarrow

    def out(answer: _nasab.Column) -> Any:
        array = pyarrow.array(answer)
        return pyarrow.chunked_array([array]) if isinstance(column, pyarrow.ChunkedArray) else array

    return Entered(column, name, out)

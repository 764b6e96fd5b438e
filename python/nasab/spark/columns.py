"""Functions on columns, each row by itself."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
from pyspark.sql import Column
from pyspark.sql import functions as F

import nasab
from nasab import columns
from nasab.spark._worker import ready, with_name


def normalize(column: Column | str, to: str = "dmg", *, source: str = "auto", on_error: str = "raise") -> Column:
    """Names in a scheme: ``df.withColumn("dmg", normalize("name", "dmg"))``."""
    version = nasab.__version__
    # A scheme that there is not is told before anything runs.
    nasab.normalize("Qays", to, source=source)
    called = column if isinstance(column, str) else "name"

    def work(names: pa.Array) -> pa.Array:
        ready(version)
        with with_name(called, names):
            return columns.normalize(names, to, source=source, on_error=on_error)

    return applied(work, "string", column)


def keys(column: Column | str) -> Column:
    """Blocking keys, an array of texts to explode and join on."""
    version = nasab.__version__

    def work(names: pa.Array) -> pa.Array:
        ready(version)
        return columns.keys(names)

    return applied(work, "array<string>", column)


def applied(work: Any, kind: str, column: Column | str) -> Column:
    """A function over Arrow's arrays, on a column."""
    # The types of the arguments are asked of the function when it is made; here they are no texts.
    work.__annotations__ = {"names": pa.Array, "return": pa.Array}
    answer: Column = F.arrow_udf(work, kind)(column)  # type: ignore[attr-defined]
    return answer

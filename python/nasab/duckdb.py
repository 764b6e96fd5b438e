"""Functions of nasab in the SQL of DuckDB.

>>> import duckdb, nasab.duckdb
>>> connection = nasab.duckdb.register(duckdb.connect())
>>> connection.sql("select nasab_normalize('Qaïs el-Khazaali', 'ala-lc')").fetchone()
('Qays al-Khazʻalī',)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import duckdb
import pyarrow as pa
from duckdb.func import FunctionNullHandling, PythonUDFType

from nasab import columns
from nasab._registry import Registry

PARTS = "STRUCT(role VARCHAR, text VARCHAR)[]"
LINKAGE = (
    "STRUCT(status VARCHAR, id VARCHAR, name VARCHAR, probability DOUBLE, "
    "matches STRUCT(id VARCHAR, name VARCHAR, probability DOUBLE, decided BOOLEAN)[])"
)


def _by_scheme(work: Callable[[Any, str], Any]) -> Callable[[Any, Any], Any]:
    """The scheme stands in every row, and is nearly always one."""

    def answer(names: Any, schemes: Any) -> Any:
        distinct = schemes.unique().to_pylist()
        if len(distinct) == 1 and distinct[0] is not None:
            return work(names, distinct[0])
        rows: list[Any] = [None] * len(names)
        for scheme in distinct:
            if scheme is None:
                continue
            places = [place for place, own in enumerate(schemes.to_pylist()) if own == scheme]
            for place, value in zip(places, work(names.take(pa.array(places)), scheme).to_pylist()):
                rows[place] = value
        return pa.array(rows)

    return answer


def register(
    connection: duckdb.DuckDBPyConnection, registry: Registry | None = None, *, on_error: str = "null"
) -> duckdb.DuckDBPyConnection:
    """Makes ``nasab_normalize(name, scheme)``, ``nasab_parse(name, scheme)``, ``nasab_keys(name)``,
    ``nasab_probability(left, right)`` and, with a registry, ``nasab_link(name)`` known to a connection.

    A text that is no name becomes null, or ends the query with ``on_error="raise"``.
    """

    def normalize(names: Any, scheme: str) -> Any:
        return columns.normalize(names, scheme, on_error=on_error)

    def parse(names: Any, scheme: str) -> Any:
        return columns.parse(names, scheme, on_error=on_error)

    def add(name: str, work: Callable[..., Any], takes: int, gives: str) -> None:
        parameters: list[Any] = ["VARCHAR"] * takes
        kind: Any = PythonUDFType.ARROW
        nulls: Any = FunctionNullHandling.SPECIAL
        connection.create_function(name, work, parameters, gives, type=kind, null_handling=nulls)

    add("nasab_normalize", _by_scheme(normalize), 2, "VARCHAR")
    add("nasab_parse", _by_scheme(parse), 2, PARTS)
    add("nasab_keys", lambda names: columns.keys(names), 1, "VARCHAR[]")
    add("nasab_probability", lambda left, right: columns.probability(left, right), 2, "DOUBLE")
    if registry is not None:
        add("nasab_link", lambda names: registry.link_column(names, on_error=on_error), 1, LINKAGE)
    return connection

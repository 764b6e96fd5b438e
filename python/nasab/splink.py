"""Comparison levels and blocking rules for Splink on DuckDB.

The connection that Splink works on must know nasab's functions (:func:`nasab.duckdb.register`), and the table must have the
keys of its names in a column (:func:`with_keys`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb
import splink.comparison_level_library as levels
import splink.comparison_library as comparisons
from splink import block_on

from nasab.duckdb import register

#: Where a probability is cut into levels. Splink learns what each of them weighs.
THRESHOLDS = (0.95, 0.8, 0.5, 0.2)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def name_level(column: str, least: float) -> Any:
    """The level of pairs whose names are one person's with this probability at least."""
    left, right = _quoted(column + "_l"), _quoted(column + "_r")
    return levels.CustomLevel(f"nasab_probability({left}, {right}) >= {float(least)}", f"{column}: one person >= {least:g}")


def name_comparison(column: str, thresholds: Sequence[float] = THRESHOLDS) -> Any:
    """A comparison of names: spelled alike, one level for each threshold, and all else."""
    own = [levels.NullLevel(column), levels.ExactMatchLevel(column)]
    own += [name_level(column, least) for least in sorted(thresholds, reverse=True)]
    return comparisons.CustomComparison(
        comparison_levels=[*own, levels.ElseLevel()],
        output_column_name=column,
        comparison_description="the probability by nasab that two names are one person's",
    )


def keys_column(column: str) -> str:
    """The column that :func:`with_keys` adds."""
    return f"{column}_keys"


def blocking_rule(column: str) -> Any:
    """Pairs that share a key of nasab."""
    return block_on(keys_column(column), arrays_to_explode=[keys_column(column)])


def training_rule(column: str) -> Any:
    """Pairs whose first key is one, for the training of Splink, which takes no rule of several keys."""
    return block_on(f"{_quoted(keys_column(column))}[1]")


def with_keys(connection: duckdb.DuckDBPyConnection, table: str, column: str, into: str) -> str:
    """Makes the table `into` from another, with the keys of a column of names beside it, and returns its name.

    It registers nasab's functions, if the connection does not know them.
    """
    known = connection.execute("select 1 from duckdb_functions() where function_name = 'nasab_keys'").fetchone()
    if known is None:
        register(connection)
    keys = _quoted(keys_column(column))
    connection.execute(
        f"create or replace table {_quoted(into)} as select *, nasab_keys({_quoted(column)}) as {keys} from {_quoted(table)}"
    )
    return into

"""Polars, pandas, DuckDB and Splink."""

from __future__ import annotations

import duckdb
import nasab
import nasab.duckdb
import nasab.pandas  # noqa: F401
import nasab.polars  # noqa: F401
import pandas as pd
import polars as pl
import pytest
from nasab import columns

NAMES = ["قيس الخزعلي", None, "Faleh al-Fayyadh"]
OTHERS = ["Qaïs el-Khazaali", "Qays", "Laith al-Khazali"]


def test_polars_expressions_answer_as_columns_do() -> None:
    frame = pl.DataFrame({"name": NAMES, "other": OTHERS})
    registry = nasab.Registry.of({"p1": ["Qays al-Khazali"]})
    own = pl.col("name").nasab  # type: ignore[attr-defined]
    rows = frame.lazy().select(
        dmg=own.normalize("dmg"),
        parts=own.parse(),
        keys=own.keys(),
        same=own.probability(pl.col("other")),
        one=own.probability("Qaïs el-Khazaali"),
        why=own.match(pl.col("other")),
        link=own.link(registry),
        group=own.cluster(),
    )
    kinds = rows.collect_schema()
    answer = rows.collect()
    assert answer.schema == kinds
    assert answer["dmg"].to_list() == columns.normalize(NAMES)
    assert answer["parts"].to_list() == columns.parse(NAMES)
    assert answer["keys"].to_list() == columns.keys(NAMES)
    assert answer["same"].to_list() == columns.probability(NAMES, OTHERS)
    assert answer["one"].to_list() == columns.probability(NAMES, "Qaïs el-Khazaali")
    assert answer["why"].to_list() == columns.match(NAMES, OTHERS)
    assert answer["link"].to_list() == columns.link(NAMES, registry)
    assert answer["group"].to_list() == columns.cluster(NAMES)


def test_polars_tells_the_row_of_an_error() -> None:
    frame = pl.DataFrame({"name": ["Qays", "?"]})
    with pytest.raises(Exception, match="column `name`, row 1: no letter in the name"):
        frame.select(pl.col("name").nasab.normalize())  # type: ignore[attr-defined]


def test_the_accessor_of_pandas_keeps_index_and_name() -> None:
    series = pd.Series(NAMES, index=["a", "b", "c"], name="name")
    other = pd.Series(OTHERS, index=["a", "b", "c"])
    own = series.nasab  # type: ignore[attr-defined]
    assert list(own.normalize().dropna()) == ["Qays al-Ḫazʿalī", "Fāliḥ al-Fayyāḍ"]
    assert list(own.normalize().index) == ["a", "b", "c"] and own.normalize().name == "name"
    assert own.probability(other).isna().tolist() == [False, True, False]
    assert own.keys()["a"] == nasab.keys(NAMES[0] or "")
    assert own.cluster().isna().tolist() == [False, True, False]


def test_duckdb_calls_the_functions_on_vectors() -> None:
    registry = nasab.Registry.of({"p1": ["Qays al-Khazali"]})
    connection = nasab.duckdb.register(duckdb.connect(), registry)
    connection.execute("create table t as select * from (values (1, 'قيس الخزعلي'), (2, null), (3, '?')) v(n, name)")
    rows = connection.sql(
        "select nasab_normalize(name, 'ala-lc'), nasab_parse(name, 'dmg'), len(nasab_keys(name)), "
        "nasab_probability(name, 'Qaïs el-Khazaali') > 0.9, nasab_link(name).id from t order by n"
    ).fetchall()
    parts = [{"role": "ism", "text": "Qays"}, {"role": "nisba", "text": "al-Ḫazʿalī"}]
    assert rows[0] == ("Qays al-Khazʻalī", parts, len(nasab.keys("قيس الخزعلي")), True, "p1")
    assert rows[1] == (None, None, None, None, None)
    assert rows[2][0] is None and rows[2][2] == 0
    mixed = connection.sql("select nasab_normalize('قيس', s) from (values ('dmg'), ('buckwalter'), (null)) v(s)").fetchall()
    assert mixed == [("Qays",), ("qys",), (None,)]
    strict = nasab.duckdb.register(duckdb.connect(), on_error="raise")
    with pytest.raises(duckdb.Error, match="no letter in the name"):
        strict.sql("select nasab_normalize('?', 'dmg')").fetchall()

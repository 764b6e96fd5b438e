"""Polars, pandas, DuckDB and Splink."""

from __future__ import annotations

from typing import Any

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


def test_groups_take_evidence_in_every_library() -> None:
    known, facts = ["p1", None, "p2"], ["born=1974", None, "born=1956"]
    names = ["Qays al-Khazali", "Qaïs el-Khazaali", "Faleh al-Fayyadh"]
    expected = columns.cluster(names, known=known, facts=facts, apart=[(0, 1)])
    assert expected[0] == "p1" and expected[2] == "p2" and expected[1] not in (None, "p1")
    frame = pl.DataFrame({"name": names, "known": known, "facts": facts})
    own = pl.col("name").nasab.cluster(known=pl.col("known"), facts=pl.col("facts"), apart=[(0, 1)])  # type: ignore[attr-defined]
    assert frame.select(group=own)["group"].to_list() == expected
    only = pl.col("name").nasab.cluster(facts=pl.col("facts"))  # type: ignore[attr-defined]
    assert frame.select(group=only)["group"].to_list() == columns.cluster(names, facts=facts)
    series = pd.Series(names, index=[7, 8, 9])
    grouped = series.nasab.cluster(known=pd.Series(known), facts=pd.Series(facts), apart=[(0, 1)])  # type: ignore[attr-defined]
    assert list(grouped) == expected and list(grouped.index) == [7, 8, 9]


def test_polars_refuses_what_is_no_text() -> None:
    own = pl.col("name").nasab  # type: ignore[attr-defined]
    with pytest.raises(Exception, match="column `name`: Int64 is no text; give a column of strings"):
        pl.DataFrame({"name": [1, 2]}).select(own.normalize())
    with pytest.raises(Exception, match="column `name`, row 1: not UTF-8 at byte 3"):
        pl.DataFrame({"name": [b"Qays", b"Qa\xff"]}).select(own.normalize())
    mixed = pl.Series("name", ["Qays", 7], dtype=pl.Object)
    with pytest.raises(Exception, match="column `name`, row 1: a value of type `int` is no text"):
        columns.keys(mixed)
    nulls = pl.DataFrame({"name": [None, None]})
    assert nulls.select(own.normalize())["name"].to_list() == [None, None]
    empty = pl.DataFrame({"name": []}, schema={"name": pl.String})
    answer = empty.select(dmg=own.normalize(), keys=own.keys(), same=own.probability("Qays"), group=own.cluster())
    assert answer.shape == (0, 4)


def test_pandas_refuses_what_is_no_text() -> None:
    def own(values: list[object], kind: object = object) -> Any:
        return pd.Series(values, name="name", dtype=kind).nasab  # type: ignore[call-overload]

    with pytest.raises(TypeError, match="column `name`: Int64 is no text"):
        own([1, 2], "int64").normalize()
    with pytest.raises(TypeError, match="column `name`, row 1: a value of type `int` is no text"):
        own(["Qays", 7]).cluster()
    with pytest.raises(TypeError, match="column `name`, row 2: a value of type `bytes` is no text"):
        own(["Qays", None, b"Qa\xff"]).keys()
    assert list(own([None, None]).normalize().isna()) == [True, True]
    assert len(own([], "str").normalize()) == 0 and len(own([]).cluster()) == 0


def test_duckdb_refuses_what_is_no_text() -> None:
    connection = nasab.duckdb.register(duckdb.connect())
    with pytest.raises(duckdb.Error, match="nasab_normalize"):
        connection.sql("select nasab_normalize([1, 2], 'dmg')").fetchall()
    assert connection.sql("select nasab_normalize(null, 'dmg')").fetchall() == [(None,)]
    connection.execute("create table nobody (name varchar)")
    assert connection.sql("select nasab_normalize(name, 'dmg'), nasab_keys(name) from nobody").fetchall() == []
    with pytest.raises(duckdb.Error, match="there is no scheme `dgm`|dgm"):
        connection.sql("select nasab_normalize('Qays', 'dgm')").fetchall()
    blob = connection.sql("select 'Qa\\xFF'::blob as name")
    with pytest.raises(nasab.NasabError, match="column `name`, row 0: not UTF-8 at byte 3"):
        columns.normalize(blob, name="name")


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

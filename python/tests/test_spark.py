"""Spark in one process: each answer is that of one machine."""

from __future__ import annotations

import nasab
import pyarrow as pa
import pytest
from nasab import columns
from nasab import spark as functions
from pyspark.errors import PythonException
from pyspark.sql import SparkSession

NAMES = [
    "Qays al-Khazali",
    "قيس الخزعلي",
    "Falih al-Fayyad",
    None,
    "Laith al-Khazali",
    "Qaïs el-Khazaali",
    "Falih al-Fayyad",
    "Muhammad Salman",
    "Salman Muhammad",
]


def test_columns_are_written_and_keyed(spark: SparkSession) -> None:
    df = spark.createDataFrame([(name,) for name in NAMES], "name string")
    rows = df.select(functions.normalize("name", "ala-lc").alias("text"), functions.keys("name").alias("keys")).collect()
    assert [row["text"] for row in rows] == columns.normalize(NAMES, "ala-lc")
    assert [row["keys"] for row in rows] == columns.keys(NAMES)
    with pytest.raises(nasab.NasabError, match="dgm"):
        functions.normalize("name", "dgm")
    wrong = spark.createDataFrame([("Qays",), ("12",)], "name string")
    # The row of a batch would say nothing: the name itself is told.
    with pytest.raises(PythonException, match="column `name`: no letter in the name, in `12`"):
        wrong.select(functions.normalize("name")).collect()
    lenient = wrong.select(functions.normalize("name", on_error="null").alias("text")).collect()
    assert [row["text"] for row in lenient] == ["Qays", None]


def test_decided_pairs_bind(spark: SparkSession) -> None:
    df = spark.createDataFrame(list(enumerate(NAMES)), "id long, name string")
    apart = spark.createDataFrame([("Qays al-Khazali", "قيس الخزعلي")], "left string, right string")
    same = spark.createDataFrame([("Laith al-Khazali", "Falih al-Fayyad")], "left string, right string")
    got = [row["group"] for row in functions.cluster(df, same=same, apart=apart).orderBy("id").collect()]
    assert got == columns.cluster(NAMES, same=[(4, 2)], apart=[(0, 1)])
    with pytest.raises(nasab.NasabError, match="apart from itself"):
        functions.cluster(df, apart=spark.createDataFrame([("x", "x")], "left string, right string"))


def test_what_is_no_name_is_told_or_null(spark: SparkSession) -> None:
    df = spark.createDataFrame([("Qays",), ("?",)], "name string")
    with pytest.raises(PythonException, match="column `name`: no letter in the name, in `\\?`"):
        functions.cluster(df)
    rows = {row["name"]: row["group"] for row in functions.cluster(df, on_error="null").collect()}
    assert rows["?"] is None and rows["Qays"] is not None
    empty = spark.createDataFrame([], "name string")
    assert functions.cluster(empty).collect() == [] and functions.pairs(empty).collect() == []


def test_another_version_on_a_worker_is_refused(spark: SparkSession, monkeypatch: pytest.MonkeyPatch) -> None:
    df = spark.createDataFrame([("Qays",)], "name string")
    monkeypatch.setattr(nasab, "__version__", "9.9.9")
    written = df.select(functions.normalize("name"))
    with pytest.raises(PythonException, match=r"the worker has nasab [\d.]+ and the driver 9.9.9"):
        written.collect()


def test_a_large_key_is_cut_into_stretches_as_one_machine_cuts_it(
    spark: SparkSession, people: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Two thousand bearers of one rare surname share a key that is larger than the largest.
    names = [f"{name.split()[0]} {name.split()[1]} Bouteflika" for _, name in people[:2200]]
    for partitions in ("1", "7"):
        spark.conf.set("spark.sql.shuffle.partitions", partitions)
        df = spark.createDataFrame(list(enumerate(names)), "id long, name string").repartition(int(partitions))
        got = functions.cluster(df).orderBy("id").select("group").toArrow()
        assert pa.chunked_array(got["group"]).to_pylist() == columns.cluster(names)

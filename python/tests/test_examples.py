"""The examples do what they say."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

from pyspark.sql import SparkSession

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


def example(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_polars_finds_the_persons_of_the_table() -> None:
    own = example("polars_cleaning")
    rows = own.cleaned(own.TABLE)
    assert rows["dmg"].to_list()[:2] == ["Qays al-Ḫazʿalī"] * 2
    persons = rows["person"].to_list()
    assert persons[0] == persons[1] != persons[5] and persons[2] == persons[3] and persons[4] is None


def test_duckdb_joins_two_files() -> None:
    found = {(left, right) for left, right, _ in example("duckdb_parquet").main()}
    assert found == {("Qays al-Khazali", "قيس الخزعلي"), ("Falih al-Fayyad", "فالح الفياض")}


def test_splink_finds_duplicates() -> None:
    own = example("splink_names")
    people = own.table()
    pairs = own.duplicates(people)
    right = int((pairs["person_l"] == pairs["person_r"]).sum())
    persons = people["person"].nunique()
    assert right >= 0.95 * persons, f"{right} of {persons} found"
    assert right >= 0.9 * len(pairs), f"{right} of {len(pairs)} right"


def test_spark_groups_and_links(spark: SparkSession) -> None:
    rows = example("spark_cluster").main(spark)
    assert [row["id"] for row in rows] == ["p1", "p1", "p2", "p2", None]
    assert rows[0]["group"] == rows[1]["group"] != rows[2]["group"] and rows[4]["group"] is None

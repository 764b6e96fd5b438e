"""Names to people who are too many for one worker, joined by blocking keys.

A name meets the people of its rarest keys, as many keys as bring it no more people than one key may have on one machine. Where even its rarest
key brings more, it meets the people who are spelled like it alone. Whom it meets is judged as a registry judges whom its index finds, so
the same person has the same probability here and there; an index finds a few whom no key brings, and the other way round.
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F
from pyspark.sql.pandas.types import to_arrow_schema

import nasab
from nasab import _nasab
from nasab.spark._store import Store
from nasab.spark._worker import ready
from nasab.spark.pairs import keyed

_MATCHES = "array<struct<id:string,name:string,probability:double,decided:boolean>>"
LINKAGE = f"struct<status:string,id:string,name:string,probability:double,matches:{_MATCHES}>"
_FOUND = f"query string, link {LINKAGE}"

#: Candidates that are judged at once, about.
SHARE = 100_000


def link_by_keys(
    df: DataFrame,
    people: DataFrame,
    *,
    column: str,
    into: str,
    top: int,
    threshold: float,
    review: float,
    on_error: str,
    checkpoint: str | None,
) -> DataFrame:
    """What :func:`nasab.spark.link` does with a table of people."""
    store = Store(df.sparkSession, checkpoint)
    asked = store.kept(keyed(df, column, on_error), "asked")
    bearers = people.select(F.col("id").cast("string").alias("id"), F.col("name").cast("string").alias("bearer"))
    bearers = bearers.where("id is not null and bearer is not null").distinct()
    # One who has no name with a letter can be nobody's answer.
    known = store.kept(keyed(bearers, "bearer", "null").withColumnRenamed("name", "bearer").join(bearers, "bearer"), "people")
    met = store.kept(_met(asked, known), "candidates")
    shares = max(1, -(-met.count() // SHARE))
    version = nasab.__version__
    # Spark takes no list whose elements are never null for one whose elements may be.
    schema = to_arrow_schema(df.sparkSession.createDataFrame([], _FOUND).schema)

    def work(table: pa.Table) -> pa.Table:
        ready(version)
        table = table.sort_by([("name", "ascending"), ("id", "ascending"), ("bearer", "ascending")])
        found = _nasab.judged(table["name"], table["id"], table["bearer"], top, threshold, review)
        return pa.Table.from_struct_array(pa.array(found)).cast(schema)

    dealt = met.withColumn("share", F.pmod(F.xxhash64("name"), F.lit(shares)))
    found = dealt.groupBy("share").applyInArrow(work, _FOUND)
    nobody: Any = F.struct(
        F.lit("none").alias("status"),
        *(F.lit(None).cast(kind).alias(field) for field, kind in (("id", "string"), ("name", "string"), ("probability", "double"))),
        F.array().cast(_MATCHES).alias("matches"),
    )
    answered = store.kept(
        asked.select("name").join(found, F.col("name") == F.col("query"), "left").select(
            F.col("name").alias("own_name"), F.coalesce("link", nobody).alias("own_link")
        ),
        "answers",
    )
    joined = df.join(answered, df[column].cast("string") == answered["own_name"], "left")
    return joined.withColumn(into, F.col("own_link")).drop("own_name", "own_link")


def _met(asked: DataFrame, known: DataFrame) -> DataFrame:
    """Each name with the people whom it meets: ``name``, ``id``, ``bearer``."""
    by_key = known.select(F.explode("keys").alias("key"), "id", "bearer")
    counts = by_key.groupBy("key").agg(F.count("*").alias("people"))
    # Keys of too many people are left out of the join, so that none of them is too large for a worker.
    few = counts.where(F.col("people") <= _nasab.LARGEST)
    own = asked.select("name", F.explode("keys").alias("key")).join(few, "key")
    rarest = Window.partitionBy("name").orderBy("people", "key").rowsBetween(Window.unboundedPreceding, 0)
    chosen = own.withColumn("sum", F.sum("people").over(rarest)).where(F.col("sum") <= _nasab.LARGEST).select("name", "key")
    alike = known.join(asked.select("name"), known["bearer"] == asked["name"])
    ranked = alike.withColumn("rank", F.row_number().over(Window.partitionBy("bearer").orderBy("id")))
    same = ranked.where(F.col("rank") <= _nasab.LARGEST).select("name", "id", "bearer")
    return chosen.join(by_key.join(few, "key"), "key").select("name", "id", "bearer").union(same).distinct()

"""Connected components, by DataFrames alone.

Two steps take turns until nothing changes: every vertex hangs its larger neighbours on its least one, then its smaller ones and itself.
What is left are stars, each around its least vertex. Each turn is on the disk before the next begins.
"""

from __future__ import annotations

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from nasab.spark._store import Store


def components(edges: DataFrame, store: Store) -> DataFrame:
    """The component of every vertex that has an edge: ``node``, ``component``, which is the least vertex in it."""
    one, two = F.least("left", "right"), F.greatest("left", "right")
    now = store.kept(edges.where("left <> right").select(one.alias("low"), two.alias("high")).distinct(), "graph")
    said = None
    while True:
        now = store.kept(_small(_large(now)), "stars")
        row = now.agg(F.count("*"), F.sum(F.xxhash64("low", "high") % (1 << 40))).first()
        # Equal counts and sums are equal stars: a turn that changes an edge lowers its vertex.
        if row == said:
            break
        said = row
    hung = now.select(F.col("high").alias("node"), F.col("low").alias("component"))
    return hung.union(now.select(F.col("low").alias("node"), F.col("low").alias("component"))).distinct()


def _large(edges: DataFrame) -> DataFrame:
    """The larger neighbours of each vertex, hung on the least of it and them."""
    both = edges.select(F.col("low").alias("u"), F.col("high").alias("v")).union(edges.select(F.col("high"), F.col("low")))
    least = both.groupBy("u").agg(F.min("v").alias("m")).select("u", F.least("u", "m").alias("m"))
    return both.where("v > u").join(least, "u").select(F.col("m").alias("low"), F.col("v").alias("high")).distinct()


def _small(edges: DataFrame) -> DataFrame:
    """The smaller neighbours of each vertex and it, hung on the least of them."""
    least = edges.groupBy("high").agg(F.min("low").alias("m"))
    joined = edges.join(least, "high").select("m", "low").where("m <> low").select(F.col("m").alias("low"), F.col("low").alias("high"))
    return joined.union(least.select(F.col("m").alias("low"), "high")).distinct()

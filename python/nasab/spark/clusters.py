"""Groups of names of one person.

Groups are joined along likely pairs, so that names which no chain of likely pairs connects never come into one group. The components
are found first; then whole components are dealt out, and each share is grouped as a list is on one machine, by the pairs that were found.
"""

from __future__ import annotations

# What pyarrow.compute has is put there when it is loaded.
# pyright: reportAttributeAccessIssue=false

import pyarrow as pa
import pyarrow.compute as pc
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

import nasab
from nasab import _nasab
from nasab.spark._store import Store
from nasab.spark._worker import ready
from nasab.spark.components import components
from nasab.spark.pairs import THRESHOLD, edges, numbered

#: Names that are grouped at once, about.
SHARE = 50_000


def cluster(
    df: DataFrame,
    *,
    column: str = "name",
    into: str = "group",
    threshold: float = THRESHOLD,
    same: DataFrame | None = None,
    apart: DataFrame | None = None,
    on_error: str = "raise",
    checkpoint: str | None = None,
) -> DataFrame:
    """The table with a column more, the group of each name; equal names have one group, nulls none.

    `same` and `apart` are tables of decided pairs of names, ``left`` and ``right``. Steps are kept in `checkpoint`, or in Spark's folder
    for checkpoints.
    """
    store = Store(df.sparkSession, checkpoint)
    nodes = numbered(df, column, on_error, store)
    found = edges(nodes, threshold, store)
    all_pairs = found.select("left", "right", "probability", F.lit(0).alias("said"))
    for said, decided in ((1, same), (2, apart)):
        if decided is not None:
            all_pairs = all_pairs.union(_by_number(decided, nodes, said))
    # What is decided to be apart keeps groups from being joined; it connects none.
    hung = components(all_pairs.where("said < 2").select("left", "right"), store)
    shares = max(1, -(-nodes.count() // SHARE), df.sparkSession.sparkContext.defaultParallelism)
    share = F.pmod(F.xxhash64("component"), F.lit(shares)).alias("share")
    placed = nodes.select("node", "name").join(hung, "node", "left")
    placed = store.kept(placed.select("node", "name", F.coalesce("component", "node").alias("component")), "components")
    dealt = placed.select("node", "name", share)
    by_node = placed.select(F.col("node").alias("left"), "component")
    linked = all_pairs.join(by_node, "left").select("left", "right", "probability", "said", share)
    version = nasab.__version__

    def work(names: pa.Table, links: pa.Table) -> pa.Table:
        ready(version)
        names = names.sort_by("node")
        likely = links.filter(pc.equal(links["said"], 0))
        decided = [
            list(zip(own["left"].to_pylist(), own["right"].to_pylist()))
            for own in (links.filter(pc.equal(links["said"], said)) for said in (1, 2))
        ]
        scored = (likely["left"], likely["right"], likely["probability"])
        groups = _nasab.groups(names["node"], names["name"], scored, decided[0], decided[1], threshold)
        return pa.Table.from_arrays([names["name"], pa.array(groups)], names=["grouped", "own_group"])

    grouped = dealt.groupBy("share").cogroup(linked.groupBy("share")).applyInArrow(work, "grouped string, own_group string")
    grouped = store.kept(grouped, "groups")
    joined = df.join(grouped, df[column].cast("string") == grouped["grouped"], "left")
    return joined.withColumn(into, F.col("own_group")).drop("grouped", "own_group")


def _by_number(decided: DataFrame, nodes: DataFrame, said: int) -> DataFrame:
    """Decided pairs by the numbers of their names; those of names that the table lacks are passed over."""
    if decided.where("left = right").limit(1).count() > 0 and said == 2:
        raise nasab.NasabError("a name is decided to be apart from itself; equal names are one here")
    one = nodes.select(F.col("node").alias("one"), F.col("name").alias("left"))
    two = nodes.select(F.col("node").alias("two"), F.col("name").alias("right"))
    both = decided.select("left", "right").join(one, "left").join(two, "right")
    low, high = F.least("one", "two").alias("left"), F.greatest("one", "two").alias("right")
    return both.select(low, high, F.lit(1.0).alias("probability"), F.lit(said).alias("said")).distinct()

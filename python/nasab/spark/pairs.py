"""Pairs of names that are likely one person's.

Different names are numbered in their order, and dealt out under their blocking keys. That table is sorted by key and name and
cut into stretches of equal length, whatever the keys: a key that a million names have is spread over as many stretches as it takes, and
none is larger than another. Each stretch gets the rows that follow it too, as many as a name may meet under one key. A key of more than
the library's largest number of names brings each only the next behind it, as on one machine. Pairs are scored where they first meet, and
the likely ones alone travel.
"""

from __future__ import annotations

# What pyarrow.compute has is put there when it is loaded.
# pyright: reportAttributeAccessIssue=false

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

import nasab
from nasab import _nasab
from nasab.spark._store import Store
from nasab.spark._worker import ready

#: Rows of a stretch. With those that follow it, one takes some megabytes.
STRETCH = 8192
#: From this probability on pairs are kept, as :func:`nasab.columns.cluster` does.
THRESHOLD = _nasab.THRESHOLD


def pairs(
    df: DataFrame,
    *,
    column: str = "name",
    threshold: float = THRESHOLD,
    on_error: str = "raise",
    checkpoint: str | None = None,
) -> DataFrame:
    """Likely pairs of the different names of a column: ``left``, ``right``, ``probability``; each pair once."""
    store = Store(df.sparkSession, checkpoint)
    nodes = numbered(df, column, on_error, store)
    found = edges(nodes, threshold, store)
    one = nodes.select(F.col("node").alias("left"), F.col("name").alias("left_name"))
    two = nodes.select(F.col("node").alias("right"), F.col("name").alias("right_name"))
    return found.join(one, "left").join(two, "right").select(
        F.col("left_name").alias("left"), F.col("right_name").alias("right"), "probability"
    )


def numbered(df: DataFrame, column: str, on_error: str, store: Store) -> DataFrame:
    """The different names in their order: ``node``, ``name``, ``keys``."""
    return store.ordered(keyed(df, column, on_error), ["name"], "node", "names")


def keyed(df: DataFrame, column: str, on_error: str) -> DataFrame:
    """The different names of a column with their blocking keys as numbers: ``name``, ``keys``."""
    version, schema = nasab.__version__, "name string, keys array<long>"
    if on_error not in ("raise", "null"):
        raise ValueError(f"there is no way `{on_error}` to meet an error; take one of raise, null")
    lenient = on_error == "null"

    def work(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        ready(version)
        for batch in batches:
            names = batch.column(0)
            keys = pa.array(_nasab.block_keys(names, column))
            refused = pc.is_null(keys)
            if pc.any(refused).as_py():
                if not lenient:
                    wrong = names.filter(refused)[0].as_py()
                    raise nasab.NasabError(f"column `{column}`: no letter in the name, in `{wrong}`")
                kept = pc.invert(refused)
                names, keys = names.filter(kept), keys.filter(kept)
            yield pa.RecordBatch.from_arrays([names, keys], names=["name", "keys"])

    names = df.select(F.col(column).cast("string").alias("name")).where("name is not null").distinct()
    return names.mapInArrow(work, schema)


def edges(nodes: DataFrame, threshold: float, store: Store) -> DataFrame:
    """Likely pairs of numbered names: ``left``, ``right``, ``probability``, the lower number on the left."""
    version, largest = nasab.__version__, _nasab.LARGEST
    rows = nodes.select(F.explode("keys").alias("key"), "node", "name")
    rows = store.ordered(rows, ["key", "node"], "place", "keys")
    common = rows.groupBy("key").count().where(F.col("count") > largest).select("key").orderBy("key")
    # A key among a thousand rows at the most, so that this is small beside the table.
    large = nodes.sparkSession.sparkContext.broadcast(common.toArrow()["key"])
    dealt = store.dense(rows, "place")
    own = F.floor(F.col("place") / STRETCH)
    behind = (F.col("place") % STRETCH < largest) & (own > 0)
    both = F.when(behind, F.array(own, own - 1)).otherwise(F.array(own))
    dealt = dealt.select("key", "node", "name", "place", F.explode(both).alias("stretch"))

    def work(table: pa.Table) -> pa.Table:
        ready(version)
        table = table.sort_by("place")
        end = (table["stretch"][0].as_py() + 1) * STRETCH
        mine = pc.sum(pc.less(table["place"], end)).as_py()
        found = _nasab.meet(table["key"], table["node"], table["name"], large.value, mine, threshold)
        return pa.Table.from_struct_array(pa.array(found))

    found = dealt.groupBy("stretch").applyInArrow(work, "left long, right long, probability double")
    # A pair whose common keys are all large may have met in several stretches; what they made of it is the same.
    return store.kept(found.dropDuplicates(["left", "right"]), "pairs")

"""Steps of a long computation, each on the disk before the next begins.

A step is written as Parquet under a folder that every worker sees, so that a worker that dies costs its own tasks alone, and no later
step asks for an earlier one to be done again.
"""

from __future__ import annotations

import uuid

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F


class Store:
    """The steps of one computation."""

    def __init__(self, spark: SparkSession, folder: str | None) -> None:
        base = folder or spark.sparkContext.getCheckpointDir()
        if base is None:
            raise ValueError(
                "no folder for intermediate steps; set one with `SparkContext.setCheckpointDir` or `checkpoint=`, "
                "which every worker sees"
            )
        self._spark, self._folder = spark, f"{base.rstrip('/')}/nasab-{uuid.uuid4().hex}"
        self._steps = 0

    def kept(self, df: DataFrame, label: str) -> DataFrame:
        """The table as it was written."""
        self._steps += 1
        path = f"{self._folder}/{self._steps:03}-{label}"
        df.write.parquet(path)
        return self._spark.read.schema(df.schema).parquet(path)

    def ordered(self, df: DataFrame, by: list[str], number: str, label: str) -> DataFrame:
        """The table sorted, each row with a number that rises in that order; the numbers have gaps."""
        return self.kept(df.orderBy(*by).withColumn(number, F.monotonically_increasing_id()), label)

    def dense(self, df: DataFrame, number: str) -> DataFrame:
        """The numbers of :meth:`ordered` without gaps."""
        part = F.shiftright(number, 33)
        counts = df.groupBy(part.alias("part")).count().orderBy("part").collect()
        rows, before = [], 0
        for row in counts:
            rows.append((row["part"], before))
            before += row["count"]
        starts = self._spark.createDataFrame(rows, "part long, start long")
        within = F.col(number).bitwiseAND(F.lit((1 << 33) - 1))
        joined = df.withColumn("part", part).join(F.broadcast(starts), "part")
        return joined.withColumn(number, F.col("start") + within).drop("part", "start")

"""The program for ``spark-submit``: ``spark-submit $(nasab-spark --path) link --registry people.nasab in.parquet out.parquet``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from pyspark.sql import DataFrame, SparkSession

import nasab
from nasab import spark as functions


def parser() -> argparse.ArgumentParser:
    """The arguments."""
    own = argparse.ArgumentParser("nasab-spark", description="Normalizes, links or groups the names of a table by Apache Spark.")
    own.add_argument("--path", action="store_true", help="print the file for spark-submit, and end")
    own.add_argument("--version", action="version", version=f"nasab {nasab.__version__}")
    tasks = own.add_subparsers(dest="task", metavar="TASK")
    for task, about in (
        ("normalize", "names in a scheme"),
        ("link", "names to the people of a registry"),
        ("pairs", "likely pairs"),
        ("cluster", "the group of each name"),
    ):
        sub = tasks.add_parser(task, help=about)
        sub.add_argument("input", help="a Parquet or CSV table")
        sub.add_argument("output", help="where the answer goes, as Parquet; it must not exist")
        sub.add_argument("--column", default="name")
        sub.add_argument("--on-error", choices=("raise", "null"), default="raise")
        if task == "normalize":
            sub.add_argument("--to", default="dmg")
        if task == "link":
            sub.add_argument("--registry", required=True)
            sub.add_argument("--top", type=int, default=5)
        if task in ("pairs", "cluster"):
            sub.add_argument("--checkpoint", required=True, help="a folder that every worker sees")
            sub.add_argument("--threshold", type=float, default=0.4)
    return own


def answer(df: DataFrame, given: argparse.Namespace) -> DataFrame:
    """The table that a task makes."""
    own = {"column": given.column, "on_error": given.on_error}
    if given.task == "normalize":
        written = functions.normalize(given.column, given.to, on_error=given.on_error)
        return df.withColumn(given.to.replace(":", "_"), written)
    if given.task == "link":
        return functions.link(df, given.registry, top=given.top, **own)
    steps = {"threshold": given.threshold, "checkpoint": given.checkpoint}
    return functions.pairs(df, **steps, **own) if given.task == "pairs" else functions.cluster(df, **steps, **own)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one task."""
    own = parser()
    given = own.parse_args(arguments)
    if given.path:
        print(__file__)
        return 0
    if given.task is None:
        own.error("name a task")
    spark = SparkSession.builder.appName(f"nasab {given.task}").getOrCreate()
    try:
        ending = given.input.rsplit(".", 1)[-1]
        df = spark.read.option("header", True).csv(given.input) if ending == "csv" else spark.read.parquet(given.input)
        answer(df, given).write.parquet(given.output)
    except nasab.NasabError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    finally:
        spark.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The program for ``spark-submit``: ``spark-submit $(nasab-spark --path) link --registry people.nasab in.parquet out.parquet``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession

import nasab
from nasab import spark as functions
from nasab.spark.pairs import THRESHOLD


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
            people = sub.add_mutually_exclusive_group(required=True)
            people.add_argument("--registry", help="a registry file or a list, which each worker holds")
            people.add_argument("--people", help="a Parquet or CSV table of id and name, joined by keys; needs --checkpoint")
            sub.add_argument("--checkpoint", help="a folder that every worker sees")
            sub.add_argument("--top", type=int, default=5)
        if task in ("pairs", "cluster"):
            sub.add_argument("--checkpoint", required=True, help="a folder that every worker sees")
            sub.add_argument("--threshold", type=float, default=THRESHOLD)
    return own


def table(spark: SparkSession, path: str) -> DataFrame:
    """A table by the ending of its file."""
    return spark.read.option("header", True).csv(path) if path.endswith(".csv") else spark.read.parquet(path)


def answer(df: DataFrame, given: argparse.Namespace) -> DataFrame:
    """The table that a task makes."""
    own = {"column": given.column, "on_error": given.on_error}
    if given.task == "normalize":
        written = functions.normalize(given.column, given.to, on_error=given.on_error)
        return df.withColumn(given.to.replace(":", "_"), written)
    if given.task == "link":
        people = given.registry or table(df.sparkSession, given.people)
        return functions.link(df, people, top=given.top, checkpoint=given.checkpoint, **own)
    steps = {"threshold": given.threshold, "checkpoint": given.checkpoint}
    return functions.pairs(df, **steps, **own) if given.task == "pairs" else functions.cluster(df, **steps, **own)


def _told(error: Exception) -> str:
    """What a user is told; of an error on a worker, its own text without the way there."""
    text, mark = str(error), f"{nasab.NasabError.__name__}: "
    own = [line.partition(mark)[2] for line in text.splitlines() if mark in line]
    return own[-1] if own else text


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
        answer(table(spark, given.input), given).write.parquet(given.output)
    except (nasab.NasabError, ValueError, PySparkException) as error:
        print(f"error: {_told(error)}", file=sys.stderr)
        return 2
    finally:
        spark.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Names for the tests, and Spark as a local session or as a cluster of processes."""

from __future__ import annotations

import csv
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyspark.sql import SparkSession
from standalone import Cluster, session

PROJECT = Path(__file__).resolve().parents[2]
#: Made names of everyday tests; `benches/spark_cluster.py` has the measured size.
COUNT = int(os.environ.get("NASAB_SPARK_NAMES", "2500"))


@pytest.fixture(scope="session")
def people(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str]]:
    """Made persons of the project's own chore, with ids."""
    path = tmp_path_factory.mktemp("people") / "people.csv"
    command = ["cargo", "xtask", "generate", str(COUNT), str(path)]
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["id"], row["name"]) for row in csv.DictReader(file)]


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    own = session("local[2]", tmp_path_factory.mktemp("steps"))
    yield own
    own.stop()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    own = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        own.add_worker()
        own.add_worker()
        yield own
    finally:
        own.stop()

"""Names to the people of a registry, on every worker.

The registry is sent to each worker once, as a file with its index beside it, and mapped into memory there.
"""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import tempfile
from functools import lru_cache
from pathlib import Path

import pyarrow as pa
from pyspark import SparkFiles
from pyspark.sql import DataFrame

import nasab
from nasab._registry import Registry
from nasab.spark._worker import ready
from nasab.spark.columns import _applied

LINKAGE = (
    "struct<status:string,id:string,name:string,probability:double,"
    "matches:array<struct<id:string,name:string,probability:double,decided:boolean>>>"
)


def link(
    df: DataFrame,
    registry: str | Path,
    *,
    column: str = "name",
    into: str = "link",
    top: int = 5,
    threshold: float = 0.9,
    review: float = 0.3,
    on_error: str = "raise",
) -> DataFrame:
    """The table with a column more: ``status``, the best ``id``, ``name``, ``probability``, and ``matches``."""
    version, shipped = nasab.__version__, _ship(df, Path(registry))

    def work(names: pa.Array) -> pa.Array:
        ready(version)
        return _opened(SparkFiles.get(shipped)).link_column(
            names, top=top, threshold=threshold, review=review, on_error=on_error, name=column
        )

    return df.withColumn(into, _applied(work, LINKAGE, df[column]))


@lru_cache(maxsize=2)
def _opened(path: str) -> Registry:
    """A worker's process opens a registry once."""
    return Registry(path)


def _ship(df: DataFrame, path: Path) -> str:
    """Sends a registry to the workers and returns the name under which they find it."""
    own = Path(tempfile.mkdtemp(prefix="nasab-"))
    if path.read_bytes()[:6] == b"SQLite":
        # One consistent state, with what stands in the log that is written ahead.
        copy = own / f"{_digest(path)}{path.suffix}"
        source, target = sqlite3.connect(path), sqlite3.connect(copy)
        with source, target:
            source.backup(target)
        source.close()
        target.close()
        index = path.with_name(path.name + ".index")
        # The index is brought up to date here, so that no worker makes it anew.
        Registry(path)
        if index.is_dir():
            folder = copy.with_name(copy.name + ".index")
            shutil.copytree(index, folder)
            df.sparkSession.sparkContext.addFile(str(folder), recursive=True)
    else:
        Registry(path)
        copy = own / f"{_digest(path)}{path.suffix}"
        shutil.copyfile(path, copy)
    df.sparkSession.sparkContext.addFile(str(copy))
    return copy.name


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    log = path.with_name(path.name + "-wal")
    for part in (path, log) if log.exists() else (path,):
        with part.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()[:16]

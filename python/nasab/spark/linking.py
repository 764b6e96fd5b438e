"""Names to the people of a registry, on every worker.

A registry that fits into a worker is sent to each of them once, in one archive with its index, and mapped into memory there. The people of
one that does not are a table, and are joined by keys.
"""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import tarfile
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyspark import SparkFiles
from pyspark.sql import DataFrame, SparkSession

import nasab
from nasab._registry import Registry
from nasab.spark._worker import ready, with_name
from nasab.spark.columns import applied
from nasab.spark.keyed import LINKAGE, link_by_keys


def link(
    df: DataFrame,
    registry: str | Path | DataFrame,
    *,
    column: str = "name",
    into: str = "link",
    top: int = 5,
    threshold: float = 0.9,
    review: float = 0.3,
    on_error: str = "raise",
    checkpoint: str | None = None,
) -> DataFrame:
    """The table with a column more: ``status``, the best ``id``, ``name``, ``probability``, and ``matches``.

    `registry` is a registry file or a list, which each worker holds; or, where it is too large for one, a table of ``id`` and ``name``, a row for
    each name (of a registry file, `nasab registry export` writes it). A table is joined by keys, with its steps in `checkpoint` or in
    Spark's folder for checkpoints.
    """
    options: dict[str, Any] = {"top": top, "threshold": threshold, "review": review}
    if isinstance(registry, DataFrame):
        return link_by_keys(df, registry, column=column, into=into, on_error=on_error, checkpoint=checkpoint, **options)
    version, (folder, file) = nasab.__version__, _ship(df.sparkSession, Path(registry))

    def work(names: pa.Array) -> pa.Array:
        ready(version)
        own = _opened(str(Path(SparkFiles.get(folder), file)))
        with with_name(column, names):
            return own.link_column(names, on_error=on_error, **options)

    return df.withColumn(into, applied(work, LINKAGE, df[column]))


@lru_cache(maxsize=2)
def _opened(path: str) -> Registry:
    """A worker's process opens a registry once."""
    return Registry(path)


def _ship(spark: SparkSession, path: Path) -> tuple[str, str]:
    """Sends a registry to the workers; returns the folder in which they find it, and its name there."""
    # The index is brought up to date here, so that no worker makes it anew.
    Registry(path)
    own = Path(tempfile.mkdtemp(prefix="nasab-"))
    label, file = _digest(path), f"registry{path.suffix}"
    copy = own / file
    with path.open("rb") as head:
        sqlite = head.read(6) == b"SQLite"
    if sqlite:
        # One consistent state, with what stands in the log that is written ahead.
        source, target = sqlite3.connect(path), sqlite3.connect(copy)
        with source, target:
            source.backup(target)
        source.close()
        target.close()
    else:
        shutil.copyfile(path, copy)
    index = path.with_name(path.name + ".index")
    archive = own / f"nasab-{label}.tar"
    with tarfile.open(archive, "w") as packed:
        packed.add(copy, file)
        if index.is_dir():
            packed.add(index, f"{file}.index")
    copy.unlink()
    # Spark sends no folders, and unpacks archives.
    spark.sparkContext.addArchive(f"{archive}#nasab-{label}")
    return f"nasab-{label}", file


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    log = path.with_name(path.name + "-wal")
    for part in (path, log) if log.exists() else (path,):
        with part.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()[:16]

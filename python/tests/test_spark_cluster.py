"""A standalone cluster: a master, two workers, each a process; one of them is killed."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import nasab
import pytest
from conftest import Cluster, session
from nasab import columns
from nasab import spark as functions

pytestmark = pytest.mark.cluster


def test_a_cluster_answers_as_one_machine_does_though_a_worker_dies(
    cluster: Cluster, people: list[tuple[str, str]], tmp_path: Path
) -> None:
    names = [name for _, name in people]
    began = time.monotonic()
    expected = columns.cluster(names)
    print(f"\none machine: {len(names)} names, {time.monotonic() - began:.1f} s")
    spark = session(cluster.url, tmp_path / "steps")
    try:
        table = str(tmp_path / "people.parquet")
        spark.createDataFrame(list(enumerate(names)), "number long, name string").write.parquet(table)
        df = spark.read.parquet(table)

        began = time.monotonic()
        got = [row["group"] for row in functions.cluster(df).orderBy("number").select("group").collect()]
        whole = time.monotonic() - began
        print(f"two workers: {whole:.1f} s, {len(set(got))} groups")
        assert got == expected

        registry = tmp_path / "registry.csv"
        rows = [f'{id},"{name}"' for id, name in people[: len(people) // 10]]
        registry.write_text("\n".join(["id,name", *rows]), encoding="utf-8")
        began = time.monotonic()
        linked = functions.link(df, registry).orderBy("number").select("link").collect()
        print(f"link to {len(rows)}: {time.monotonic() - began:.1f} s")
        alone = columns.link(names, nasab.Registry(registry))
        assert [row["link"].asDict(recursive=True) for row in linked] == alone

        timer = threading.Timer(whole / 2, cluster.kill_worker, [0])
        timer.start()
        got = [row["group"] for row in functions.cluster(df).orderBy("number").select("group").collect()]
        timer.join()
        assert got == expected
    finally:
        spark.stop()

"""A standalone cluster: a master, two workers, each a process; one of them is killed."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import nasab
import pyarrow.parquet
import pytest
from nasab import columns
from nasab import spark as functions
from standalone import HOME, SETTINGS, Cluster, session

pytestmark = pytest.mark.cluster


def test_a_cluster_answers_as_one_machine_does_though_a_worker_dies(
    cluster: Cluster, people: list[tuple[str, str]], tmp_path: Path
) -> None:
    names = [name for _, name in people]
    expected = columns.cluster(names)
    cluster.add_worker()
    spark = session(cluster.url, tmp_path / "steps")
    try:
        table = str(tmp_path / "people.parquet")
        spark.createDataFrame(list(enumerate(names)), "number long, name string").write.parquet(table)
        df = spark.read.parquet(table)

        listed = tmp_path / "people.csv"
        rows = [f'{id},"{name}"' for id, name in people[:1200]]
        listed.write_text("\n".join(["id,name", *rows]), encoding="utf-8")
        registry = nasab.Registry.create(tmp_path / "people.nasab", listed, author="tests")
        linked = functions.link(df, tmp_path / "people.nasab").orderBy("number").select("link").collect()
        assert [row["link"].asDict(recursive=True) for row in linked] == columns.link(names, registry)

        def kill() -> None:
            # In the middle: the first steps are on the disk, the others are not.
            while not any((tmp_path / "steps").rglob("002-keys/_SUCCESS")):
                time.sleep(0.1)
            cluster.kill_worker(0)

        thread = threading.Thread(target=kill, daemon=True)
        thread.start()
        got = [row["group"] for row in functions.cluster(df).orderBy("number").select("group").collect()]
        thread.join(timeout=10)
        assert not thread.is_alive() and cluster.workers[0].returncode is not None
        assert got == expected
    finally:
        spark.stop()


def submit(cluster: Cluster, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The program, sent to the cluster as a user sends it."""
    program = subprocess.run(["nasab-spark", "--path"], capture_output=True, text=True, check=True).stdout.strip()
    settings = [part for key, value in SETTINGS.items() for part in ("--conf", f"{key}={value}")]
    command = [str(HOME / "bin" / "spark-submit"), "--master", cluster.url, *settings, program, *arguments]
    environment = {**os.environ, "SPARK_HOME": str(HOME), "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    return subprocess.run(command, capture_output=True, text=True, env=environment)


def test_the_program_is_sent_to_a_cluster(cluster: Cluster, tmp_path: Path) -> None:
    names = ["Qays al-Khazali", "قيس الخزعلي", "Falih al-Fayyad", "Laith al-Khazali"]
    source, steps = tmp_path / "in.csv", str(tmp_path / "steps")
    source.write_text("\n".join(["name", *names]) + "\n", encoding="utf-8")
    done = submit(cluster, "cluster", str(source), str(tmp_path / "groups"), "--checkpoint", steps)
    assert done.returncode == 0, done.stderr
    rows = pyarrow.parquet.read_table(tmp_path / "groups").to_pylist()
    assert {row["name"]: row["group"] for row in rows} == dict(zip(names, columns.cluster(names)))

    people = tmp_path / "people.csv"
    people.write_text("id,name\np1,Qays al-Khazali\n", encoding="utf-8")
    arguments = ("link", str(source), str(tmp_path / "links"), "--people", str(people), "--checkpoint", steps)
    assert submit(cluster, *arguments).returncode == 0
    rows = pyarrow.parquet.read_table(tmp_path / "links").to_pylist()
    assert {row["name"]: row["link"]["id"] for row in rows if row["link"]["status"] == "linked"} == {name: "p1" for name in names[:2]}

    source.write_text("name\n12\n", encoding="utf-8")
    refused = submit(cluster, "normalize", str(source), str(tmp_path / "written"))
    assert refused.returncode == 2
    # spark-submit puts both streams of a program of Python on its standard output.
    assert refused.stdout.splitlines()[-1] == "error: column `name`: no letter in the name, in `12`"

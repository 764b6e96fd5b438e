"""Names grouped and linked by a standalone cluster, held against one machine: the same answers, what they cost, a worker killed on the way.

    python benches/spark_cluster.py NAMES.csv COUNT [FEW] [--alone GROUPS.tsv]

NAMES.csv is what `cargo xtask generate` writes. COUNT of its names are grouped by two workers of one core, one of which is killed in the
middle; FEW of them (a tenth) before that by one worker and by two, to see how the work divides. The groups of one machine are made
here, or are in GROUPS.tsv as `nasab cluster --format tsv` wrote them for the same COUNT names. Time is told as seconds on the clock and as
seconds of a processor that each executor took with its Python, which other programs beside it do not change.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nasab
from nasab import columns
from nasab import spark as functions
from pyspark.sql import DataFrame

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from standalone import Cluster, session, taken  # noqa: E402

#: Bearers among the people that are linked to, one name in so many.
PEOPLE = 10


class Watch:
    """What each executor takes, looked at every half second."""

    def __init__(self, cluster: Cluster) -> None:
        self.seconds = [0.0] * len(cluster.workers)
        self.held = [0] * len(cluster.workers)
        self._cluster, self._over = cluster, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._over.wait(0.5):
            for place, worker in enumerate(self._cluster.workers):
                seconds, held = taken(worker)
                # A process of Python that ended takes its count with it.
                self.seconds[place] = max(self.seconds[place], seconds)
                self.held[place] = max(self.held[place], held)

    def end(self) -> None:
        self._over.set()
        self._thread.join()


def timed(what: str, work: Callable[[], Any], watch: Watch | None = None) -> Any:
    before = list(watch.seconds) if watch else []
    began = time.monotonic()
    answer = work()
    line = f"{what:44} {time.monotonic() - began:8.1f} s"
    if watch is not None:
        time.sleep(1)
        line += "  executors " + " + ".join(f"{now - then:.1f}" for now, then in zip(watch.seconds, before)) + " s of a processor"
    print(line, flush=True)
    return answer


def groups(df: DataFrame) -> list[Any]:
    return [row["group"] for row in functions.cluster(df).orderBy("number").select("group").collect()]


def scaled(names: list[str], folder: Path, workers: int) -> list[Any]:
    """The same names by some workers."""
    cluster = Cluster(folder)
    try:
        for _ in range(workers):
            cluster.add_worker()
        spark = session(cluster.url, folder / "steps")
        df = table(spark, names, folder)
        # The executors start, and Python on them, before anything is counted.
        df.select(functions.keys("name")).count()
        watch = Watch(cluster)
        time.sleep(2)
        found: list[Any] = timed(f"cluster, {len(names)} names, workers: {workers}", lambda: groups(df), watch)
        watch.end()
        print(f"{'':44} held at most: {', '.join(f'{own / 2**20:.0f} MiB' for own in watch.held)}", flush=True)
        spark.stop()
        return found
    finally:
        cluster.stop()


def table(spark: Any, names: list[str], folder: Path) -> DataFrame:
    path = str(folder / "names.parquet")
    spark.createDataFrame(list(enumerate(names)), "number long, name string").write.parquet(path)
    df: DataFrame = spark.read.parquet(path)
    return df


def whole(names: list[str], alone: list[Any], folder: Path) -> None:
    """All names by two workers; one of them is killed when the other has most of the pairs."""
    cluster = Cluster(folder)
    try:
        cluster.add_worker()
        cluster.add_worker()
        spark = session(cluster.url, folder / "steps")
        df = table(spark, names, folder)
        watch = Watch(cluster)
        killed: list[str] = []

        def kill() -> None:
            while not any((folder / "steps").rglob("*-pairs/_temporary")):
                time.sleep(0.2)
            # Half of the tasks that score pairs are done when so many files are there.
            while len(list((folder / "steps").rglob("*-pairs/**/*.parquet"))) < 2:
                if any((folder / "steps").rglob("*-pairs/_SUCCESS")):
                    break
                time.sleep(0.2)
            killed.append("while pairs were scored" if not any((folder / "steps").rglob("*-pairs/_SUCCESS")) else "after the pairs")
            cluster.kill_worker(0)

        registry = nasab.Registry.create(folder / "people.nasab", people(names, folder), author="benches")
        expected = timed(f"one machine: link to {len(names) // PEOPLE}", lambda: columns.link(names, registry))
        linked = timed("link", lambda: [row["link"].asDict(recursive=True) for row in link(df, folder)], watch)
        print(f"  {sum(one != two for one, two in zip(linked, expected, strict=True))} names are linked otherwise", flush=True)
        thread = threading.Thread(target=kill, daemon=True)
        thread.start()
        found = timed(f"cluster, {len(names)} names, workers: 2", lambda: groups(df), watch)
        watch.end()
        print(f"  a worker was killed {' '.join(killed)}; {sum(a != b for a, b in zip(found, alone, strict=True))} names are grouped otherwise")
        print(f"  {len(set(found))} groups; held at most: {', '.join(f'{own / 2**20:.0f} MiB' for own in watch.held)}", flush=True)
        spark.stop()
    finally:
        cluster.stop()


def link(df: DataFrame, folder: Path) -> list[Any]:
    return functions.link(df, folder / "people.nasab").orderBy("number").select("link").collect()


def people(names: list[str], folder: Path) -> Path:
    """Some of the names as a list of people."""
    path = folder / "people.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "name"])
        rows.writerows([f"p{place}", name] for place, name in enumerate(names[::PEOPLE]))
    return path


def grouped_alone(names: list[str], folder: Path) -> list[Any]:
    """The groups of one machine, in a process of its own, so that its memory is not this one's."""
    code = (
        "import sys, resource; from nasab import columns\n"
        "names = open(sys.argv[1], encoding='utf-8').read().split('\\n')\n"
        "open(sys.argv[2], 'w').write('\\n'.join(columns.cluster(names)))\n"
        "used = resource.getrusage(resource.RUSAGE_SELF)\n"
        "print(f'  {used.ru_utime:.1f} s of a processor, {used.ru_maxrss / 1024:.0f} MiB')"
    )
    (folder / "names.txt").write_text("\n".join(names), encoding="utf-8")
    subprocess.run([sys.executable, "-I", "-c", code, str(folder / "names.txt"), str(folder / "groups.txt")], check=True)
    return (folder / "groups.txt").read_text(encoding="utf-8").split("\n")


def main() -> None:
    own = argparse.ArgumentParser()
    own.add_argument("names", type=Path)
    own.add_argument("count", type=int)
    own.add_argument("few", type=int, nargs="?")
    own.add_argument("--alone", type=Path)
    given = own.parse_args()
    with given.names.open(encoding="utf-8", newline="") as file:
        names = [row["name"] for row in csv.DictReader(file)][: given.count]
    few = names[: given.few or len(names) // 10]
    with tempfile.TemporaryDirectory(prefix="nasab-") as root:
        folders = [Path(root) / label for label in ("alone", "one", "two", "whole")]
        for folder in folders:
            folder.mkdir()
        small = timed(f"one machine: cluster, {len(few)} names", lambda: grouped_alone(few, folders[0]))
        for workers in (1, 2):
            found = scaled(few, folders[workers], workers)
            print(f"  {sum(a != b for a, b in zip(found, small, strict=True))} names are grouped otherwise", flush=True)
        if len(few) == len(names):
            alone = small
        elif given.alone is not None:
            with given.alone.open(encoding="utf-8") as file:
                by_name = {name: group for group, name in (line.rstrip("\n").split("\t", 1) for line in file)}
            alone = [by_name[name] for name in names]
        else:
            alone = timed(f"one machine: cluster, {len(names)} names", lambda: grouped_alone(names, folders[0]))
        whole(names, alone, folders[3])


if __name__ == "__main__":
    main()

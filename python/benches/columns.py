"""How fast columns are: beside the program on the same names, and beside RapidFuzz and nomenklatura on the same pairs.

    python benches/columns.py PROGRAM NAMES.csv [ROWS]

PROGRAM is nasab's own, built with `cargo build --release`; NAMES.csv is what `cargo xtask generate` writes. Each figure is the best of
three runs; the peers have fewer pairs where they are slow. The program's time has the reading and writing of its files in it, and the
start of the process, which is told apart.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
from nasab import columns

RUNS = 3
#: Pairs for nomenklatura, which takes them one by one.
FEW = 500


def best(work: Callable[[], Any]) -> float:
    """Seconds of the quickest run."""
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def program(path: str, *arguments: str, lines: list[str]) -> float:
    """Seconds of the program over these lines, and its start taken off."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "in.txt"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")

        def run(own: Path) -> None:
            with (Path(folder) / "out.txt").open("wb") as out:
                command = [path, *arguments, str(own)]
                subprocess.run(command, stdout=out, stderr=subprocess.DEVNULL, check=False)

        one = Path(folder) / "one.txt"
        one.write_text(lines[0] + "\n", encoding="utf-8")
        return best(lambda: run(file)) - best(lambda: run(one))


def column(work: str, names: list[str]) -> float:
    """Seconds of a column function in a process of its own: one that has seen the words before would be many times as fast."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "in.txt"
        file.write_text("\n".join(names), encoding="utf-8")
        code = (
            "import sys, time, pyarrow as pa; from nasab import columns\n"
            "names = open(sys.argv[1], encoding='utf-8').read().split('\\n')\n"
            "left, right = pa.array(names), pa.array(names[1:] + names[:1])\n"
            f"began = time.perf_counter(); {work}; print(time.perf_counter() - began)"
        )
        command = [sys.executable, "-c", code, str(file)]
        runs = [subprocess.run(command, capture_output=True, check=True, text=True) for _ in range(RUNS)]
        return min(float(run.stdout) for run in runs)


def told(what: str, rows: int, seconds: float, beside: float | None = None) -> None:
    ratio = "" if beside is None else f"  {beside / seconds:8.2f} times the rate of the first"
    print(f"{what:44} {rows:9,} rows  {seconds:8.3f} s  {rows / seconds:12,.0f} a second{ratio}", flush=True)


def main() -> None:
    own, table = sys.argv[1:3]
    rows = int(sys.argv[3]) if len(sys.argv) > 3 else 1_000_000
    with Path(table).open(encoding="utf-8", newline="") as file:
        known = [row["name"] for row in csv.DictReader(file)]
    names = (known * (rows // len(known) + 1))[:rows]
    # Each beside the one after it: most are two people, as in a join by keys.
    others = names[1:] + names[:1]
    left, right = pa.array(names), pa.array(others)

    alone = program(own, "normalize", "--file", lines=names)
    told("program: normalize", rows, alone)
    told("column: normalize", rows, column("columns.normalize(left, on_error='null')", names), alone)
    pairs = program(own, "match", "--pairs", lines=[f"{one}\t{two}" for one, two in zip(names, others)])
    told("program: match --pairs", rows, pairs)
    ours = column("columns.probability(left, right)", names)
    told("column: probability", rows, ours, pairs)

    from rapidfuzz import fuzz, process

    theirs = best(lambda: process.cpdist(names, others, scorer=fuzz.token_sort_ratio, workers=-1))
    told("RapidFuzz cpdist, token_sort_ratio", rows, theirs, ours)
    few_left, few_right = left[:FEW], right[:FEW]
    ours = best(lambda: columns.probability(few_left, few_right))
    told("column: probability, few", FEW, ours)
    told("nomenklatura logic-v2", FEW, best(lambda: logic(names[:FEW], others[:FEW])), ours)


def logic(names: list[str], others: list[str]) -> list[float]:
    """The same pairs by nomenklatura, whose entities are made before the clock of a pair."""
    from followthemoney import EntityProxy
    from nomenklatura.matching import get_algorithm

    algorithm = get_algorithm("logic-v2")
    assert algorithm is not None
    config = algorithm.default_config()

    def person(name: str) -> EntityProxy:
        return EntityProxy.from_dict({"id": name, "schema": "Person", "properties": {"name": [name]}})

    return [algorithm.compare(person(one), person(two), config).score for one, two in zip(names, others)]


if __name__ == "__main__":
    main()

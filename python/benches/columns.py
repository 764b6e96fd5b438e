"""How fast columns are: beside the program on the same names, and beside RapidFuzz and nomenklatura on the same pairs.

    python benches/columns.py PROGRAM NAMES.csv [ROWS [RUNS]]

PROGRAM is nasab's own, built with `cargo build --release`; NAMES.csv is what `cargo xtask generate` writes. Each runs in a process of its
own, RUNS times (3), and each figure is that of the best run: seconds on the clock, and seconds of a processor, which other programs beside
it change less. Ratios are of the latter. The program's time has the reading and writing of its files in it; its start, and that of Python,
are taken off.
"""

from __future__ import annotations

import csv
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

#: Pairs for nomenklatura, which takes them one by one.
FEW = 5000

#: What comes before the clock in a process of Python.
BEFORE = """
import sys, time
names = open(sys.argv[1], encoding='utf-8').read().split('\\n')
others = names[1:] + names[:1]
"""
COLUMNS = """
import pyarrow as pa
from nasab import columns
left, right = pa.array(names), pa.array(others)
"""
RAPIDFUZZ = """
from rapidfuzz import fuzz, process
"""
#: Entities are made before the clock of a pair.
NOMENKLATURA = """
from followthemoney import EntityProxy
from nomenklatura.matching import get_algorithm
algorithm = get_algorithm('logic-v2')
config = algorithm.default_config()
def person(name):
    return EntityProxy.from_dict({'id': name, 'schema': 'Person', 'properties': {'name': [name]}})
left, right = [person(name) for name in names], [person(name) for name in others]
"""
CLOCK = """
began, taken = time.perf_counter(), time.process_time()
{work}
print(time.perf_counter() - began, time.process_time() - taken)
"""


@dataclass(frozen=True)
class Taken:
    """What a run took."""

    clock: float
    processor: float

    def less(self, other: Taken) -> Taken:
        return Taken(self.clock - other.clock, self.processor - other.processor)


def best(runs: int, work: Callable[[], Taken]) -> Taken:
    """The best run, each figure by itself."""
    taken = [work() for _ in range(runs)]
    return Taken(min(own.clock for own in taken), min(own.processor for own in taken))


def program(runs: int, path: str, *arguments: str, lines: list[str]) -> Taken:
    """The program over these lines."""
    with tempfile.TemporaryDirectory() as folder:

        def run(own: list[str]) -> Taken:
            file = Path(folder) / "in.txt"
            file.write_text("\n".join(own) + "\n", encoding="utf-8")
            before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            with (Path(folder) / "out.txt").open("wb") as out:
                subprocess.run([path, *arguments, str(file)], stdout=out, stderr=subprocess.DEVNULL, check=False)
            clock, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
            return Taken(clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)

        return best(runs, lambda: run(lines)).less(best(runs, lambda: run(lines[:1])))


def python(runs: int, before: str, work: str, names: list[str]) -> Taken:
    """Work of Python in a process of its own: one that has seen the words before would be many times as fast."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "in.txt"
        file.write_text("\n".join(names), encoding="utf-8")
        code = BEFORE + before + CLOCK.format(work=work)

        def run() -> Taken:
            # Isolated: where this runs beside the sources, they would be found before the wheel.
            done = subprocess.run([sys.executable, "-I", "-c", code, str(file)], capture_output=True, check=True, text=True)
            clock, processor = done.stdout.split()
            return Taken(float(clock), float(processor))

        return best(runs, run)


def told(what: str, rows: int, taken: Taken, beside: tuple[int, Taken] | None = None) -> None:
    """A line of the table; beside are the rows and the time of what it is compared with."""
    line = f"{what:40} {rows:9,} rows  {taken.clock:8.2f} s  {taken.processor:8.2f} s of a processor  {rows / taken.clock:12,.0f} a second"
    if beside is not None:
        line += f"  {rows / taken.processor / (beside[0] / beside[1].processor):8.2f} times the rate of its fellow"
    print(line, flush=True)


def main() -> None:
    own, table = sys.argv[1:3]
    rows = int(sys.argv[3]) if len(sys.argv) > 3 else 1_000_000
    runs = int(sys.argv[4]) if len(sys.argv) > 4 else 3
    with Path(table).open(encoding="utf-8", newline="") as file:
        known = [row["name"] for row in csv.DictReader(file)]
    names = (known * (rows // len(known) + 1))[:rows]
    few = names[:FEW]

    fellow = rows, program(runs, own, "normalize", "--file", lines=names)
    told("program: normalize", *fellow)
    told("column: normalize", rows, python(runs, COLUMNS, "columns.normalize(left, on_error='null')", names), fellow)
    # Each beside the one after it: most are two people, as in a join by keys.
    lines = [f"{one}\t{two}" for one, two in zip(names, names[1:] + names[:1])]
    fellow = rows, program(runs, own, "match", "--pairs", lines=lines)
    told("program: match --pairs", *fellow)
    ours = rows, python(runs, COLUMNS, "columns.probability(left, right)", names)
    told("column: probability", *ours, fellow)
    told("column: match", rows, python(runs, COLUMNS, "columns.match(left, right)", names), fellow)
    work = "process.cpdist(names, others, scorer=fuzz.token_sort_ratio, workers=-1)"
    told("RapidFuzz cpdist, token_sort_ratio", rows, python(runs, RAPIDFUZZ, work, names), ours)
    ours = len(few), python(runs, COLUMNS, "columns.probability(left, right)", few)
    told("column: probability, few", *ours)
    work = "[algorithm.compare(one, two, config).score for one, two in zip(left, right)]"
    told("nomenklatura logic-v2, the same few", len(few), python(runs, NOMENKLATURA, work, few), ours)


if __name__ == "__main__":
    main()

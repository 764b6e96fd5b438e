"""Two Parquet files joined by DuckDB: candidates by nasab's keys, then the probability.

    python examples/duckdb_parquet.py
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import duckdb
import nasab.duckdb
import pyarrow as pa
import pyarrow.parquet as pq

QUERY = """
    with one as (select name, unnest(nasab_keys(name)) as key from read_parquet($one)),
         two as (select name, unnest(nasab_keys(name)) as key from read_parquet($two)),
         candidates as (select distinct one.name as left_name, two.name as right_name from one join two using (key))
    select left_name, right_name, nasab_probability(left_name, right_name) as probability
    from candidates
    where probability >= 0.5
    order by probability desc, left_name
"""


def joined(one: Path, two: Path) -> list[tuple[str, str, float]]:
    """The pairs of both files that are likely one person."""
    connection = nasab.duckdb.register(duckdb.connect())
    return connection.execute(QUERY, {"one": str(one), "two": str(two)}).fetchall()


def main() -> list[tuple[str, str, float]]:
    """The same on two small files."""
    with tempfile.TemporaryDirectory() as folder:
        one, two = Path(folder) / "one.parquet", Path(folder) / "two.parquet"
        pq.write_table(pa.table({"name": ["Qays al-Khazali", "Falih al-Fayyad", "Laith al-Khazali"]}), one)
        pq.write_table(pa.table({"name": ["قيس الخزعلي", "فالح الفياض", "محمد السوداني", None]}), two)
        return joined(one, two)


if __name__ == "__main__":
    for left, right, probability in main():
        print(f"{probability:.3f}  {left}  {right}")

"""Search among many names by two databases, as one would without a library, on the files of the other peers.

    python benches/peers/sql.py NAMES.csv QUERIES.tsv [QUERIES ASKED] [CONNECTION]

NAMES.csv and QUERIES.tsv are as `cargo xtask generate` and `cargo xtask plant` write them. DuckDB ranks all names by
Jaro-Winkler. With a connection string of PostgreSQL (libpq's form), pg_trgm ranks those that its GIN index finds; its
table is made anew in a schema of its own and dropped afterwards. Needs `duckdb`, and `psycopg` for PostgreSQL.

A query counts as found when its person is among the first twenty. One connection asks.
"""

import csv
import statistics
import sys
import time

TOP = 20


def arabic(text: str) -> bool:
    return any("\u0600" <= c <= "\u06ff" for c in text)


def told(peer: str, built: float, asks: list[tuple[str, str, bool]], search) -> None:
    """Asks every query and prints a row like those of the other peers."""
    found = same = of_same = 0
    times = []
    for query, wanted, one_script in asks:
        start = time.perf_counter()
        ids = search(query)
        times.append(1000 * (time.perf_counter() - start))
        right = wanted in ids
        found += right
        of_same += one_script
        same += right and one_script
    cuts = statistics.quantiles(times, n=20)
    print(
        f"{peer:24}  {found / len(asks):.4f} {same / max(of_same, 1):.4f}       "
        f"{cuts[9]:8.2f} {cuts[18]:8.2f} {built:8.1f}  {len(asks)}",
        flush=True,
    )


def duckdb_peer(names: str, asks: list[tuple[str, str, bool]]) -> None:
    import duckdb

    start = time.perf_counter()
    base = duckdb.connect()
    base.execute("SET threads = 1")
    # Told how the file is quoted: it guesses from the first rows, which have no quotes.
    read = "read_csv(?, header = true, all_varchar = true, delim = ',', quote = '\"', escape = '\"')"
    base.execute(f"CREATE TABLE names AS SELECT id, lower(name) AS name FROM {read}", [names])
    built = time.perf_counter() - start
    ask = "SELECT id FROM names ORDER BY jaro_winkler_similarity(name, lower(?)) DESC, id LIMIT ?"
    told("DuckDB Jaro-Winkler, all", built, asks, lambda query: {row[0] for row in base.execute(ask, [query, TOP]).fetchall()})


def postgres_peer(connection: str, names: str, asks: list[tuple[str, str, bool]]) -> None:
    import psycopg

    with psycopg.connect(connection, autocommit=True) as base:
        start = time.perf_counter()
        base.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        base.execute("DROP SCHEMA IF EXISTS nasab_peer CASCADE")
        base.execute("CREATE SCHEMA nasab_peer")
        try:
            base.execute("CREATE TABLE nasab_peer.names (id text, name text)")
            with base.cursor() as cursor, cursor.copy("COPY nasab_peer.names FROM STDIN") as copy:
                with open(names, encoding="utf-8", newline="") as file:
                    for row in csv.DictReader(file):
                        copy.write_row((row["id"], row["name"]))
            base.execute("CREATE INDEX ON nasab_peer.names USING gin (name gin_trgm_ops)")
            base.execute("ANALYZE nasab_peer.names")
            base.execute("SET max_parallel_workers_per_gather = 0")
            built = time.perf_counter() - start
            ask = "SELECT id FROM nasab_peer.names WHERE name %% %s ORDER BY similarity(name, %s) DESC, id LIMIT %s"
            told("pg_trgm, GIN", built, asks, lambda query: {row[0] for row in base.execute(ask, [query, query, TOP]).fetchall()})
        finally:
            base.execute("DROP SCHEMA nasab_peer CASCADE")


def main() -> None:
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    names, queries, *rest = sys.argv[1:]
    count = int(rest[0]) if rest else 100
    with open(queries, encoding="utf-8") as file:
        pairs = [tuple(line.rstrip("\n").split("\t")) for line in file]
    # Spread over the file, which has made spellings before true pairs.
    pairs = pairs[:: max(1, len(pairs) // count)][:count]
    wanted = {id for _, id in pairs}
    with open(names, encoding="utf-8", newline="") as file:
        known = {row["id"]: row["name"] for row in csv.DictReader(file) if row["id"] in wanted}
    asks = [(query, id, arabic(query) == arabic(known[id])) for query, id in pairs]
    print("peer                      found  same script  p50 ms   p95 ms   built s  queries")
    duckdb_peer(names, asks)
    if len(rest) > 1:
        postgres_peer(rest[1], names, asks)


if __name__ == "__main__":
    main()

"""Linking on Spark: a registry that each worker holds, and people who are joined by keys."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import Any

import nasab
import pytest
from nasab import _nasab, columns
from nasab import spark as functions
from nasab.spark import linking
from pyspark import SparkFiles
from pyspark.errors import PythonException
from pyspark.sql import SparkSession

ASKED = ["قيس الخزعلي", None, "Faleh Fayad", "Somebody Else", "Khazali"]


def registry(folder: Path, people: list[tuple[str, str]]) -> Path:
    """A registry file whose index is on the disk: a thousand names and fewer are indexed in memory alone."""
    rows = [("k1", "Qays al-Khazali"), ("k2", "Falih al-Fayyad"), *people[:1500]]
    source = folder / "people.csv"
    source.write_text("\n".join(["id,name", *(f'{id},"{name}"' for id, name in rows)]), encoding="utf-8")
    path = folder / "people.nasab"
    nasab.Registry.create(path, source, author="tests")
    return path


def answers(df: Any) -> list[Any]:
    return [row["link"] and row["link"].asDict(recursive=True) for row in df.orderBy("id").collect()]


def test_a_registry_goes_to_the_workers_with_its_index(
    spark: SparkSession, people: list[tuple[str, str]], tmp_path: Path
) -> None:
    path = registry(tmp_path, people)
    df = spark.createDataFrame(list(enumerate(ASKED)), "id long, name string")
    linked = functions.link(df, path)
    label, file = linking._ship(spark, path)
    own, sent = path.with_name(f"{path.name}.index"), Path(SparkFiles.get(label), f"{file}.index")
    assert {part.name for part in sent.iterdir()} == {part.name for part in own.iterdir()} != set()
    assert nasab.Registry(SparkFiles.get(f"{label}/{file}")).notices == []
    # What a worker opens is what was sent, though the file is gone.
    expected = columns.link(ASKED, nasab.Registry(path))
    path.unlink()
    shutil.rmtree(own)
    assert answers(linked) == expected
    assert expected[0]["id"] == "k1" and expected[1] is None


def test_what_stands_in_the_log_is_sent_too(spark: SparkSession, people: list[tuple[str, str]], tmp_path: Path) -> None:
    path = registry(tmp_path, people)
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("update name set text = 'Somebody Else' where text = 'Falih al-Fayyad'")
    assert path.with_name(f"{path.name}-wal").stat().st_size > 0
    label, file = linking._ship(spark, path)
    with sqlite3.connect(SparkFiles.get(f"{label}/{file}")) as sent:
        assert sent.execute("select count(*) from name where text = 'Somebody Else'").fetchone() == (1,)
    connection.close()


def test_a_registry_of_another_version_is_refused_here_and_on_a_worker(
    spark: SparkSession, people: list[tuple[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = registry(tmp_path, people)
    with sqlite3.connect(path) as connection:
        connection.execute("pragma user_version = 99")
    df = spark.createDataFrame(list(enumerate(ASKED)), "id long, name string")
    told = "was written by a newer version of nasab"
    with pytest.raises(nasab.NasabError, match=told):
        functions.link(df, path)
    # A driver that could read it, and workers that cannot.
    monkeypatch.setattr(linking, "Registry", lambda path: None)
    linked = functions.link(df, path)
    monkeypatch.undo()
    with pytest.raises(PythonException, match=told):
        linked.collect()


def judged(name: str, people: list[tuple[str, str]]) -> Any:
    """What a name is linked to when everybody who shares a key with it is judged."""
    met = [(id, own) for id, own in people if set(nasab.keys(name)) & set(nasab.keys(own)) or own == name]
    if not met:
        return {"status": "none", "id": None, "name": None, "probability": None, "matches": []}
    ids, names = [own[0] for own in met], [own[1] for own in met]
    found = _nasab.judged(_nasab.column_of([name] * len(met)), _nasab.column_of(ids), _nasab.column_of(names), 5, 0.9, 0.3)
    return found.to_pylist()[0]["link"]


def test_people_of_a_table_are_joined_by_keys(spark: SparkSession, people: list[tuple[str, str]]) -> None:
    rows = [("k1", "Qays al-Khazali"), ("k1", "Qays Hadi al-Khazali"), ("k2", "Falih al-Fayyad"), ("k3", "?"), *people[:600]]
    asked = [*ASKED, *(name for _, name in people[590:620])]
    df = spark.createDataFrame(list(enumerate(asked)), "id long, name string")
    got = answers(functions.link(df, spark.createDataFrame(rows, "id string, name string")))
    assert got == [None if name is None else judged(name, rows) for name in asked]
    assert (got[0]["id"], got[0]["status"], got[2]["id"], got[3]["status"]) == ("k1", "linked", "k2", "none")
    # Who is judged has the probability that a registry gives.
    alone = columns.link(asked, nasab.Registry.of([(id, [name]) for id, name in rows if name != "?"]))
    same = [one["probability"] == two["probability"] for one, two in zip(got, alone) if one and two and one["id"] and one["id"] == two["id"]]
    assert len(same) > 12 and all(same)


def test_a_key_of_too_many_people_brings_those_of_one_spelling(spark: SparkSession) -> None:
    crowd = [(f"c{place}", f"Muhammad {'Ali' if place else 'Aly'}") for place in range(_nasab.LARGEST + 5)]
    people = spark.createDataFrame([*crowd, ("k1", "Qays al-Khazali")], "id string, name string")
    df = spark.createDataFrame([(0, "Muhammad Aly"), (1, "Mohammad Ali"), (2, "Qaïs el-Khazaali")], "id long, name string")
    got = answers(functions.link(df, people))
    assert [match["id"] for match in got[0]["matches"]] == ["c0"]
    assert got[1]["status"] == "none" and got[2]["id"] == "k1"


def test_what_is_no_name_is_told_or_null(spark: SparkSession) -> None:
    df = spark.createDataFrame([(0, "Qays"), (1, "?"), (2, None)], "id long, name string")
    people = spark.createDataFrame([("p1", "Qays al-Khazali")], "id string, name string")
    with pytest.raises(PythonException, match="column `name`: no letter in the name, in `\\?`"):
        functions.link(df, people)
    assert [row is None for row in answers(functions.link(df, people, on_error="null"))] == [False, True, True]
    nobody = functions.link(df, people.where("false"), on_error="null")
    assert [row and row["status"] for row in answers(nobody)] == ["none", None, None]
    own = nasab.Registry.of({"p1": ["Qays al-Khazali"]})
    assert own.link("Qays").matches != []
    assert functions.link(df.where("false"), people).collect() == []

"""Registries: lists, files, and what is wrong with them."""

from __future__ import annotations

import pickle
import sqlite3
from pathlib import Path

import nasab
import polars
import pytest

LIST = "id,name,born\np1,Qays al-Khazali,1974\np2,Laith al-Khazali,1980\n,nobody,\n"


def people(folder: Path) -> Path:
    path = folder / "people.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def test_a_list_is_read_and_its_faults_are_told(tmp_path: Path) -> None:
    registry = nasab.Registry(people(tmp_path))
    assert registry.notices == ["line 4: no id"]
    found = registry.link("قيس الخزعلي")
    assert (found.status, found.matches[0].id) == ("linked", "p1")
    rival = registry.link("Khazali", facts="born=1980", threshold=0.99)
    assert rival.matches[0].id == "p2"
    again = pickle.loads(pickle.dumps(registry))
    assert again.link("قيس الخزعلي") == found


def test_a_registry_file_is_made_of_a_list(tmp_path: Path) -> None:
    path = tmp_path / "people.nasab"
    registry = nasab.Registry.create(path, people(tmp_path), author="layla")
    assert registry.notices == ["line 4: no id"] and nasab.Registry(path).notices == []
    assert registry.link("قيس الخزعلي").matches[0].id == "p1"
    with sqlite3.connect(path) as connection:
        assert connection.execute("select distinct who from event").fetchall() == [("layla",)]
    with pytest.raises(nasab.NasabError):
        nasab.Registry.create(path, people(tmp_path), author="layla")
    with pytest.raises(nasab.NasabError, match="cannot be read"):
        nasab.Registry.create(tmp_path / "other.nasab", tmp_path / "nowhere.csv", author="layla")
    assert not (tmp_path / "other.nasab").exists()


def test_a_column_is_linked_as_its_names_are() -> None:
    registry = nasab.Registry.of({"p1": ["Qays al-Khazali"], "p2": ["Falih al-Fayyad"]})
    names = ["Qaïs el-Khazaali", None, "Faleh Fayad", "Somebody Else"]
    rows = registry.link_column(polars.Series("who", names)).to_list()
    assert rows[1] is None
    for name, row in zip(names, rows):
        if name is not None:
            alone = registry.link(name)
            assert row["status"] == alone.status
            assert [(m["id"], m["probability"]) for m in row["matches"]] == [(m.id, m.probability) for m in alone.matches]
    with pytest.raises(nasab.NasabError, match="row 0: no letter in the name"):
        registry.link_column(["?"])


def test_what_is_no_registry_is_refused(tmp_path: Path) -> None:
    with pytest.raises(nasab.NasabError, match="cannot be read"):
        nasab.Registry(tmp_path / "nowhere.nasab")
    other = tmp_path / "other.nasab"
    connection = sqlite3.connect(other)
    connection.execute("create table t (x)")
    connection.commit()
    connection.close()
    with pytest.raises(nasab.NasabError):
        nasab.Registry(other)
    with pytest.raises(nasab.NasabError, match="no name for `p1`"):
        nasab.Registry.of({"p1": ["?"]})

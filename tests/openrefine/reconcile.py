"""A project of 500 names in both scripts, reconciled with a registry and extended from it by OpenRefine.

The names are made persons in other spellings (`cargo xtask generate`, `cargo xtask plant`), persons whom the registry does not
have, and short names that several bear. OpenRefine must judge as `nasab link` does.
"""

import csv
import io
import json
import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

from refine import ALL_ROWS, Refine

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / os.environ.get("CARGO_TARGET_DIR", "target") / "debug"
NASAB = os.environ.get("NASAB", str(BUILT / "nasab"))
XTASK = os.environ.get("XTASK", str(BUILT / "xtask"))
KNOWN, PLANTED, STRANGERS, SHORT = 2000, 420, 40, 40
COUNTRIES = ["iq", "sy", "eg", "ma", "lb"]


def chore(*arguments):
    return subprocess.run(arguments, check=True, capture_output=True, text=True).stdout


def facts(person):
    """What the registry knows of a person; nothing of every fourth."""
    number = int(person[1:])
    return {} if number % 4 == 0 else {"born": 1930 + number % 60, "country": COUNTRIES[number % len(COUNTRIES)]}


def sure(link):
    """Whom the program links surely: OpenRefine takes such a match unseen, so its odds must be three times those of the next."""
    if link["status"] != "linked":
        return None
    first, second = [*(one["probability"] for one in link["matches"]), 0.0][:2]
    return link["matches"][0]["id"] if first * (1 - second) >= 3 * second * (1 - first) else None


def people_and_rows(folder):
    """The registry's people by id, and the rows of the project: name, year of birth."""
    chore(XTASK, "generate", str(KNOWN + STRANGERS), str(folder / "made.csv"))
    chore(XTASK, "plant", str(PLANTED), str(KNOWN), str(folder / "planted.tsv"))
    made = list(csv.reader(io.StringIO((folder / "made.csv").read_text())))[1:]
    people, strangers = dict(made[:KNOWN]), [name for _, name in made[KNOWN:]]
    rows = []
    for line in (folder / "planted.tsv").read_text().splitlines():
        name, person = line.split("\t")
        # A third of the rows says when somebody was born, and one in nine is wrong.
        number = int(person[1:])
        born = facts(person).get("born", "") if number % 3 == 0 else ""
        rows.append((name, born + 25 if born and number % 9 == 0 else born))
    rows += [(name, "") for name in strangers]
    rows += [(" ".join([words[0], words[-1]]), "") for words in (name.split() for name in list(people.values())[:SHORT])]
    return people, rows


class Reconciled(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="nasab-openrefine-")
        cls.addClassCleanup(cls.folder.cleanup)
        folder = Path(cls.folder.name)
        cls.people, cls.names = people_and_rows(folder)
        with open(folder / "people.csv", "w", newline="") as file:
            table = csv.writer(file)
            table.writerow(["id", "name", "born", "country"])
            for person, name in cls.people.items():
                known = facts(person)
                table.writerow([person, name, known.get("born", ""), known.get("country", "")])
        cls.registry = str(folder / "people.nasab")
        chore(NASAB, "registry", "create", cls.registry)
        chore(NASAB, "registry", "import", cls.registry, str(folder / "people.csv"), "--by", "test")
        cls.refine = Refine(folder)
        cls.addClassCleanup(cls.refine.stop)
        command = [NASAB, "serve", "--registry", cls.registry, "--bind", "127.0.0.1:0", "--log", "none"]
        cls.server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        cls.addClassCleanup(cls.server.stderr.close)
        cls.addClassCleanup(cls.server.wait)
        cls.addClassCleanup(cls.server.terminate)
        cls.service = f"{re.search(r'http://[0-9.:]+', cls.server.stderr.readline())[0]}/reconcile"
        print("OpenRefine", cls.refine.wait())
        with cls.refine.opener.open(cls.service) as answer:
            cls.manifest = json.load(answer)
        table = io.StringIO()
        csv.writer(table).writerows([["person", "year"], *cls.names])
        cls.project = cls.refine.create("nasab", table.getvalue())
        cls.spaces = {key: cls.manifest[key] for key in ("identifierSpace", "schemaSpace")}
        kind = cls.manifest["defaultTypes"][0]
        config = {
            "mode": "standard-service", "service": cls.service, **cls.spaces, "type": kind, "autoMatch": True, "limit": 5,
            "columnDetails": [{"column": "year", "propertyName": "year of birth", "propertyID": "birth"}],
        }
        cls.refine.change("reconcile", cls.project, columnName="person", config=json.dumps(config), engine=ALL_ROWS)
        cls.judged = cls.refine.judged(cls.project, len(cls.names) + 1)
        # What the program says of the same rows, through the same file.
        queries = [{"name": name, **({"born": born} if born else {})} for name, born in cls.names]
        (folder / "queries.jsonl").write_text("".join(json.dumps(query, ensure_ascii=False) + "\n" for query in queries))
        told = chore(NASAB, "link", "--registry", cls.registry, "--format", "jsonl", "--file", str(folder / "queries.jsonl"))
        cls.linked = [json.loads(line) for line in told.splitlines()]

    def test_the_project_is_of_both_scripts_and_every_kind_of_answer(self):
        self.assertEqual((len(self.names), len(self.judged), len(self.linked)), (500, 500, 500))
        arabic = sum(bool(re.search("[\u0621-\u064a]", name)) for name, _ in self.names)
        self.assertTrue(150 <= arabic <= 350, arabic)
        statuses = [link["status"] for link in self.linked]
        for status, least in (("linked", 200), ("review", 20), ("none", 20)):
            self.assertGreaterEqual(statuses.count(status), least, status)

    def test_every_judgment_is_that_of_the_program(self):
        differing = []
        for (name, _), recon, link in zip(self.names, self.judged, self.linked):
            matched = recon["m"]["id"] if recon.get("j") == "matched" else None
            candidates = [one["id"] for one in recon.get("c", [])]
            expected = [one["id"] for one in link["matches"]]
            if matched != sure(link) or (matched is None and candidates != expected):
                differing.append((name, matched, sure(link), candidates, expected))
        self.assertEqual(differing, [])

    def test_the_matched_are_extended_by_what_the_registry_knows(self):
        properties = [{"id": "birth", "name": "year of birth"}, {"id": "country", "name": "country"},
                      {"id": "name", "name": "known as", "settings": {"limit": "1"}}]
        self.refine.change(
            "extend-data", self.project, baseColumnName="person", endpoint=self.service, **self.spaces, columnInsertIndex=1,
            extension=json.dumps({"properties": properties}), engine=ALL_ROWS)
        table = list(csv.reader(io.StringIO(self.refine.export(self.project))))
        self.assertEqual(len(table), 501)
        filled = 0
        for row, link in zip(table[1:], self.linked):
            person = sure(link)
            known = facts(person) if person else {}
            expected = [str(known.get("born", "")), known.get("country", ""), self.people.get(person, "")]
            self.assertEqual(row[1:4], expected, row)
            filled += bool(known)
        self.assertGreater(filled, 100)


if __name__ == "__main__":
    unittest.main(verbosity=2)

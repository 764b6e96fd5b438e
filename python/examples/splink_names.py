"""Duplicates in a table by Splink, with nasab's levels and keys for the name and Splink's own for the year.

    python examples/splink_names.py
"""

from __future__ import annotations

import random
from typing import Any

import duckdb
import nasab
import pandas as pd
import splink.comparison_library as comparisons
from nasab.splink import blocking_rule, name_comparison, training_rule, with_keys
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

GIVEN = ["محمد", "علي", "حسن", "فالح", "قيس", "ليث", "مصطفى", "نوري", "هادي", "كريم", "سعد", "طارق"]
FAMILIES = ["الخزعلي", "الفياض", "السوداني", "العامري", "الكعبي", "الجبوري", "الدليمي", "التميمي", "الشمري", "البياتي"]
SCHEMES = ["press-en", "press-fr", "odni", "arabic"]


def table() -> pd.DataFrame:
    """Persons, each in two lists that spell names by their own habit."""
    draw = random.Random(1)
    rows: list[dict[str, Any]] = []
    for person, (given, family) in enumerate((given, family) for given in GIVEN for family in FAMILIES):
        father, born = draw.choice(GIVEN), draw.randrange(1940, 2000)
        for scheme in draw.sample(SCHEMES, 2):
            name = nasab.normalize(f"{given} {father} {family}", scheme)
            rows.append({"unique_id": len(rows), "person": person, "name": name, "born": str(born)})
    frame: pd.DataFrame = pd.DataFrame(rows)
    return frame


def duplicates(frame: pd.DataFrame) -> pd.DataFrame:
    """Pairs of rows that are likely one person."""
    connection = duckdb.connect()
    connection.register("people", frame)
    keyed = with_keys(connection, "people", "name", "keyed")
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[name_comparison("name"), comparisons.ExactMatch("born")],
        blocking_rules_to_generate_predictions=[blocking_rule("name")],
        probability_two_random_records_match=1 / len(frame),
        additional_columns_to_retain=["person"],
    )
    api = DuckDBAPI(connection)
    linker = Linker(api.register(keyed), settings, log_level=None)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e5, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("born"))
    linker.training.estimate_parameters_using_expectation_maximisation(training_rule("name"))
    found: Any = linker.inference.predict(threshold_match_probability=0.9)
    pairs: pd.DataFrame = found.as_pandas_dataframe()
    return pairs


if __name__ == "__main__":
    people = table()
    pairs = duplicates(people)
    right = (pairs["person_l"] == pairs["person_r"]).sum()
    print(f"{len(people)} rows, {len(pairs)} pairs, {right} of them one person, of {people['person'].nunique()} persons")
    print(pairs[["name_l", "name_r", "match_probability"]].head())

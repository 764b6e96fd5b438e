"""A table of names typed by many hands, cleaned by Polars: one scheme, one id for each person, and what is left to review.

    python examples/polars_cleaning.py
"""

from __future__ import annotations

import nasab.polars  # noqa: F401  # pyright: ignore[reportUnusedImport]
import polars as pl

TABLE = pl.DataFrame(
    {
        "visit": [1, 2, 3, 4, 5, 6],
        "patient": [
            "Qaïs el-Khazaali",
            "قيس الخزعلي",
            "AL-FAYYADH, Faleh",
            "فالح الفياض",
            None,
            "Laith al-Khazali",
        ],
    }
)


def cleaned(table: pl.DataFrame) -> pl.DataFrame:
    """The table with the name in DMG and in Arabic, and the person."""
    patient = pl.col("patient").nasab  # type: ignore[attr-defined]
    return table.with_columns(
        dmg=patient.normalize("dmg", on_error="null"),
        arabic=patient.normalize("arabic", on_error="null"),
        person=patient.cluster(on_error="null"),
    )


if __name__ == "__main__":
    with pl.Config(tbl_rows=-1, fmt_str_lengths=40):
        print(cleaned(TABLE))
        persons = cleaned(TABLE).drop_nulls("person").group_by("person", maintain_order=True)
        print(persons.agg(pl.col("patient"), pl.col("visit").count().alias("visits")))

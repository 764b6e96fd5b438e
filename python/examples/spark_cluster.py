"""Names grouped by person and linked to a list on Spark. It runs on one machine, or with `spark-submit` on any cluster.

    python examples/spark_cluster.py
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from nasab import spark as functions
from pyspark.sql import Row, SparkSession

NAMES = ["Qaïs el-Khazaali", "قيس الخزعلي", "Faleh al-Fayyadh", "فالح الفياض", None]
PEOPLE = "id,name\np1,Qays al-Khazali\np2,Falih al-Fayyad\n"


def main(spark: SparkSession) -> list[Row]:
    """Each name in DMG, with its group and the person of the list."""
    with tempfile.TemporaryDirectory() as folder:
        people = Path(folder) / "people.csv"
        people.write_text(PEOPLE, encoding="utf-8")
        df = spark.createDataFrame(list(enumerate(NAMES)), "row long, name string")
        grouped = functions.cluster(df, checkpoint=folder)
        linked = functions.link(grouped, people)
        written = linked.withColumn("dmg", functions.normalize("name", "dmg"))
        return written.select("row", "name", "dmg", "group", "link.id", "link.status").orderBy("row").collect()


if __name__ == "__main__":
    session = SparkSession.builder.appName("nasab").getOrCreate()
    for row in main(session):
        print(*row, sep="\t")
    session.stop()

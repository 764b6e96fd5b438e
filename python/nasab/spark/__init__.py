"""nasab on Apache Spark, for tables larger than one machine.

Everything distributed is Spark's: DataFrames, and functions over Arrow batches. Answers are those of one machine, whatever
the number of partitions and workers. The package must be installed on every worker, in one version.
"""

from nasab.spark.clusters import cluster
from nasab.spark.columns import keys, normalize
from nasab.spark.linking import link
from nasab.spark.pairs import pairs

__all__ = ["cluster", "keys", "link", "normalize", "pairs"]

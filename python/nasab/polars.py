"""Expressions of Polars: ``pl.col("name").nasab.normalize("dmg")``.

>>> import polars as pl
>>> import nasab.polars
>>> pl.DataFrame({"name": ["Qaïs el-Khazaali", None]}).select(pl.col("name").nasab.normalize("ala-lc"))["name"].to_list()
['Qays al-Khazʻalī', None]
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl

from nasab import columns
from nasab._registry import Registry

PARTS = pl.List(pl.Struct({"role": pl.String, "text": pl.String}))
COMPARISON = pl.Struct(
    {
        "probability": pl.Float64,
        "words": pl.List(
            pl.Struct(
                {
                    "left": pl.String,
                    "right": pl.String,
                    "kind": pl.String,
                    "how": pl.String,
                    "similarity": pl.Float64,
                    "weight": pl.Float64,
                }
            )
        ),
        "reasons": pl.List(pl.Struct({"what": pl.String, "weight": pl.Float64})),
    }
)
LINKAGE = pl.Struct(
    {
        "status": pl.String,
        "id": pl.String,
        "name": pl.String,
        "probability": pl.Float64,
        "matches": pl.List(
            pl.Struct({"id": pl.String, "name": pl.String, "probability": pl.Float64, "decided": pl.Boolean})
        ),
    }
)


@pl.api.register_expr_namespace("nasab")
class Names:
    """What nasab does with a column of names, as an expression."""

    def __init__(self, expr: pl.Expr) -> None:
        self._expr = expr

    def _each(self, work: Callable[[pl.Series], pl.Series], kind: pl.DataType | type[pl.DataType]) -> pl.Expr:
        return self._expr.map_batches(work, return_dtype=kind, is_elementwise=True)

    def normalize(self, to: str = "dmg", *, source: str = "auto", on_error: str = "raise") -> pl.Expr:
        """Names in a scheme."""
        return self._each(lambda own: columns.normalize(own, to, source=source, on_error=on_error), pl.String)

    def parse(self, to: str = "dmg", *, source: str = "auto", on_error: str = "raise") -> pl.Expr:
        """The parts of names with their roles."""
        return self._each(lambda own: columns.parse(own, to, source=source, on_error=on_error), PARTS)

    def keys(self) -> pl.Expr:
        """Blocking keys; explode them and join on them."""
        return self._each(columns.keys, pl.List(pl.String))

    def probability(self, other: pl.Expr | str, *, prior: float | None = None) -> pl.Expr:
        """The probability that both are one person's; `other` is an expression, or one name as a text."""
        return self._pair(other, lambda one, two: columns.probability(one, two, prior=prior), pl.Float64)

    def match(self, other: pl.Expr | str, *, prior: float | None = None) -> pl.Expr:
        """The same with the reasons."""
        return self._pair(other, lambda one, two: columns.match(one, two, prior=prior), COMPARISON)

    def _pair(
        self,
        other: pl.Expr | str,
        work: Callable[[pl.Series, pl.Series | str], pl.Series],
        kind: pl.DataType | type[pl.DataType],
    ) -> pl.Expr:
        if isinstance(other, str):
            return self._each(lambda own: work(own, other), kind)

        def both(pair: Sequence[pl.Series]) -> pl.Series:
            return work(pair[0], pair[1])

        return pl.map_batches([self._expr, other], both, return_dtype=kind, is_elementwise=True)

    def link(
        self,
        registry: Registry,
        *,
        top: int = 5,
        threshold: float = 0.9,
        review: float = 0.3,
        on_error: str = "raise",
    ) -> pl.Expr:
        """The people of a registry who may bear the names."""

        def work(own: pl.Series) -> pl.Series:
            return registry.link_column(own, top=top, threshold=threshold, review=review, on_error=on_error)

        return self._each(work, LINKAGE)

    def cluster(
        self,
        *,
        threshold: float | None = None,
        facts: pl.Expr | None = None,
        known: pl.Expr | None = None,
        same: Sequence[tuple[int, int]] = (),
        apart: Sequence[tuple[int, int]] = (),
        on_error: str = "raise",
    ) -> pl.Expr:
        """The group of each name among all of the column, as :func:`nasab.columns.cluster` has it."""
        beside = {called: own for called, own in (("facts", facts), ("known", known)) if own is not None}

        def work(all_columns: Sequence[pl.Series]) -> pl.Series:
            others = dict(zip(beside, all_columns[1:]))
            return columns.cluster(
                all_columns[0],
                threshold=threshold,
                facts=others.get("facts"),
                known=others.get("known"),
                same=same,
                apart=apart,
                on_error=on_error,
            )

        return pl.map_batches([self._expr, *beside.values()], work, return_dtype=pl.String)

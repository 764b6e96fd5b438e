"""An accessor of pandas: ``frame["name"].nasab.normalize("dmg")``.

>>> import pandas as pd
>>> import nasab.pandas
>>> list(pd.Series(["Qaïs el-Khazaali"]).nasab.normalize("ala-lc"))
['Qays al-Khazʻalī']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from nasab import columns
from nasab._registry import Registry

if TYPE_CHECKING:
    Series = pd.Series[Any]
else:
    Series = pd.Series


@pd.api.extensions.register_series_accessor("nasab")
class Names:
    """What nasab does with a column of names. Answers keep its index and its name."""

    def __init__(self, series: Series) -> None:
        self._series = series

    def normalize(self, to: str = "dmg", *, source: str = "auto", on_error: str = "raise") -> Series:
        """Names in a scheme."""
        return columns.normalize(self._series, to, source=source, on_error=on_error)

    def parse(self, to: str = "dmg", *, source: str = "auto", on_error: str = "raise") -> Series:
        """The parts of names with their roles."""
        return columns.parse(self._series, to, source=source, on_error=on_error)

    def keys(self) -> Series:
        """Blocking keys; explode them and merge on them."""
        return columns.keys(self._series)

    def probability(self, other: Series | str, *, prior: float | None = None) -> Series:
        """The probability that both are one person's; `other` is a column, or one name."""
        return columns.probability(self._series, other, prior=prior)

    def match(self, other: Series | str, *, prior: float | None = None) -> Series:
        """The same with the reasons."""
        return columns.match(self._series, other, prior=prior)

    def link(self, registry: Registry, **options: Any) -> Series:
        """The people of a registry who may bear the names; options are those of :func:`nasab.columns.link`."""
        return columns.link(self._series, registry, **options)

    def cluster(self, **options: Any) -> Series:
        """The group of each name; options are those of :func:`nasab.columns.cluster`, and pairs are of places, not of the index."""
        return columns.cluster(self._series, **options)

    def lint(self, scheme: str = "dmg", *, arabic: Series | None = None) -> Series:
        """The defects of the romanized names in each text."""
        return columns.lint(self._series, scheme, arabic=arabic)

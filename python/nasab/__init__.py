"""Reads, writes, matches and links Arabic personal names.

Functions of this module take one name or one text; those of :mod:`nasab.columns` take a column of any library that
speaks Arrow, and all cores. :mod:`nasab.polars`, :mod:`nasab.pandas`, :mod:`nasab.duckdb`, :mod:`nasab.splink` and
:mod:`nasab.spark` are for those libraries, and import them when they are imported themselves.

>>> import nasab
>>> nasab.normalize("قيس الخزعلي", "ala-lc")
'Qays al-Khazʻalī'
"""

from nasab import columns
from nasab._nasab import NasabError
from nasab._nasab import VERSION as __version__
from nasab._records import (
    Alignment,
    Comparison,
    Finding,
    Fit,
    LinkMatch,
    Linkage,
    Linted,
    Name,
    NamePair,
    Note,
    Part,
    Reading,
    Reason,
    Scheme,
    Spot,
    Variant,
    WordReason,
)
from nasab._registry import Registry
from nasab._scalar import align, detect, keys, lint, match, normalize, parse, probability, read, readings, schemes, variants

__all__ = [
    "Alignment",
    "Comparison",
    "Finding",
    "Fit",
    "LinkMatch",
    "Linkage",
    "Linted",
    "Name",
    "NamePair",
    "NasabError",
    "Note",
    "Part",
    "Reading",
    "Reason",
    "Registry",
    "Scheme",
    "Spot",
    "Variant",
    "WordReason",
    "__version__",
    "align",
    "columns",
    "detect",
    "keys",
    "lint",
    "match",
    "normalize",
    "parse",
    "probability",
    "read",
    "readings",
    "schemes",
    "variants",
]

"""Functions for columns of names.

A column is a list, or anything that exports Arrow's capsules: of pyarrow, Polars, pandas, DuckDB and others. It is read where it
lies, on all cores, without the interpreter's lock. The answer is a column of the same library; nulls stay nulls. A row
that is no name is raised with its column and row, or becomes null with ``on_error="null"``.

>>> normalize(["قيس الخزعلي", None, "Faleh Fayad"], "ala-lc")
['Qays al-Khazʻalī', None, 'Fāliḥ Fayyāḍ']
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from nasab import _nasab
from nasab._convert import Entered
from nasab._nasab import Column
from nasab._registry import Registry

__all__ = ["Column", "cluster", "keys", "link", "lint", "match", "normalize", "parse", "probability"]

T = TypeVar("T")


def normalize(column: T, to: str = "dmg", *, source: str = "auto", on_error: str = "raise", name: str | None = None) -> T:
    """Names in a scheme.

    >>> normalize(["Qaïs el-Khazaali", "?"], on_error="null")
    ['Qays al-Ḫazʿalī', None]
    >>> normalize(["Qays", "?"], name="who")
    Traceback (most recent call last):
        ...
    nasab.NasabError: column `who`, row 1: no letter in the name
    """
    entered = Entered.of(column, name)
    lenient = entered.lenient(on_error)
    answer: T = entered.given_back(_nasab.normalize(entered.arrow, to, source, lenient, entered.name))
    return answer


def parse(column: T, to: str = "dmg", *, source: str = "auto", on_error: str = "raise", name: str | None = None) -> T:
    """The parts of names: lists of records of ``role`` and ``text``.

    >>> parse(["Qays al-Khazali"])
    [[{'role': 'ism', 'text': 'Qays'}, {'role': 'nisba', 'text': 'al-Ḫazʿalī'}]]
    """
    entered = Entered.of(column, name)
    lenient = entered.lenient(on_error)
    answer: T = entered.given_back(_nasab.parse(entered.arrow, to, source, lenient, entered.name))
    return answer


def keys(column: T, *, name: str | None = None) -> T:
    """The blocking keys of names: lists of texts to join on; none where there is no letter.

    >>> one, two = keys(["قيس الخزعلي", "Qais Khazaali"])
    >>> bool(set(one) & set(two))
    True
    """
    entered = Entered.of(column, name)
    answer: T = entered.given_back(_nasab.keys(entered.arrow, entered.name))
    return answer


def _other(right: Any, name: str | None) -> tuple[object, str | None]:
    if isinstance(right, str):
        return right, None
    entered = Entered.of(right, name)
    return entered.arrow, entered.name


def probability(
    left: T,
    right: object,
    *,
    prior: float | None = None,
    left_name: str | None = None,
    right_name: str | None = None,
) -> T:
    """The probability that the names of each row are one person's; `right` is a column, or one name for all rows.

    >>> [round(p, 1) for p in probability(["قيس الخزعلي", "فالح الفياض"], "Qaïs el-Khazaali")]
    [1.0, 0.0]
    """
    entered = Entered.of(left, left_name)
    other, other_name = _other(right, right_name)
    answer: T = entered.given_back(_nasab.probability(entered.arrow, other, prior, entered.name, other_name))
    return answer


def match(
    left: T,
    right: object,
    *,
    prior: float | None = None,
    left_name: str | None = None,
    right_name: str | None = None,
) -> T:
    """The same with the reasons: records of ``probability``, ``words`` and ``reasons``.

    >>> [word["kind"] for word in match(["Mohammed Noureddine"], ["محمد نور الدين"])[0]["words"]]
    ['habit', 'habit']
    """
    entered = Entered.of(left, left_name)
    other, other_name = _other(right, right_name)
    answer: T = entered.given_back(_nasab.compare(entered.arrow, other, prior, entered.name, other_name))
    return answer


def link(
    column: T,
    registry: Registry,
    *,
    top: int = 5,
    threshold: float = 0.9,
    review: float = 0.3,
    on_error: str = "raise",
    name: str | None = None,
) -> T:
    """The people of a registry: records of ``status``, the best ``id``, ``name`` and ``probability``, and ``matches``.

    >>> people = Registry.of({"p1": ["Qays al-Khazali"]})
    >>> link(["Qaïs el-Khazaali"], people)[0]["status"]
    'linked'
    """
    return registry.link_column(column, top=top, threshold=threshold, review=review, on_error=on_error, name=name)


def cluster(
    column: T,
    *,
    threshold: float | None = None,
    facts: object | None = None,
    known: object | None = None,
    same: Sequence[tuple[int, int]] = (),
    apart: Sequence[tuple[int, int]] = (),
    on_error: str = "raise",
    name: str | None = None,
) -> T:
    """The group of each name; names of one person have one group.

    `facts` is a column of what is known beside the names, as ``"born=1974,country=iq"``. `known` is a column of the ids of groups that
    are known, null where there is none: such a group keeps its id, takes new names in, and is never joined with another. `same` and
    `apart` are pairs of rows that are decided.

    >>> one, two, three = cluster(["Qays al-Khazali", "Falih al-Fayyad", "قيس الخزعلي"])
    >>> one == three, one == two
    (True, False)
    >>> cluster(["Qays al-Khazali", "قيس الخزعلي"], known=["p1", None])
    ['p1', 'p1']
    """
    entered = Entered.of(column, name)
    lenient = entered.lenient(on_error)
    own_facts = None if facts is None else Entered.of(facts, "facts").arrow
    own_known = None if known is None else Entered.of(known, "known").arrow
    answer: T = entered.given_back(
        _nasab.cluster(
            entered.arrow, threshold, own_facts, own_known, list(same), list(apart), lenient, entered.name
        )
    )
    return answer


def lint(column: T, scheme: str = "dmg", *, arabic: object | None = None, name: str | None = None) -> T:
    """The defects of the romanized names in each text; `arabic` is a column of the originals.

    >>> [finding["fix"] for finding in lint(["Qays al-Haz‘alī spoke."], arabic=["تحدث قيس الخزعلي."])[0]]
    ['Ḫ', 'ʿ']
    """
    entered = Entered.of(column, name)
    originals = None if arabic is None else Entered.of(arabic, "arabic").arrow
    answer: T = entered.given_back(_nasab.lint(entered.arrow, scheme, originals, entered.name))
    return answer

"""Linking names to the people of a registry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from os import PathLike, fspath
from typing import Any, TypeVar

from nasab import _nasab
from nasab._convert import Entered
from nasab._records import Linkage, LinkMatch

T = TypeVar("T")


class Registry:
    """The people of a registry file, or of a list that ends in ``.jsonl``, ``.csv`` or ``.tsv``.

    >>> people = Registry.of({"p1": ["Qays al-Khazali"], "p2": ["Laith al-Khazali"]})
    >>> people.link("قيس الخزعلي").matches[0].id
    'p1'
    """

    #: What its making passed over.
    _passed_over: Sequence[str] = ()

    def __init__(self, path: str | PathLike[str]) -> None:
        self._own = _nasab.Registry.open_path(fspath(path))
        self._again: tuple[Callable[..., Registry], tuple[Any, ...]] = (Registry, (fspath(path),))

    @classmethod
    def of(cls, people: Mapping[str, Sequence[str]] | Iterable[tuple[str, Sequence[str]]]) -> Registry:
        """People by id, each with names."""
        given: Iterable[tuple[str, Sequence[str]]] = people.items() if isinstance(people, Mapping) else people  # pyright: ignore
        listed = [(id, [names] if isinstance(names, str) else list(names)) for id, names in given]
        registry = cls.__new__(cls)
        registry._own = _nasab.Registry.of_people(listed)
        registry._again = (Registry.of, (listed,))
        return registry

    @classmethod
    def create(cls, path: str | PathLike[str], people: str | PathLike[str], *, author: str) -> Registry:
        """A new registry file with the people of a list; `author` stands in its history. What was passed over is in `notices`."""
        passed_over = _nasab.Registry.create_path(fspath(path), fspath(people), author)
        registry = cls(path)
        registry._passed_over = passed_over
        return registry

    def __reduce__(self) -> tuple[Callable[..., Registry], tuple[Any, ...]]:
        # Who gets it in another process opens it there.
        return self._again

    @property
    def notices(self) -> list[str]:
        """What was passed over or mended when it was opened."""
        return [*self._passed_over, *self._own.notices]

    def link(
        self,
        name: str | Sequence[str],
        *,
        top: int = 5,
        threshold: float = 0.9,
        review: float = 0.3,
        facts: str | None = None,
    ) -> Linkage:
        """The people who may bear a name, or several names of one person; `facts` as ``"born=1974,country=iq"``."""
        names = [name] if isinstance(name, str) else list(name)
        found = self._own.link_names(names, top, threshold, review, facts)
        return Linkage(found["query"], found["status"], [LinkMatch(**own) for own in found["matches"]])

    def link_column(
        self,
        column: T,
        *,
        top: int = 5,
        threshold: float = 0.9,
        review: float = 0.3,
        on_error: str = "raise",
        name: str | None = None,
    ) -> T:
        """The same for a column: records of ``status``, the best ``id``, ``name`` and ``probability``, and ``matches``.

        >>> people = Registry.of({"p1": ["Qays al-Khazali"]})
        >>> [row and row["id"] for row in people.link_column(["Qaïs el-Khazaali", None])]
        ['p1', None]
        """
        entered = Entered.of(column, name)
        lenient = entered.lenient(on_error)
        answer: T = entered.given_back(
            self._own.link_column(entered.arrow, top, threshold, review, lenient, entered.name)
        )
        return answer

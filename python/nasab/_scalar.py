"""Functions for one name or one text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nasab import _nasab
from nasab._records import (
    Alignment,
    Comparison,
    Finding,
    Fit,
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


def normalize(name: str, to: str = "dmg", *, source: str = "auto") -> str:
    """A name in a scheme; ``to="arabic"`` writes Arabic. `source` names the scheme of the input.

    >>> normalize("Qaïs el-Khazaali")
    'Qays al-Ḫazʿalī'
    >>> normalize("Faleh al-Fayyadh", "arabic")
    'فالح الفياض'
    """
    return _nasab.write_name(name, to, source)


def read(name: str, to: str = "dmg", *, source: str = "auto", limit: int = 5) -> Name:
    """All that can be read of a name, written in a scheme.

    >>> read("قيس الخزعلي").arabic
    'قيس الخزعلي'
    """
    found = _nasab.read_name(name, to, source, limit)
    return Name(
        text=found["text"],
        arabic=found["arabic"],
        readings=[Reading(**own) for own in found["readings"]],
        parts=[Part(**own) for own in found["parts"]],
        notes=[Note(**own) for own in found["notes"]],
    )


def readings(name: str, to: str = "dmg", *, source: str = "auto", limit: int = 5) -> list[Reading]:
    """The likeliest readings of a name, best first.

    >>> [reading.text for reading in readings("حسن", limit=2)][0]
    'Ḥasan'
    """
    return read(name, to, source=source, limit=limit).readings


def parse(name: str, to: str = "dmg", *, source: str = "auto") -> list[Part]:
    """The parts of a name with their roles.

    >>> [part.role for part in parse("أبو بكر محمد بن زكريا الرازي")]
    ['kunya', 'ism', 'nasab', 'nisba']
    """
    return read(name, to, source=source, limit=1).parts


def match(left: str, right: str, *, prior: float | None = None, facts: tuple[str, str] | None = None) -> Comparison:
    """The probability that two names are one person's, and what it rests on.

    `prior` is the share of pairs of one person among all that will be compared. `facts` are what is known of both
    beside the names, as ``"born=1974,country=iq"``.

    >>> found = match("Mohammed Noureddine", "محمد نور الدين")
    >>> found.probability > 0.5, [word.kind for word in found.words]
    (True, ['habit', 'habit'])
    """
    found = _nasab.compare_two(left, right, prior, facts)
    return Comparison(
        probability=found["probability"],
        words=[WordReason(**own) for own in found["words"]],
        reasons=[Reason(**own) for own in found["reasons"]],
    )


def probability(left: str, right: str, *, prior: float | None = None) -> float:
    """The probability alone.

    >>> probability("قيس الخزعلي", "Qaïs el-Khazaali") > 0.9
    True
    """
    return match(left, right, prior=prior).probability


def keys(name: str) -> list[str]:
    """Blocking keys: two names that share none are not worth comparing.

    >>> bool(set(keys("قيس الخزعلي")) & set(keys("Qais Khazaali")))
    True
    """
    return _nasab.keys_of(name)


def variants(name: str, *, regions: Sequence[str] = (), limit: int = 20) -> list[Variant]:
    """The spellings worth searching for, likeliest first; of some regions, or of all writers.

    >>> [variant.text for variant in variants("شريف", regions=["french"], limit=3)]
    ['Charif', 'Charef', 'Cherif']
    """
    return [Variant(**own) for own in _nasab.spellings(name, list(regions), limit)]


def lint(text: str, scheme: str = "dmg", *, arabic: str | None = None, markup: str = "text") -> Linted:
    """The defects of a text's romanized names. `arabic` is the original; `markup` is text, markdown, html or latex.

    >>> lint("Qays al-Haz‘alī spoke.", arabic="تحدث قيس الخزعلي.").fixed
    'Qays al-Ḫazʿalī spoke.'
    """
    found, fixed = _nasab.lint_text(text, scheme, arabic, markup)
    return Linted([Finding(**own) for own in found], fixed)


def align(arabic: str, romanized: str, scheme: str = "dmg", *, markup: str = "text") -> Alignment:
    """The names of a translation beside those of its Arabic.

    >>> found = align("التقى قيس الخزعلي أمس فالح الفياض.", "Qays al-Haz‘alī met Fāliḥ al-Fayyāḍ.")
    >>> [name.arabic.text for name in found.names if name.arabic]
    ['قيس الخزعلي', 'فالح الفياض']
    """
    found = _nasab.align_text(arabic, romanized, scheme, markup)
    return Alignment([_pair(own) for own in found["names"]], found["parallel"])


def _pair(own: dict[str, Any]) -> NamePair:
    spot, defects = own["arabic"], [Finding(**defect) for defect in own["defects"]]
    records: dict[str, Any] = {"arabic": spot and Spot(**spot), "romanized": Spot(**own["romanized"]), "defects": defects}
    return NamePair(**{**own, **records})


def detect(text: str) -> list[Fit]:
    """The schemes that a text may be in, best first.

    >>> detect("Muḥammad Šayyāʿ as-Sūdānī")[0].scheme
    'dmg'
    """
    return [Fit(**own) for own in _nasab.detect_text(text)]


def schemes() -> list[Scheme]:
    """Every scheme.

    >>> "ijmes" in [scheme.label for scheme in schemes()]
    True
    """
    return [Scheme(**own) for own in _nasab.schemes()]

"""What functions for one name answer with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Reading:
    """A whole name as one choice of readings gives it."""

    text: str
    arabic: str
    probability: float
    #: Some word stands in no lexicon.
    guessed: bool


@dataclass(frozen=True)
class Part:
    """Words of a name that belong together: ism, kunya, nasab, laqab, nisba, family, title, other."""

    role: str
    text: str


@dataclass(frozen=True)
class Note:
    """What could not be read as a letter of a name; the rest was read all the same."""

    severity: str
    message: str
    hint: str | None
    #: The place in the text, from 1.
    character: int | None


@dataclass(frozen=True)
class Name:
    """A name that has been read: as written, in Arabic, its readings, its parts, and what was passed over."""

    text: str
    arabic: str
    readings: list[Reading]
    parts: list[Part]
    notes: list[Note]


@dataclass(frozen=True)
class WordReason:
    """What words of two names say of each other; `weight` is in log-odds, above 0 for one person."""

    left: str | None
    right: str | None
    kind: str
    how: str
    similarity: float
    weight: float


@dataclass(frozen=True)
class Reason:
    """What is no word's, in log-odds."""

    what: str
    weight: float


@dataclass(frozen=True)
class Comparison:
    """The probability that two names are one person's. The weights of words and reasons add up to its log-odds."""

    probability: float
    words: list[WordReason]
    reasons: list[Reason]


@dataclass(frozen=True)
class Variant:
    """A spelling worth searching for, with the share of writers who use it, or the scheme that writes so."""

    text: str
    probability: float
    scheme: str | None


@dataclass(frozen=True)
class Fit:
    """A scheme that a text may be in, and the words it cannot have written."""

    scheme: str
    probability: float
    unexplained: list[str]


@dataclass(frozen=True)
class Scheme:
    """A system of spelling. Options stand behind a colon: `dmg:din-1982`."""

    label: str
    title: str
    edition: str
    reversible: bool
    options: list[str]


@dataclass(frozen=True)
class Finding:
    """A defect of a romanized name; `line` and `column` count from 1."""

    code: str
    line: int
    column: int
    found: str
    fix: str | None
    name: str
    reason: str
    confidence: float


@dataclass(frozen=True)
class Linted:
    """The defects of a text, and the text with those mended that are sure."""

    findings: list[Finding]
    fixed: str


@dataclass(frozen=True)
class Spot:
    """A name in a text; `start` and `end` are bytes of its UTF-8."""

    text: str
    line: int
    column: int
    start: int
    end: int


@dataclass(frozen=True)
class NamePair:
    """A name of a translation beside the Arabic that it stands for."""

    arabic: Spot | None
    prefix: str
    romanized: Spot
    written: str
    foreign: bool
    full: str | None
    probability: float
    defects: list[Finding]


@dataclass(frozen=True)
class Alignment:
    """The names of two texts; not `parallel` where too few of one stand in the other."""

    names: list[NamePair]
    parallel: bool


@dataclass(frozen=True)
class LinkMatch:
    """A person who may bear the name; `decided` where somebody said so."""

    id: str
    name: str
    probability: float
    decided: bool = False


@dataclass(frozen=True)
class Linkage:
    """What became of a query: linked, review or none; matches, best first."""

    query: str
    status: str
    matches: list[LinkMatch]

"""The content of one line without labels: its day, kind, units and more, and the rest of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from osce_crawl.normalise.dates import find_date
from osce_crawl.pages.reading.labels import names_of
from osce_crawl.text.forms import END_MARKS
from osce_crawl.vocabulary import resolve_source
from osce_crawl.vocabulary.lookup import entries

#: The maximum length of an unknown piece beside facts; a longer one is text.
_LONGEST_UNKNOWN = 60
#: The ends of a text that the page cuts.
_CUT = ("…", "...")
#: This many known pieces make a line one of facts even if it has unknown ones.
_ENOUGH = 2
#: The maximum number of words in a name.
MOST_NAME_WORDS = 7
_WORDS = re.compile(r"[^\W\d_]+")
#: The longest lower-case word within a name ("of", "dhe").
_PARTICLE = 3


@dataclass
class Facts:
    """The content of a line without labels.

    :ivar rest: the unknown pieces.
    :ivar told: how many pieces are a date, a kind, a unit, a place or a field of work.
    :ivar changed: the day of a later change is one of them.
    :ivar loose: unknown words are so close to the known ones that all may be one sentence.
    """

    date: str | None = None
    kind: str | None = None
    sources: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    told: int = 0
    changed: bool = False
    loose: bool = False

    @property
    def says_something(self) -> bool:
        """Whether a date or a kind was found."""
        return bool(self.date or self.kind or self.times)

    @property
    def signed(self) -> bool:
        """Whether a unit of the OSCE and a date were found, as in a release's byline."""
        return bool(self.sources and (self.date or self.times))

    @property
    def revised(self) -> bool:
        """Whether who wrote something and when it was changed were found: a byline, too."""
        return bool(self.sources and self.changed)

    @property
    def is_header(self) -> bool:
        """Whether the line is one of facts as in headers, even with unknown pieces."""
        if not self.says_something:
            return False
        return not self.rest or (
            not self.loose
            and self.told >= max(_ENOUGH, len(self.rest))
            and bool(self.date or self.times)
            and bool(self.kind or self.sources)  # the date is not that of a meeting
            and all(map(_may_be_name, self.rest))
        )


def with_new_units(facts: Facts) -> Facts:
    """Take unknown pieces beside a date for units if they are names with the OSCE's own in them.

    Units are founded and renamed more often than the vocabulary is edited.
    """
    if facts.rest and not facts.sources and (facts.date or facts.times):
        units = [piece for piece in facts.rest if is_name_of_unit(piece)]
        if units:
            facts.sources = names_of(units, resolve_source)
            facts.rest = [piece for piece in facts.rest if piece not in units]
            facts.told += len(units)
    return facts


def is_name_of_unit(piece: str) -> bool:
    """Return whether a piece is a name with the organisation's in it: "OSCE Climate Hub".

    In many languages common words before it say what sort of unit it is: "Координатор проектів
    ОБСЄ в Одесі". They count if a known unit is of that sort.
    """
    words = _WORDS.findall(piece)
    if not 1 < len(words) <= MOST_NAME_WORDS or not piece[0].isupper():
        return False
    if "/" in piece or any(map(str.isdigit, piece)):
        return False  # "OSCE/Ada Example" is the credit of a picture
    if piece.endswith(_CUT):
        return False
    sort, rest = _parted(words)
    if " ".join(sort).casefold() not in _sorts_of_units():
        rest = words
    named = all(word[0].isupper() or len(word) <= _PARTICLE for word in rest)
    return named and len(sort) < len(words)


def _parted(words: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Return the words before the organisation's name, and the others; all if it is not there."""
    own = (at for at, word in enumerate(words) if (resolve_source(word) or {}).get("id") == "osce")
    at = next(own, len(words))
    return words[:at], words[at:]


@cache
def _sorts_of_units() -> frozenset[str]:
    """Return the words before the organisation's name in the names of units."""
    names = (name for unit in entries("units") for name in (unit["label"], *unit["aliases"]))
    parted = (_parted(_WORDS.findall(name)) for name in names)
    return frozenset(" ".join(sort).casefold() for sort, rest in parted if rest)


def _may_be_name(piece: str) -> bool:
    """Return whether an unknown piece is as short as a name, and not a sentence."""
    return (
        len(piece) <= _LONGEST_UNKNOWN
        and not piece.endswith(END_MARKS)
        and find_date(piece) is None
    )

"""The days that all titles of a listing begin or end with: "Judges meet (5 May 2021)".

One title with a day in it may be about that day; if all have one at the same end, it is the
entries'. What remains of them must be titles, each another one: "Weekly report of 5 May 2021" is
about its day.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from osce_crawl.normalise.dates import FoundDate, find_date, is_date_word
from osce_crawl.text.forms import starts_small
from osce_crawl.vocabulary.bylines import byline_opening

#: Characters between a day and a title, and after a day.
_BETWEEN = " \u00a0([|·•:,–—-"
_AFTER = ")] "
_OPENING = ("(", "[")
#: A title ends in no shorter small word.
_SHORTEST_END = 3
#: A title has at least this many words.
_FEWEST_WORDS = 2


class DatedTitle(NamedTuple):
    """A title, and the day printed before or after it."""

    day: str
    title: str


def part_days(titles: Sequence[str], language: str) -> list[DatedTitle]:
    """Return each title and its day; empty unless all have one at the same end and differ.

    :param language: tried first for the names of months.
    """
    if len(titles) <= 1 or len(set(titles)) < len(titles):
        return []
    for part in (_part_opening, _part_closing):
        parted = [part(title, language) for title in titles]
        found = [one for one in parted if one is not None]
        if len(found) == len(titles) == len({one.title for one in found}):
            return found
    return []


def _part_opening(text: str, language: str) -> DatedTitle | None:
    day = find_date(text, language)
    if day is None or day.date is None or day.start:
        return None
    return _parted(text[: day.end], text[day.end :].lstrip(_BETWEEN + _AFTER))


def _part_closing(text: str, language: str) -> DatedTitle | None:
    days = [one for one in _days_in(text, language) if not text[one.end :].strip(_AFTER)]
    if not days or days[0].date is None:
        return None
    day, before = text[days[0].start : days[0].end], text[: days[0].start]
    return _parted(day, before.rstrip(_BETWEEN), apart=before.endswith(_OPENING))


def _days_in(text: str, language: str) -> Iterator[FoundDate]:
    day = find_date(text, language)
    while day is not None:
        yield day
        day = find_date(text, language, pos=day.end)


def _parted(day: str, title: str, *, apart: bool = False) -> DatedTitle | None:
    """Return title and day, if the title is one without the day.

    :param apart: whether the day is in brackets, before which any title ends.
    """
    words = title.split()
    if len(words) < _FEWEST_WORDS or starts_small(title):
        return None
    return None if not apart and _announces_day(words[-1]) else DatedTitle(day, title)


def _announces_day(word: str) -> bool:
    """Return whether a title goes on after its last word: "as of", "issued on", "at 10:30,"."""
    short = starts_small(word) and len(word) < _SHORTEST_END
    return short or word[0].isdigit() or is_date_word(word) or byline_opening(word) is not None

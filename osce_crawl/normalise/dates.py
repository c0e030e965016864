"""Dates as releases print them.

Month names are CLDR's, frozen in `data/months.json` by `tools/build_cldr.py` together with printed
forms that CLDR lacks. The accepted forms are fixed; nothing is guessed or filled in.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from osce_crawl.data_files import read_data
from osce_crawl.text.forms import any_of

IGNORABLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_IGNORABLE = re.compile(f"[{IGNORABLE}]")

# Cyrillic letters that look like Latin ones in capitals, because headers mix the scripts, and the
# Turkish dotless i, lost in "KASIM"; the rest of the table drops diacritics.
_LOOK_ALIKES = str.maketrans("авекмнорстухіјѕı", "abekmhopctyxijsi") | dict.fromkeys(
    range(0x300, 0x370)
)

_DIGIT = re.compile("[0-9]")
_FOUR_DIGITS = re.compile("[0-9]{4}")
_LONGEST = 200  # code points of a date with weekday, time and zone, generously
_LONGEST_BEFORE_DIGIT = 18  # a month's name, its dot and spaces
_LETTERS = r"[^\W\d_]{3,14}"
_ORDINAL = r"(?:\s?(?:st|nd|rd|th|er|º|°)\b|-?(?:го|е|nji|njy)\b|[º°.])?"
_OF = r"(?:(?:of|de|di|del)\s+|d[’'])"
_YEAR = r"(?:19|20)[0-9]{2}(?![0-9])"
_DASH = "[-‐‑‒–—−]"
_AND = rf"(?:{_DASH}|/|(?:and|to|und|bis|et|au|e|y|i|do|и|по|та|і|dhe|și|şi)\b)"
_TIME = (
    r"(?:\s*(?:[,|-]|–|—|\bat\b|\bum\b|\bв\b|\bu\b|\bà\b)?\s*[0-9]{1,2}[:.][0-9]{2}(?::[0-9]{2})?"
    r"(?:\s?(?:[ap]\.?m\.?|hrs?|h|uhr))?(?:\s?\(?(?-i:[A-Z]{2,5}|Z|[+-][0-9]{2}:?[0-9]{2})\)?)?)?"
)
_NUMERIC = (
    r"(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?\s?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"
    r"(?![0-9])"
    r"|(?P<first>[0-9]{1,2})(?P<mark>/|\.\s?)(?P<second>[0-9]{1,2})(?:/|\.\s?)"
    rf"(?P<numeric_year>{_YEAR})"
)
# Mongolian counts the months: "2018 оны 6 дугаар сарын 12-ны өдөр", "2018 оны 6-р сарын 12".
_COUNTED = (
    rf"(?P<counted_year>{_YEAR})\sоны\s(?P<counted_month>[0-9]{{1,2}})\s?(?:-?р|-?д[уү]г[аэ]{{2}}р)"
    r"\sсарын\s(?P<counted_day>[0-9]{1,2})(?![0-9:%]|\.[0-9])(?:-?н[ыи]й?(?:\sөдөр)?\b)?"
)
_MONTH_FIRST = (
    rf"(?P<us_month>{_LETTERS})\.?\s+(?P<us_day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9.:%])"
)
_THEN_YEAR = rf"(?:\s*,)?\s+(?P<us_year>{_YEAR})"
_FROM = re.compile(
    rf"(?<![0-9])[0-9]{{1,2}}{_ORDINAL}(?:\s+(?P<month>{_LETTERS}))?\s*{_AND}\s*\Z", re.IGNORECASE
)
_UNTIL = re.compile(rf"\s*{_AND}\s*", re.IGNORECASE)
_LONGEST_FROM = 30
# Without a year, these month names are more likely words ("in 5 may be").
_COMMON_WORDS = frozenset(
    ["may", "march", "mar", "set", "sett", "pro", "gen", "mag", "kol", "lip", "lis", "stu", "tet"]
)


class FoundDate(NamedTuple):
    """A date-shaped part of a text, `text[start:end]`, with its date.

    `date` is null if the part is not a single date: impossible, ambiguous, a range of days.
    """

    date: date | None
    start: int
    end: int


class _Grammar(NamedTuple):
    months: dict[str, int]
    other_months: dict[str, dict[str, int]]
    leads: frozenset[str]
    whole: re.Pattern[str]
    part: re.Pattern[str]


def readable(text: str) -> tuple[str, Sequence[int] | None]:
    """Return `text` in NFC without invisible characters, and each character's old offset.

    The offsets (one more than the number of characters) are null if nothing was changed.
    """
    if text.isascii() or (unicodedata.is_normalized("NFC", text) and not _IGNORABLE.search(text)):
        return text, None
    kept: list[str] = []
    offsets: list[int] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and unicodedata.combining(text[end]):
            continue
        composed = unicodedata.normalize("NFC", _IGNORABLE.sub("", text[start:end]))
        kept.append(composed)
        offsets.extend([start] * len(composed))
        start = end
    return "".join(kept), [*offsets, len(text)]


def fold(word: str) -> str:
    """Return the common form of a word's spellings: without case, diacritics, mixed scripts.

    Letters of different scripts that look alike become one, so `MAЯ` typed with a Latin M and A
    equals the Cyrillic word. For comparing only, never for output.
    """
    word = word.lower()
    if word.isascii():
        return word
    return unicodedata.normalize("NFKD", word).translate(_LOOK_ALIKES)


def parse_date(text: str, language: str = "en") -> date | None:
    """Return the date if the whole of `text` is one, or null.

    Forms: `9 October 2023` in the newsroom's languages with ordinals, weekdays, "godine" and
    a time around it, `October 9, 2023`, ISO dates and date-times (the printed day counts),
    `13.10.2023`. Null for anything else, and for dates that are incomplete (`October 2023`),
    ambiguous (`05/06/2020`, in English `05.06.2020`) or impossible (`31 February 2010`).

    Month names of all languages are tried. `language` (a BCP 47 tag) decides whether dotted
    numbers may be month-first, and whether "listopada" is the Polish November.
    """
    if len(text) > _LONGEST or _DIGIT.search(text) is None:
        return None
    return _whole_date(text, language)


@lru_cache(maxsize=4096)
def _whole_date(text: str, language: str) -> date | None:
    grammar = _grammar()
    match = grammar.whole.fullmatch(" ".join(readable(text)[0].lstrip("@").split()))
    if match is None:
        return None
    if match["lead"]:
        words = match["lead"].lower().replace(",", " ").replace(".", " ").split()
        if not grammar.leads.issuperset(words):
            return None
    return _date_of(match, language, None)


def is_date_word(word: str) -> bool:
    """Return whether `word` is a weekday or another word before a date ("le", "den", "dana")."""
    return word.lower().strip(".,") in _grammar().leads


def is_month(word: str) -> bool:
    """Return whether `word` is a month's name in any of the languages."""
    return fold(word) in _grammar().months


def find_date(
    text: str, language: str = "en", pos: int = 0, year_near: date | None = None
) -> FoundDate | None:
    """Return the first date-shaped part of `text` from `pos` on, or null.

    With `year_near`, a day and month without a year count, too, with the year that is nearest to
    that date. Otherwise such a pair is skipped.
    """
    clean, offsets = readable(text)
    if offsets is not None:
        pos = next((new for new, old in enumerate(offsets) if old >= pos), len(clean))
    digit = _DIGIT.search(clean, pos)
    if digit is None:
        return None
    grammar = _grammar()
    first, pos = pos, max(pos, digit.start() - _LONGEST_BEFORE_DIGIT)
    while (match := grammar.part.search(clean, pos)) is not None:
        found = _found(match, language, year_near)
        if found is not None:
            found = _range(clean, first, found) or found
            if offsets is not None:
                return FoundDate(found.date, offsets[found.start], offsets[found.end])
            return found
        pos = match.start() + 1 if match["month"] is None else match.start("month")
    return None


def _range(clean: str, first: int, found: FoundDate) -> FoundDate | None:
    """Return the range of days that `found` ends or, without a year, starts."""
    grammar = _grammar()
    before = max(first, found.start - _LONGEST_FROM)
    start = _FROM.search(clean[before : found.start])
    if start is not None and fold(start["month"] or "may") in grammar.months:
        return FoundDate(None, before + start.start(), found.end)
    if _FOUR_DIGITS.search(clean, found.start, found.end) is not None:
        return None
    until = _UNTIL.match(clean, found.end)
    later = None if until is None else grammar.part.match(clean, until.end())
    end = None if later is None else _found(later, "", None)
    return None if end is None else FoundDate(None, found.start, end.end)


def _found(match: re.Match[str], language: str, year_near: date | None) -> FoundDate | None:
    """Return the date of a match of the search pattern, or null if it is not a date at all."""
    months = _grammar().months
    month = match["month"]
    if fold(month or match["us_month"] or match["early_month"] or "may") not in months:
        return None
    if month is None:
        if (
            match["us_month"] is not None
            and match["us_year"] is None
            and (year_near is None or not match["us_month"][0].isupper())
        ):
            return None
        return FoundDate(_date_of(match, language, year_near), match.start(), match.end())
    end = match.end()
    if match["year"] is None:
        if year_near is None or month in _COMMON_WORDS:
            return None
        end = match.end("month")
    return FoundDate(_date_of(match, language, year_near), match.start(), end)


def _date_of(match: re.Match[str], language: str, year_near: date | None) -> date | None:
    """Return the date of a match of either pattern, or null if there is no such day."""
    grammar = _grammar()
    months = grammar.months
    if match["iso"] is not None:
        return _day(*map(int, match["iso"].split("-")))
    if match["counted_year"] is not None:
        return _day(*(int(match[f"counted_{part}"]) for part in ("year", "month", "day")))
    if match["first"] is not None:
        numbers = (int(match[key]) for key in ("numeric_year", "first", "second"))
        return _numeric(*numbers, either=match["mark"] == "/" or language.startswith("en"))
    name = fold(match["month"] or match["us_month"] or match["early_month"])
    month = grammar.other_months.get(language, {}).get(name) or months.get(name, 0)
    if match["also"] is not None and months.get(fold(match["also"])) != month:
        return None
    day = int(match["day"] or match["us_day"] or match["early_day"] or match["armenian_day"])
    year = match["year"] or match["us_year"] or match["early_year"]
    if year is not None:
        return _day(int(year), month, day)
    return None if year_near is None else _nearest(month, day, year_near)


def _numeric(year: int, first: int, second: int, *, either: bool) -> date | None:
    """Return the date of two numbers and a year: day-first, or with `either` the only valid one."""
    day_first = _day(year, second, first)
    if not either:
        return day_first
    readings = {day_first, _day(year, first, second)} - {None}
    return readings.pop() if len(readings) == 1 else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest(month: int, day: int, near: date) -> date | None:
    """Return the date with this day and month that is nearest to `near`, or null."""
    years = range(max(near.year - 1, date.min.year), min(near.year + 1, date.max.year) + 1)
    days = [found for year in years if (found := _day(year, month, day)) is not None]
    return min(days, key=lambda found: abs(found - near), default=None) if days else None


@cache
def _grammar() -> _Grammar:
    """Read the names and compile the patterns, at the first use."""
    names = read_data("months")
    months = _by_name(names["months"])
    tail = rf"(?:\.?[\s-]?(?:{any_of(names['year_words'])})\b|-c[iıuü] il\b)?\.?"
    day_month = rf"(?P<day>[0-9]{{1,2}}){_ORDINAL}[\s-]*{_OF}?(?P<month>{_LETTERS})\.?"
    # Bosnian releases print a month in both languages: "3. jul/srpanj 2017. godine".
    also = rf"(?:\s?/\s?(?P<also>{_LETTERS})\.?)?"
    lead = rf"(?:{_OF}|(?:{any_of(names['year_leads'])})\s+)?"
    year = rf"{also}\s*(?:[-,]\s*)?{lead}(?P<year>{_YEAR}){tail}"
    # Languages of Central Asia and the Caucasus begin with the year and a word for "year".
    early = (
        rf"(?P<early_year>{_YEAR})(?:[\s-]?(?:{any_of(names['early_year_words'])})\b"
        r"|-(?:c[iıuü]|nj[iy]) (?:il|ýyl)\w*)\.?,?\s*"
        rf"(?:(?P<early_day>[0-9]{{1,2}}){_ORDINAL}[\s-]*)?(?P<early_month>{_LETTERS})"
        r"(?(early_day)|\s(?P<armenian_day>[0-9]{1,2})(?![0-9.:%]))"
    )
    whole = (
        r"(?P<lead>(?:[^\W\d_]+[.,]*\s)*)"
        rf"(?:{day_month}{year}|{early}|{_COUNTED}|{_MONTH_FIRST}{_THEN_YEAR}|(?:{_NUMERIC}){tail}){_TIME}\.?"
    )
    part = (
        rf"(?<![0-9])(?<![0-9][/.:,])(?:{early}|{_COUNTED}|{_NUMERIC}|{day_month}(?:{year})?)"
        rf"|(?<!\w){_MONTH_FIRST}(?:{_THEN_YEAR})?"
    )
    return _Grammar(
        months,
        {language: _by_name(other) for language, other in names["other_months"].items()},
        frozenset(" ".join(names["weekdays"] + names["day_words"]).split()),
        re.compile(whole, re.IGNORECASE),
        re.compile(part, re.IGNORECASE),
    )


def _by_name(months: dict[str, list[str]]) -> dict[str, int]:
    """Return the number of each month by its folded names."""
    return {fold(name): int(number) for number, forms in months.items() for name in forms}

"""Datelines: where a release says it was issued and when, before its first sentence."""

import re
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

from osce_crawl.normalise.dateline_words import dateline_words
from osce_crawl.normalise.dates import (
    FoundDate,
    find_date,
    is_month,
    parse_date,
    readable,
)
from osce_crawl.normalise.place_names import (
    DASH,
    NAME_WORD,
    PLACES_LENGTH,
    TOWN_WORD,
    PrintedPlaces,
    country_named,
    is_known_town,
    is_town,
    place_part,
    read_places,
)
from osce_crawl.normalise.preambles import starts_behind_preamble
from osce_crawl.text.forms import starts_small
from osce_crawl.vocabulary.bylines import byline_opening
from osce_crawl.vocabulary.gazetteer import resolve_place

HEAD = 240
"""Code points of a text that are examined: no known dateline is half as long."""

_SPACE = re.compile(r"\s*")
_MARKS = re.compile(rf"[{DASH}\s,.;:/|)]*")
_DIGIT = re.compile("[0-9]")
# A dash that ends a dateline: spaced, long, doubled, or a hyphen before a space; or an upright
# bar. A hyphen inside a word is part of the name.
_BREAK = re.compile(
    rf"\s*[.,:;]?(?:\s+[{DASH}](?:\s*[{DASH}])*|[‒–—―−](?:\s*[{DASH}])*|-(?:\s*-)+|-(?=\s|$)|\s\|)\s*"
)
_REMARK = r"(?:\.?\s*(?:\([^()\n]{1,60}\)|\[[^\[\]\n]{1,60}\]|/OSCE/))?"
_TIME = (
    r"(?:,?\s*(?:at\s)?[0-9]{1,2}[:.][0-9]{2}"
    r"(?:\s?(?:[ap]\.m\.|[ap]m\b|hrs?\b|h\b))?(?:\s?[A-Z]{2,4}\b)?)?"
)
_AFTER_DATE = re.compile(
    rf"{_TIME}\s*[)\]]?{_REMARK}"
    rf"(?:\s*[.,:;]?\s*(?P<dash>[{DASH}](?:\s*[{DASH}])*\s*)"
    r"|(?P<stop>\s*(?:[.:;|/]|…|\.\.\.)\s+(?=\W*\w)|\s*[.:]?\s*\Z|\s*[.:]?[^\S\n]*\n\s*)"
    r"|(?P<space>,?\s+(?=[\"“„«]?[^\W\d_])))"
)
_SENTENCE_END = re.compile(r"\s*[.:]\s+(?=[\"“„«'‘]?[^\W_])")
# Text in place of a date that is not one: misspelt months, impossible years.
_BROKEN_DATE = re.compile(
    r"(?<![0-9])(?:[0-9]{1,2}(?:st|nd|rd|th|\.)?\s*[^\W\d_]{3,12}\.?(?:,?\s*['’]?[0-9]{2,5})?"
    r"|[^\W\d_]{3,12}\s+(?:19|20)[0-9]{2}|[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{2,4})\.?"
    r"(?:\s?(?:г|р)\.)?"
)
_OPENING_REMARK = re.compile(r"[(\[*]+\s*([^()\[\]*:]{1,60}?)\s*[)\]*]+\s*[:.,–—-]*\s*")
_OPENING_WORDS = (
    re.compile(r"([^\W\d_][^:–—\n(]{2,60}?)\s*(?::|\s[-–—]|[-–—]|\n)\s*(?<=\s)"),
    re.compile(r"([^\W\d_][^:–—\n(,]{2,60}),\s+"),
)
_BULLET = re.compile(rf"[{DASH}*•·]+\s+(?=[^\W_])")
_TWO_WORDS = re.compile(r"([^\W\d_]+(?:['’-][^\W\d_]+)*)(?:\s+([^\W\d_]+)(?![\w.]))?")
_ORGANISATION = re.compile(r"OSCE\b|ODIHR\b|ОБСЕ|ОБСЄ")
_YEAR = re.compile(r"[0-9]{4}")
# The maximum length of a paragraph that sums up the text below it.
_LONGEST_LEAD = 500
# How many of the following lines are searched for another dateline, as in a digest.
_LOOK_ON = 2
_LINE_START = re.compile(r"(?<=\n)[^\n]")
# A name that continues over a line break is two names.
_CUT = re.compile(rf"[^{DASH}\s,;/&|(]\s*\n\s*[^\W\d_]")


class _Dateline(NamedTuple):
    """A dateline and its offsets: of its start, of the mark that ends it, of the text.

    `date` is null if it prints no date, or none that is a single day.
    """

    printed: PrintedPlaces
    date: date | None
    start: int
    raw_end: int
    end: int


def parse_dateline(text: str, published: date | None = None) -> dict[str, Any] | None:
    """Return the dateline at the start of `text`, or after its preamble, or null.

    Keys: `raw` (as printed, without the mark that ends it), `date` (ISO date or null), `places`
    (printed names; a town in two languages is one), `country` (printed, or null), `end` (code
    points of `text` before the text proper). `published` supplies the year if none is printed.

    At least one place is required. Without a date the place must be beyond doubt: followed by
    its country, a town that releases come from, or in capitals and in the gazetteer.
    For a range of days or a misspelt date, `date` is null.

    For preambles see `osce_crawl.normalise.preambles`. A dateline after one has its places in
    capitals, or opens a line and ends in a dash. It must be the only one: a digest has one per
    entry. After a lead it must also be of the day `published`: a place and a day after news are
    part of the report.
    """
    found = _read_at(text, 0, published)
    if found is None:
        starts = starts_behind_preamble(text)
        read = (one for at in starts if (one := _read_at(text, at, published)) is not None)
        found = next(read, None) or _behind_lead(text, published)
        if found is None or not _opens_text(found, text):
            return None
    return {
        "raw": text[found.start : found.raw_end].rstrip().rstrip(",;:").rstrip(),
        "date": None if found.date is None else found.date.isoformat(),
        "places": list(found.printed.places),
        "country": found.printed.country,
        "end": found.end,
    }


def _read_at(text: str, at: int, published: date | None) -> _Dateline | None:
    """Return the dateline that begins at offset *at* of *text*, or null."""
    head, offsets = readable(text[at : at + HEAD])
    start = _start(head)
    if start is None:
        return None
    body = _after_prefixes(head, start)
    if _is_prose(head, body):
        return None
    found = _dated(head, body, published) or _undated(head, body)
    if found is None or _opens_byline(head[body : body + PLACES_LENGTH]):
        return None
    printed, day, raw_end, end = found
    # an announcement on a line of its own is not part of the dateline
    start = body if "\n" in head[start:body] else start
    if offsets is not None:
        start, raw_end, end = offsets[start], offsets[raw_end], offsets[end]
    return _Dateline(printed, day, at + start, at + raw_end, at + end)


def _behind_lead(text: str, published: date | None) -> _Dateline | None:
    """Return the dateline in capitals, of the day `published`, that opens the second paragraph."""
    lead = text.find("\n")
    if published is None or not 0 < lead <= _LONGEST_LEAD:
        return None
    line = _LINE_START.search(text, lead)
    found = None if line is None else _read_at(text, line.start(), published)
    if found is None or found.date != published or not found.printed.upper:
        return None
    return found


def _opens_byline(text: str) -> bool:
    """Return whether words such as "Published on", and no place, precede the date."""
    opening = byline_opening(text)
    return opening is not None and opening[0] in {"published", "changed"}


def _opens_text(found: _Dateline, text: str) -> bool:
    """Return whether a dateline after a preamble opens the text of a single release."""
    above, printed = text[: found.start].rstrip(), found.printed
    if not text[found.end :].strip():
        return False
    dashed = any(mark in DASH for mark in text[found.raw_end : found.end])
    opens_line = "\n" in text[len(above) : found.start]
    if not printed.upper and not (found.date and dashed and opens_line):
        return False
    if found.date is None and not dashed:
        dated = _DIGIT.search(text, found.start, found.raw_end)  # an event's days
        if dated or not (printed.country or printed.known):
            return False
    later = (found.end + line.start() for line in _LINE_START.finditer(text[found.end :]))
    return not any(_is_entry(text, at) for at in islice(later, _LOOK_ON))


def _is_entry(text: str, at: int) -> bool:
    """Return whether the line at offset *at* opens with places in capitals and a mark."""
    ending = _BREAK.search(text, at, at + HEAD)
    if ending is None:
        return False
    names = text[at : ending.start()]
    found = find_date(names, "und")
    printed = read_places(place_part(names if found is None else names[: found.start]))
    return printed is not None and printed.upper and all(map(is_town, printed.places))


def _behind(marks: re.Pattern[str], text: str, start: int) -> int:
    """Return where *text* continues after such marks at *start*."""
    found = marks.match(text, start)
    return start if found is None else found.end()


def _start(head: str) -> int | None:
    """Return where the text starts, or null if no dateline starts like this."""
    start = _behind(_SPACE, head, 0)
    if start == len(head):
        return None
    first = head[start]
    starts = (
        (first.isalpha() and not starts_small(first))
        or first.isdigit()
        or first in "([*/"
        or _BULLET.match(head, start) is not None
        or TOWN_WORD.match(head, start) is not None
    )
    return start if starts else None


def _after_prefixes(head: str, start: int) -> int:
    """Return where the dateline proper starts, after "CORRECTION:", "(OSCE)" and the like."""
    words = dateline_words()
    while True:
        bullet = _BULLET.match(head, start)
        start = start if bullet is None else bullet.end()
        first = NAME_WORD.match(head, start)
        if head[start] in "([*":
            openings = [_OPENING_REMARK.match(head, start)]
        elif first is None or first[0].casefold() not in words.prefix_starts:
            return start
        else:
            openings = [pattern.match(head, start) for pattern in _OPENING_WORDS]
        end = next((found.end() for found in openings if found and _is_prefix(found[1])), None)
        if end is None and not any(openings) and first and first[0].casefold() in words.prefixes:
            return _behind(_SPACE, head, first.end())
        if end is None or end == len(head):
            return start
        start = _after_date_line(head, end)


def _after_date_line(head: str, start: int) -> int:
    """Return where the next line begins if only a date follows a prefix on its line."""
    line_end = head.find("\n", start)
    if line_end < 0 or parse_date(head[start:line_end]) is None:
        return start
    return _behind(_SPACE, head, line_end)


def _is_prose(head: str, body: int) -> bool:
    """Return whether the next two words exclude a dateline at `body`: a cheap test."""
    town_word = TOWN_WORD.match(head, body)
    match = _TWO_WORDS.match(head, body if town_word is None else town_word.end())
    if match is None:
        return False
    words = dateline_words()
    first, second = match[1].casefold(), match[2]
    if second is not None and second.islower() and second not in words.joining:
        return True
    if first in words.openers:
        return second is not None and second.casefold() in words.not_places
    return first in words.not_places and not is_month(first)


def _is_prefix(words: str) -> bool:
    """Return whether `words` announce a release, perhaps with a date ("Updated 5 May 2015")."""
    found = find_date(words)
    if found is not None:
        words = words[: found.start] + words[found.end :]
    return words.strip(" ,.0123456789").casefold() in dateline_words().prefixes


_Reading = tuple[PrintedPlaces, date | None, int, int]


def _dated(head: str, body: int, published: date | None) -> _Reading | None:
    """Return places, date, end of the raw dateline and end, if it contains a date."""
    digit = _DIGIT.search(head, body, body + PLACES_LENGTH)
    if digit is None:
        return None
    found = find_date(head, "und", body, published or date(2000, 1, 1))
    if found is not None:
        has_year = _YEAR.search(head, found.start, found.end) is not None
        if published is None and not has_year:
            found = found._replace(date=None)
        reading = _date_first(head, body, found) or _date_last(head, body, found, has_year=has_year)
        if reading is not None:
            return reading
    broken = _BROKEN_DATE.search(head, body)
    if broken is None or (found is not None and broken.start() > found.start):
        return None
    word = NAME_WORD.match(broken[0])
    if word is not None and not is_month(word[0]) and head[: broken.start()].rstrip()[-1:] != ",":
        return None  # "VIENNA DOCUMENT 2011"
    return _broken(head, body, FoundDate(None, broken.start(), broken.end()))


def _date_first(head: str, body: int, found: FoundDate) -> _Reading | None:
    """Read a dateline such as `19 December 2024, SARAJEVO -`."""
    if head[body : found.start].strip(" ("):
        return None
    start = _behind(_MARKS, head, found.end)
    for ending in _BREAK.finditer(head, start):
        if _DIGIT.search(head, start, ending.start()) is not None:
            return None  # the date of a note above the dateline
        printed = _read_names(head[start : ending.start()])
        if printed is not None:
            trusted = _is_trusted(printed)
            return (printed, found.date, ending.start(), ending.end()) if trusted else None
    for stop in _SENTENCE_END.finditer(head, start, start + PLACES_LENGTH):
        printed = _read_names(head[start : stop.start()])
        if printed is not None and printed.known and printed.upper:
            return printed, found.date, stop.start(), stop.end()
    return None


def _date_last(head: str, body: int, found: FoundDate, *, has_year: bool) -> _Reading | None:
    """Read `SARAJEVO, 19 December 2024 -`, or one with another mark or none after the date."""
    ending = _AFTER_DATE.match(head, _without_stop(head, found.end))
    if ending is None:
        return None
    printed = _read_names(place_part(head[body : found.start]))
    if printed is None:
        return None
    above = "\n" in head[len(head[: found.start].rstrip()) : found.start]
    if above and not (printed.known or all(map(is_town, printed.places))):
        return None  # a headline above the date
    trusted = _is_trusted(printed)
    runs_on = starts_small(head[ending.end() :])
    if ending["dash"] is not None:
        if not trusted and (runs_on or not all(map(_may_be_town, printed.places))):
            return None
        return printed, found.date, ending.start("dash"), ending.end()
    mark = "stop" if ending["stop"] is not None else "space"
    # the full stop of "2024 г." may also end the sentence
    stopped = mark == "stop" or head[found.end - 1] == "."
    starts_sentence = not runs_on if mark == "stop" else head[ending.end()].isupper()
    if not (has_year and starts_sentence):
        return None
    if printed.upper or (stopped and (trusted or all(map(is_town, printed.places)))):
        return printed, found.date, ending.start(mark), ending.end()
    return None


def _is_trusted(printed: PrintedPlaces) -> bool:
    """Return whether names beside a date cannot be those of persons or events."""
    return printed.upper or printed.known or printed.country is not None


def _may_be_town(name: str) -> bool:
    """Return whether a lower-case name beside a date may be a town: one word, or a known place."""
    return is_town(name) or (" " not in name.strip() and not name.strip()[:1].islower())


def _without_stop(head: str, end: int) -> int:
    """Return the end of a date, excluding a full stop right after its year or a word for that."""
    if head[end - 1] != ".":
        return end
    word = head[: end - 1].rsplit(maxsplit=1)[-1]
    return end - 1 if word[-1:].isdigit() or word.casefold() in dateline_words().year_words else end


def _broken(head: str, body: int, found: FoundDate) -> _Reading | None:
    """Read a dateline whose date is misspelt: places in capitals, and a dash after it."""
    ending = _AFTER_DATE.match(head, found.end)
    if ending is None or ending["dash"] is None:
        return None
    printed = _read_names(place_part(head[body : found.start]))
    if printed is None or not printed.upper:
        return None
    return printed, None, ending.start("dash"), ending.end()


def _undated(head: str, body: int) -> _Reading | None:
    """Return the reading of a dateline without a date, if the place is beyond doubt."""
    ending = _BREAK.search(head, body, body + PLACES_LENGTH)
    if ending is not None and ending.end() < body + PLACES_LENGTH:
        printed = _read_names(head[body : ending.start()].strip())
        rest = head[ending.end() :].lstrip("\"“„«'‘")
        if printed is not None and _is_beyond_doubt(printed, rest):
            return printed, None, ending.start(), ending.end()
    for stop in _SENTENCE_END.finditer(head, body, body + PLACES_LENGTH):
        printed = _read_names(head[body : stop.start()].strip())
        if printed is None:
            continue
        named = _has_town_and_country(printed) or (printed.known and printed.upper)
        if named and head[stop.end() :].lstrip("\"“„«'‘")[:1].isupper():
            return printed, None, stop.start(), stop.end()
    return None


def _is_beyond_doubt(printed: PrintedPlaces, rest: str) -> bool:
    """Return whether places before a dash are a dateline, although there is no date."""
    if not rest or not (rest[0].isupper() or rest[0].isdigit()):
        return False
    if _has_town_and_country(printed):
        return True
    if not printed.upper:
        return printed.known and _ORGANISATION.search(rest, 0, 40) is not None
    return printed.known or all(map(is_town, printed.places))


def _has_town_and_country(printed: PrintedPlaces) -> bool:
    """Return whether a country follows towns that are not countries, unlike in a list of States."""
    if printed.country is None or any(map(country_named, printed.places)):
        return False
    return printed.upper or all(
        is_known_town(name) or resolve_place(name, printed.country) is not None
        for name in printed.places
    )


def _read_names(text: str) -> PrintedPlaces | None:
    """Return the places that `text` names, or null; a line above them is not part of a name."""
    printed = read_places(text)
    if printed is None or _CUT.search(text) is None:
        return printed
    return printed if printed.places == (text,) and is_town(text) else None

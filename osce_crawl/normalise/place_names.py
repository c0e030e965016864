"""Place names as printed in headers and datelines: separated, and distinguished from other words.

Word lists are those of `osce_crawl.normalise.dateline_words`; country names come from the
vocabulary of States.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from osce_crawl.normalise.conjunctions import conjunctions
from osce_crawl.normalise.dateline_words import dateline_words, spelling_key
from osce_crawl.normalise.dates import is_date_word, parse_date, readable
from osce_crawl.text.forms import any_of, starts_small
from osce_crawl.vocabulary import resolve_content_type, resolve_state
from osce_crawl.vocabulary.gazetteer import resolve_place
from osce_crawl.vocabulary.lookup import entries

#: All characters used as a dash.
DASH = "-‐‑‒–—―−~"
#: The maximum length of the places of one release, in code points.
PLACES_LENGTH = 110
_WORDS_IN_A_NAME = 5
_WORDS_IN_A_REGION = 3
_PARENTHESES = re.compile(r"\s*[(\[]\s*([^()\[\]]*?)\s*[)\]]")
# What Russian and Ukrainian print before the name of a town, village or settlement.
TOWN_WORD = re.compile(r"(?:г|м|с|пос|пгт|смт)\.\s?(?=[^\W\d_])")
NAME_WORD = re.compile(r"[^\W\d_]+(?:[.'’‘`ʼ-]+[^\W\d_]+)*[.'’]?")
_TIME_BEFORE = re.compile(r"[0-9]{1,2}[:.][0-9]{2}\s?(?:[ap]\.?m\.?|hrs?|h)?[\s,]*\Z")
_FEDERAL_DISTRICT = re.compile(r"D\.?\s?C\.?", re.IGNORECASE)
_ORGANISATIONS = frozenset(["OSCE", "ODIHR", "ОБСЕ", "ОБСЄ"])
_PARTS_OF_TOWN = frozenset(
    ["north", "northern", "south", "southern", "severna", "sjeverna", "juzna", "veriore", "jugore"]
)
_COMPASS = re.compile(r"(?:north|south|east|west|central)(?:-?(?:east|west))?(?:ern)?\s+")


class PrintedPlaces(NamedTuple):
    """Place names as printed, the printed country that follows them, and how they look.

    `upper`: no name has a small letter, except in particles. `known`: all are in the list of towns
    that releases come from.
    """

    places: tuple[str, ...]
    country: str | None
    upper: bool
    known: bool


def split_places(text: str) -> list[str]:
    """Return the place names in the value of a "Place:" header, as printed.

    A town in two languages stays one name. A country after a town is left out ("VIENNA,
    Austria" gives VIENNA; `read_places` gives the country, too); a country alone is a place. A
    value that is not place names is kept whole, so that it can be reported.
    """
    line = " ".join(readable(text)[0].split()).strip(" ,;")
    printed = read_places(line)
    if printed is None:
        return [line] if line else []
    return list(printed.places)


@lru_cache(maxsize=4096)
def read_places(text: str) -> PrintedPlaces | None:
    """Return the places that `text` names, or null if it is anything else than place names.

    Organisations in parentheses or beside a place ("VIENNA (OSCE)") are left out, and so is a
    region after towns in capitals ("CHARLOTTE, North Carolina").
    """
    if len(text) > PLACES_LENGTH:
        return None
    if country_named(text) is not None:
        return PrintedPlaces((text.strip(),), None, text.isupper(), known=False)
    remarks = [country_named(remark) for remark in _PARENTHESES.findall(text)]
    printed: list[str] = []
    towns: list[str] = []
    shared = True
    for name, mark in _names(_PARENTHESES.sub("", text).strip(" ,;")):
        after_town = bool(towns) and mark == ","
        if after_town and (country := country_named(name)) is not None:
            printed.append(country)
        elif name not in _ORGANISATIONS and not (after_town and _is_region(name, towns)):
            # In "TIRANA, Albania/VIENNA" the country applies to one town only.
            shared = shared and not printed
            towns.append(TOWN_WORD.sub("", name, count=1))
    if not towns or not all(map(_is_name, towns)) or any(map(is_date_word, towns)):
        return None  # "Sonntag" is a town, too
    countries = list(dict.fromkeys(filter(None, [*remarks, *printed])))
    return PrintedPlaces(
        tuple(towns),
        countries[0] if shared and len(countries) == 1 else None,
        upper=all(map(_in_capitals, towns)),
        known=all(map(is_known_town, towns)),
    )


def place_part(text: str) -> str:
    """Return the text before a date without a final time, weekday, article or marks."""
    text = _TIME_BEFORE.sub("", text).lstrip("([")
    while True:
        text = text.rstrip(" \u00a0\u202f\t\n,;:([/|" + DASH)
        head, _, last = text.rpartition(" ")
        if not head or not is_date_word(last):
            break
        text = head
    if text.endswith(".") and "." not in text.rpartition(" ")[2][:-1]:
        return text[:-1]
    return text


def is_town(name: str) -> bool:
    """Return whether the gazetteer has a town of this name, and no country."""
    return country_named(name) is None and resolve_place(name) is not None


@cache
def _separator() -> re.Pattern[str]:
    """Return the pattern of marks and words between two names."""
    words = conjunctions()
    # a single Latin capital may be an initial or a number
    capitals = {one.upper() for one in words if len(one) > 1 or not one.isascii()}
    return re.compile(
        rf"\s*(?P<mark>[,;/&+|]|\s[{DASH}]\s|[–—]|(?<=\s)(?:{any_of(words | capitals)})(?=\s))\s*"
    )


def _names(text: str) -> list[tuple[str, str]]:
    """Return the names in `text`, each with the mark before it; "A/B" of one town is one name."""
    parts: list[tuple[str, str]] = []
    start, mark = 0, ""
    spans: list[tuple[int, int, str]] = []
    for separator in _separator().finditer(text):
        spans.append((start, separator.start(), mark))
        start, mark = separator.end(), separator["mark"].strip()
    spans.append((start, len(text), mark))
    first = 0
    while first < len(spans):
        begin, end, mark = spans[first]
        last = first
        while last + 1 < len(spans) and _joined(text, begin, end, spans[last + 1]):
            last += 1
            end = spans[last][1]
        parts.append((text[begin:end], mark))
        first = last + 1
    return parts


def _joined(text: str, begin: int, end: int, following: tuple[int, int, str]) -> bool:
    """Return whether the next name belongs to the one before it."""
    start, stop, mark = following
    name = text[start:stop]
    if mark == "/":
        previous = text[begin:end].rpartition("/")[2].strip()
        return bool(_towns(previous) & _towns(name))
    if mark == ",":
        return _FEDERAL_DISTRICT.fullmatch(name) is not None
    # The name of a country or town may contain "and".
    whole = text[begin:stop]
    return bool(country_named(whole) or _towns(whole))


def country_named(text: str) -> str | None:
    """Return the country that `text` names, without "eastern" before it, or null."""
    name = _COMPASS.sub("", text.strip(), count=1)
    if resolve_state(name) is not None or name.casefold() in dateline_words().other_countries:
        return name
    return None


def _is_region(name: str, towns: list[str]) -> bool:
    """Return whether `name`, after `towns` in capitals, looks like the region they lie in."""
    if not all(map(_in_capitals, towns)) or _in_capitals(name) or parse_date(name) is not None:
        return False
    if resolve_content_type(name) is not None:
        return False
    namesake = name.upper() in towns  # NEW YORK, New York
    return len(name.split()) <= _WORDS_IN_A_REGION and (namesake or not is_known_town(name))


def _is_name(name: str) -> bool:
    """Return whether `name` consists of words that a place name may have."""
    words = name.replace("/", " ").replace(",", " ").split()
    vocabulary = dateline_words()
    if not words or len(words) > _WORDS_IN_A_NAME + name.count("/") * _WORDS_IN_A_NAME:
        return False
    for position, word in enumerate(words):
        plain = word.casefold().rstrip(".")
        inside = 0 < position < len(words) - 1
        if inside and plain in vocabulary.particles:
            continue
        if position == 0 and len(words) > 1 and plain in vocabulary.openers:
            continue
        if plain in vocabulary.not_places and position and is_town(name):
            return True  # "SANSKI MOST"
        if plain in vocabulary.not_places or not NAME_WORD.fullmatch(word):
            return _FEDERAL_DISTRICT.fullmatch(word) is not None
        if starts_small(word) or len(plain) == 1:
            return False
    return True


def _in_capitals(name: str) -> bool:
    """Return whether the words of `name`, except particles, are in capitals."""
    if name.isupper():
        return True
    particles = dateline_words().particles
    return all(word.isupper() or word in particles for word in name.split())


def is_known_town(name: str) -> bool:
    """Return whether releases come from the town `name`, in one language or in two ("A/B")."""
    known = dateline_words().known
    return all(spelling_key(part.strip()) in known for part in name.split("/"))


def _towns(name: str) -> frozenset[int]:
    """Return the rows of the table of bilingual towns that have `name`, ignoring "North"."""
    words = [word for word in spelling_key(name).split() if word not in _PARTS_OF_TOWN]
    return dateline_words().towns.get(" ".join(words), frozenset())


def places_named(text: str) -> list[str]:
    """Return the places that *text* names beyond doubt, without a label.

    These are towns that releases come from, and, in capitals, countries and towns of the countries
    where the OSCE works: elsewhere, "UNIVERSITY" is a town. A country in small letters is more
    likely the unit that works there.
    """
    printed = read_places(text)
    if printed is None or not (printed.known or printed.upper):
        return []
    if printed.known or all(map(_is_near, printed.places)):
        return list(printed.places)
    return []


def _is_near(name: str) -> bool:
    """Return whether a name in capitals is a country, or a town where the OSCE works.

    The towns that releases come from are so in any language.
    """
    if country_named(name) is not None:
        return True
    place = resolve_place(name)
    if place is None:
        return False
    return place["country"] in _host_countries() or is_known_town(place["name"])


@cache
def _host_countries() -> frozenset[str]:
    return frozenset(unit["host_country"] for unit in entries("units") if unit.get("host_country"))

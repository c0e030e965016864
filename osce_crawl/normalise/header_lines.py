"""The one line in which older pages print place and date below the headline."""

from datetime import date
from typing import NamedTuple

from osce_crawl.normalise.dates import find_date, is_date_word, readable
from osce_crawl.normalise.place_names import (
    DASH,
    PrintedPlaces,
    country_named,
    is_town,
    place_part,
    read_places,
)

#: Such a line is far shorter.
_LONGEST = 240
#: Characters between place and date.
_BETWEEN = " ,.;:|·•" + DASH


class HeaderLine(NamedTuple):
    """The content of an older page's one-line header: printed place names and the date."""

    places: list[str]
    date: date | None


def split_header_line(text: str, language: str = "en") -> HeaderLine | None:
    """Return places and date of a header such as `VIENNA/THE HAGUE 7 January 2003`, or null.

    The whole line must be a date, alone or with places before or after it. Names stay as
    printed, including mixed scripts. An impossible date is null; its places are kept.
    """
    line = " ".join(readable(text[:_LONGEST])[0].split())
    found = find_date(line, language)
    if found is None or len(text) > _LONGEST:
        return None
    before = place_part(line[: found.start].rstrip(" |·•"))
    before = "" if is_date_word(before) else before  # a weekday
    after = line[found.end :].strip(_BETWEEN + "()")
    if before and after:
        return None
    if not before and not after:
        return HeaderLine([], found.date)
    printed = read_places(before or after)
    if printed is None or not _may_be_places(printed):
        return None
    if after and not printed.upper and not _are_known(printed):
        return None  # whoever wrote it
    return HeaderLine(list(printed.places), found.date)


def _are_known(printed: PrintedPlaces) -> bool:
    """Return whether names are countries, or towns that releases come from."""
    countries = (country_named(name) is not None for name in printed.places)
    return printed.known or printed.country is not None or all(countries)


def _may_be_places(printed: PrintedPlaces) -> bool:
    """Return whether names beside a date may be places: in capitals, or known places."""
    return (
        printed.upper
        or _are_known(printed)
        or all(is_town(name) or country_named(name) is not None for name in printed.places)
    )

"""The one line in which older pages print place and date below the headline."""

from datetime import date
from typing import NamedTuple

from osce_crawl.normalise.dates import find_date, readable
from osce_crawl.normalise.place_names import (
    DASH,
    PrintedPlaces,
    country_named,
    is_town,
    place_part,
    read_places,
)

#: Such a line is shorter by far.
_LONGEST = 240
#: What stands between place and date.
_BETWEEN = " ,.;:|·•" + DASH


class HeaderLine(NamedTuple):
    """What an older page's one-line header says: printed place names and the date."""

    places: list[str]
    date: date | None


def split_header_line(text: str, language: str = "en") -> HeaderLine | None:
    """Return places and date of a header such as `VIENNA/THE HAGUE 7 January 2003`, or null.

    The whole line must be a date, alone or with places before or after it. Names stay as
    printed, mixed scripts and all. An impossible date is null beside its places.
    """
    line = " ".join(readable(text[:_LONGEST])[0].split())
    found = find_date(line, language)
    if found is None or len(text) > _LONGEST:
        return None
    before = place_part(line[: found.start].rstrip(" |·•"))
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
    """Tell whether names are those of countries, or of towns that releases come from."""
    countries = (country_named(name) is not None for name in printed.places)
    return printed.known or printed.country is not None or all(countries)


def _may_be_places(printed: PrintedPlaces) -> bool:
    """Tell whether names beside a date are no person's: in capitals, or known as places."""
    return (
        printed.upper
        or _are_known(printed)
        or all(is_town(name) or country_named(name) is not None for name in printed.places)
    )

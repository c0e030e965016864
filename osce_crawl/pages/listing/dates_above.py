"""Whether the dates of a flat listing are above or below the titles.

Each title but the first or the last has a date above it and one below. If more have one above than
below, and not only one, the dates come first.
"""

from collections.abc import Sequence

from osce_crawl.pages.facts import read_facts
from osce_crawl.pages.listing.datelines import is_day_and_name
from osce_crawl.pages.reading.lines import Lines

#: The maximum distance of a date from its title, in lines.
_FARTHEST = 3


def dates_above(lines: Lines, titles: Sequence[int], language: str) -> dict[int, int]:
    """Return the lines of the dates by the lines of their titles; empty unless dates come first."""
    above = {title: _date_beside(lines, title, -1, language) for title in titles}
    below = [_date_beside(lines, title, +1, language) for title in above]
    found = {title: date for title, date in above.items() if date is not None}
    return found if len(found) > max(1, len(below) - below.count(None)) else {}


def _date_beside(lines: Lines, title: int, step: int, language: str) -> int | None:
    """Return the line of the date above (-1) or below (+1) a title, with only facts between."""
    parent = lines[title].block.getparent()
    for index in range(title + step, title + step * (_FARTHEST + 1), step):
        if parent is None or not 0 <= index < len(lines) or not lines[index].inside(parent):
            return None
        facts = read_facts(lines[index], language)
        if facts.rest and not is_day_and_name(lines[index], facts):
            return None
        if facts.date or facts.times:
            return index
    return None

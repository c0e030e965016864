"""Places and days in entries: of a dateline that opens a teaser, or alone on a line."""

from osce_crawl.normalise.datelines import parse_dateline
from osce_crawl.pages.listing.pieces import LONGEST_FACT
from osce_crawl.pages.reading.lines import Line
from osce_crawl.pages.unlabelled_facts import Facts


def opens_with_dateline(words: str) -> bool:
    """Return whether *words* are a dateline and the text after it: "VIENNA, 5 May 2021 – The"."""
    dateline = parse_dateline(words)
    return dateline is not None and dateline["end"] < len(words)


def is_dateline(words: str) -> bool:
    """Return whether *words* are only a place, which may be unknown, and a day."""
    dateline = parse_dateline(words)
    return dateline is not None and dateline["end"] == len(words) and dateline["date"] is not None


def is_day_and_name(line: Line, facts: Facts) -> bool:
    """Return whether a line has a day, and at most one unknown name beside it: "Bor – 5 May 2021".

    :param facts: those of the line.
    """
    if not facts.date:
        return False
    beside = (
        not line.links
        and len(facts.rest) == 1
        and len(facts.rest[0]) <= LONGEST_FACT
        and not facts.loose
    )
    return not facts.rest or beside or is_dateline(line.text)

"""Places and days in entries: of a dateline that opens a teaser, or alone on a line."""

from osce_crawl.normalise.datelines import parse_dateline


def opens_with_dateline(words: str) -> bool:
    """Return whether *words* are a dateline and the text after it: "VIENNA, 5 May 2021 – The"."""
    dateline = parse_dateline(words)
    return dateline is not None and dateline["end"] < len(words)


def is_dateline(words: str) -> bool:
    """Return whether *words* are only a place, which may be unknown, and a day."""
    dateline = parse_dateline(words)
    return dateline is not None and dateline["end"] == len(words) and dateline["date"] is not None

"""The number of items that a listing states: "1–10 of 96", "96 results", "News (96)"."""

import re
from collections.abc import Iterator, Sequence

from lxml.etree import _Element

from osce_crawl.normalise.urls import absolute
from osce_crawl.pages.listing.pager import Pager
from osce_crawl.pages.reading.lines import Line
from osce_crawl.pages.reading.reader import read_lines
from osce_crawl.vocabulary.listing_words import pattern_of, says_number

_COUNT = r"(\d[\d.,\s\u00a0]*)"
_DIGIT = re.compile("[0-9]")
_LETTERS = re.compile(r"[^\W\d_]+")
#: The maximum length of a line with the number of results.
_LONGEST_COUNT = 80
#: A heading with the number of what is below it.
_HEADED = re.compile(rf"[^\W\d_][^()]*\({_COUNT}\)")


def _totals() -> Iterator[re.Pattern[str]]:
    results, of, to = pattern_of("results"), pattern_of("of"), pattern_of("to")
    for pattern in (
        # "page 1 of 32" counts pages
        rf"\d\s*(?:[-–—]|\s(?:{to})\s)\s*\d[\d.,]*\s+(?:{of})\s+{_COUNT}",
        rf"\b(?:{of})\s+(?:about\s+)?{_COUNT}\s*(?:{results})\b",
        rf"{_COUNT}\s*(?:search\s+|news\s+|de\s+)?(?:{results})\b",
        rf"(?:{results})\s*[:(]\s*{_COUNT}",
    ):
        yield re.compile(pattern, re.IGNORECASE)


_TOTAL = tuple(_totals())
#: "Found: 14", without a word for what is counted: "Pages: 14".
_LABELLED = re.compile(
    rf"(?:{pattern_of('total')})\s?[:–—-]?\s?([0-9][0-9.,\s]*)\.?", re.IGNORECASE
)
#: "1–10 / 96".
_OF_ALL = re.compile(rf"\d+\s*[-–—]\s*\d+\s+/\s+{_COUNT}")


def read_total(lines: Sequence[Line]) -> int | None:
    """Return the number of items that a line states, or None."""
    for line in lines:
        if len(line.text) > _LONGEST_COUNT or not _DIGIT.search(line.text):
            continue
        if (match := _OF_ALL.fullmatch(line.text)) is not None:
            return _number(match[1])
        if (match := _LABELLED.fullmatch(line.text)) is not None:
            return _number(match[1])
        if not says_number(_LETTERS.findall(line.text)):
            continue
        for pattern in _TOTAL:
            match = pattern.search(line.text)
            if match:
                return _number(match[1])
    return None


def total_in_pager(body: _Element, url: str, pager: Pager) -> int | None:
    """Return the number of items that the ``nav`` of the pager states, or None.

    All of its links lead to pages of the listing; those of a menu or of filters do not.

    :param url: the page's address.
    """
    pages = {pager.next, *pager.pages.values(), url, url.partition("?")[0]}
    for nav in body.iter("nav"):
        links = [absolute(url, link.get("href") or "") for link in nav.iter("a")]
        if links and pages.issuperset(links):
            total = read_total([line for line in read_lines([nav]) if not line.links])
            if total is not None:
                return total
    return None


def total_in_heading(lines: Sequence[Line], first: int, shown: int) -> int | None:
    """Return the number in brackets after the heading of a listing, or None.

    Several headings with such numbers head parts of the page.

    :param lines: those outside the entries; ``first``: the number of the first line of an entry.
    :param shown: how many entries there are; a lower number counts something else.
    """
    found = [
        (line.index, _number(match[1]))
        for line in lines
        if line.node.around.heading and (match := _HEADED.fullmatch(line.text)) is not None
    ]
    if len(found) != 1 or found[0][0] > first or found[0][1] < shown:
        return None
    return found[0][1]


def _number(text: str) -> int:
    return int(re.sub(r"\D", "", text))

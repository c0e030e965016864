"""`python -m benchmarks.listing`: the cost of reading a listing of 50 entries, in bare parses."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from lxml import html
from newsroom.site import Site
from parsel import Selector

from benchmarks.folders import OSCE
from benchmarks.measure import Result, command, in_floors, seconds
from osce_crawl import extract_listing

TITLE = "Reading a listing"
ABOUT = """
{pages} listing pages with 50 entries each, of {least:,} to {most:,} bytes, different pages in each
round. A bare parse is what `lxml.html.document_fromstring` takes for the same page in the same
round. The callback extracts address, title, date and labels of each entry, and the address of the
next page, with CSS.
"""
_LABEL = re.compile(r"^(Content type|Where we are|What we do): ")
FLOOR = "lxml's bare parse"


def by_hand(body: bytes, url: str) -> dict[str, Any]:
    """Return the entries of a listing page, using only parsel."""
    page = Selector(body=body, base_url=url)
    entries = []
    for entry in page.css(".search-result-news"):
        labels = {}
        for line in entry.css(".search-labels > *"):
            text = "".join(line.css("::text").getall())
            label = _LABEL.match(text)
            if label:
                labels[label[1]] = text[label.end() :].split(", ")
        entries.append(
            {
                "url": entry.css("h3 a::attr(href)").get(),
                "title": entry.css("h3 a::text").get(),
                "date": entry.css(".publishing-date::text").get(),
                "summary": entry.css(".search-snippet::text").get(),
                **labels,
            }
        )
    return {"entries": entries, "next": page.css(".pager-next a::attr(href)").get()}


READERS: dict[str, Callable[[bytes, str], object]] = {
    FLOOR: lambda body, _url: html.document_fromstring(body),
    "a callback with parsel": by_hand,
    "`osce_crawl.extract_listing`": extract_listing,
}


def pages(count: int) -> Iterator[tuple[bytes, str]]:
    """Yield listing pages and their addresses."""
    site = Site(OSCE, 50 * count, delay=0)
    for number in range(count):
        path = f"/press-releases?page={number}&rows=50&solrsort=ds_date+desc"
        yield site.answer(path, {}).body.encode(), OSCE + path


def measure(*, quick: bool = False) -> Result:
    """Read listing pages in turn; return the cost of a page."""
    count, rounds = (2, 1) if quick else (12, 7)
    first, *given = pages(count * rounds + 1)
    for read in READERS.values():
        read(*first)
    taken: dict[str, list[list[float]]] = {name: [[] for _ in range(rounds)] for name in READERS}
    for number in range(rounds):
        for page in given[number::rounds]:
            for name, read in READERS.items():
                taken[name][number].append(seconds(partial(read, *page)))
    sizes = [len(body) for body, _ in given]
    of = {"pages": len(given), "rounds": rounds, "least": min(sizes), "most": max(sizes)}
    return {"of": of, "rows": in_floors(taken, FLOOR)}


if __name__ == "__main__":
    command("listing", measure)

"""Pages to read: those of the tests and of the simulated newsroom, each with its address."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass

from markups import test_listing_markups, test_release_markups
from markups.render import PAGERS, ListingLayout, listing_page, release_page
from newsroom.site import Site
from pages.damage import damaged

from benchmarks import ROOT

SITE = ROOT / "fixtures/site"
#: Number of items of the simulated newsroom.
ITEMS = 600
BASE = "https://www.osce.org"
#: Entries per listing page → number of such pages to read.
LISTINGS = {50: 12, 10: 21, 7: 21}
DAMAGED = 1_200
#: Elements put around and into pages, to nest elements as no template intends.
WRAPPERS = ("span", "b", "a href=/x/322491", "div", "section", "td", "ul", "aside", "h2", "p")
WRAPPED = 600


@dataclass(frozen=True)
class Saved:
    """A page, its origin and its address."""

    name: str
    url: str
    body: bytes


def all_pages() -> Iterator[Saved]:
    """Yield every page used to compare two commits."""
    yield from fixtures()
    yield from odd_pages()
    yield from layouts()
    yield from simulated_releases()
    yield from simulated_listings()
    yield from damaged_pages()
    yield from wrapped_pages()


def fixtures() -> Iterator[Saved]:
    """Yield the pages of the offline site."""
    for line in (SITE / "index.jsonl").read_text("utf-8").splitlines():
        entry = json.loads(line)
        if entry["file"]:
            yield Saved("fixtures", entry["url"], (SITE / entry["file"]).read_bytes())


def odd_pages() -> Iterator[Saved]:
    """Yield the pages of `tests/markups/odd` and `odd_listings`."""
    for folder in ("odd", "odd_listings"):
        for path in sorted((ROOT / "tests/markups" / folder).glob("*.json")):
            url = json.loads(path.read_text("utf-8"))["url"]
            yield Saved(folder, url, path.with_suffix(".html").read_bytes())


def layouts() -> Iterator[Saved]:
    """Yield the releases and listings of `tests/markups` in each of their layouts."""
    for facts, release in test_release_markups.PAGES.values():
        yield Saved("layouts", facts.url, release_page(facts, release).encode())
    entries, url = test_listing_markups.ENTRIES, test_listing_markups.URL
    pages = [(entries, layout) for layout in test_listing_markups.PAGES.values()]
    pages += test_listing_markups.GAP_PAGES.values()
    pages += [(entries, ListingLayout(pager=pager)) for pager in PAGERS]
    for some, listing in pages:
        yield Saved("listing layouts", url, listing_page(some, listing).encode())


def simulated_releases() -> Iterator[Saved]:
    """Yield the pages of the simulated newsroom's items; most have 62 to 88 KB."""
    site = Site(BASE, ITEMS, delay=0)
    for fact in site.facts.items:
        yield Saved("newsroom", BASE + fact.path, site.answer(fact.path, {}).body.encode())


def simulated_listings(rows: int | None = None) -> Iterator[Saved]:
    """Yield listing pages of the simulated newsroom, with *rows* entries or of each size."""
    site = Site(BASE, ITEMS, delay=0)
    for size, count in LISTINGS.items():
        for number in range(count) if rows in {None, size} else ():
            path = f"/press-releases?page={number}&rows={size}&solrsort=ds_date+desc"
            body = site.answer(path, {}).body.encode()
            yield Saved("newsroom listings", BASE + path, body)


def damaged_pages() -> Iterator[Saved]:
    """Yield damaged saved pages (`tests/pages/damage.py`)."""
    for seed in range(DAMAGED):
        body, url = damaged(seed)
        data = body if isinstance(body, bytes) else body.encode("utf-8", "surrogateescape")
        yield Saved("damaged", url, data)


def wrapped_pages() -> Iterator[Saved]:
    """Yield pages of the other folders with elements put around some of their lines."""
    pages = [*fixtures(), *odd_pages(), *layouts()]
    for seed in range(WRAPPED):
        chance = random.Random(seed)  # noqa: S311 - the same numbers each time
        page = chance.choice(pages)
        pieces = page.body.split(b"<")
        for _ in range(chance.choice((1, 3, 10))):
            start = chance.randrange(1, max(2, len(pieces)))
            end = min(len(pieces), start + chance.choice((1, 2, 5, 30)))
            wrapper = chance.choice(WRAPPERS)
            pieces[start : start + 1] = [f"{wrapper}>".encode(), *pieces[start : start + 1]]
            pieces[end : end + 1] = [f"/{wrapper.split()[0]}>".encode(), *pieces[end : end + 1]]
        yield Saved("wrapped", page.url, b"<".join(pieces))

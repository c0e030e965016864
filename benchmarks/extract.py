"""`python -m benchmarks.extract`: what reading costs in units of lxml's bare parse of the page.

Three sets of pages: releases and listings of the simulated newsroom as they are, and the release
pages of `fixtures/site`, each padded to 80 KB by a menu, which costs little. Parse and reading of
each page are timed in turn, so that a busy machine slows both.
"""

# ruff: noqa: T201 - what it prints is its result

import argparse
import statistics
from collections.abc import Callable, Iterator
from functools import partial
from time import process_time

from lxml import html

from benchmarks.pages import Saved, fixtures, simulated_listings, simulated_releases
from osce_crawl import NotARelease, extract, extract_listing

SIZE = 80_000
"""Bytes a saved page is padded to."""

LIKE_THE_SITE = range(62_000, 88_001)
"""Bytes of the simulated pages that are read."""

EVERY = 10
"""One in this many simulated releases is read."""

LINK = '<li class="leaf"><a href="/menu/entry-{0}" title="Entry {0}">Entry number {0}</a></li>'


def releases() -> Iterator[Saved]:
    """Yield some of the simulated releases."""
    pages = [page for page in simulated_releases() if len(page.body) in LIKE_THE_SITE]
    yield from filter(_is_read, pages[::EVERY])


def _is_read(page: Saved) -> bool:
    try:
        extract(page.body, page.url)
    except NotARelease:
        return False
    return True


def padded_fixtures() -> Iterator[Saved]:
    """Yield the saved release pages, padded by a menu."""
    for page in filter(_is_read, fixtures()):
        count = max(0, SIZE - len(page.body)) // len(LINK.format(10_000))
        menu = "".join(map(LINK.format, range(count)))
        start = page.body.index(b">", page.body.index(b"<body")) + 1
        inside = f'<ul class="menu">{menu}</ul>'.encode()
        yield Saved(page.name, page.url, page.body[:start] + inside + page.body[start:])


def ratios(pages: list[Saved], read: Callable[[bytes, str], object], rounds: int) -> list[float]:
    """Return the median over the pages of how many parses a reading costs, one a round."""
    found = []
    for _ in range(rounds):
        pairs = [
            (
                _seconds(partial(html.document_fromstring, page.body)),
                _seconds(partial(read, page.body, page.url)),
            )
            for page in pages
        ]
        found.append(statistics.median(ours / bare for bare, ours in pairs))
    return found


def _seconds(work: Callable[[], object]) -> float:
    """Return the CPU seconds of one call, the least of three."""
    least = float("inf")
    for _ in range(3):
        start = process_time()
        work()
        least = min(least, process_time() - start)
    return least


def main() -> None:
    """Print a line a set of pages."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.extract", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    sets: list[tuple[str, list[Saved], Callable[[bytes, str], object]]] = [
        ("releases of the newsroom", list(releases()), extract),
        ("padded fixtures", list(padded_fixtures()), extract),
        ("listings of 50 entries", list(simulated_listings(50)), extract_listing),
    ]
    print("floors: bare parses that a reading costs")
    for name, pages, read in sets:
        sizes = [len(page.body) for page in pages]
        costs = ratios(pages, read, rounds)
        print(
            f"{name:26} {statistics.median(costs):6.2f} ({min(costs):.2f} to {max(costs):.2f})"
            f"  {len(pages)} pages of {min(sizes):,} to {max(sizes):,} bytes"
        )


if __name__ == "__main__":
    main()

"""Pages that were damaged at random, and pages as large as any that is read."""

import time
from contextlib import suppress
from pathlib import Path

from pages import large
from pages.damage import problem

from osce_crawl import NotAListing, NotARelease, extract, extract_listing
from trials.trial import Scripted

#: The short form is ``tests/pages/test_damaged_pages.py``.
SEEDS = range(1_000, 6_000)
#: Seconds of processor time; what is looked for takes minutes.
MOMENT = 4


def _damaged_pages(_folder: Path) -> list[str]:
    return [found for seed in SEEDS if (found := problem(seed)) is not None]


def _large_pages(_folder: Path) -> list[str]:
    kinds = [
        *((name, extract, large.page(make()), large.URL) for name, make in large.LARGE.items()),
        *(
            (name, extract_listing, f"<html><body>{make()}</body></html>", large.LISTING)
            for name, make in large.LISTINGS.items()
        ),
    ]
    problems = []
    for name, read, body, url in kinds:
        started = time.process_time()
        with suppress(NotARelease, NotAListing):
            read(body, url)
        if (took := time.process_time() - started) > MOMENT:
            problems.append(f"{name}: {took:.1f} s")
    return problems


ROWS = (
    Scripted(
        name="damaged-pages",
        about=f"{len(SEEDS)} saved pages: bytes flipped, hostile attributes, parts cut or doubled",
        must="each is read or refused, nothing else; what is read is valid",
        problems=_damaged_pages,
    ),
    Scripted(
        name="large-pages",
        about=f"{len(large.LARGE)} releases and {len(large.LISTINGS)} listings as large as any that"
        " is read, each of one thing again and again",
        must=f"each is read or refused within {MOMENT} seconds",
        problems=_large_pages,
    ),
)

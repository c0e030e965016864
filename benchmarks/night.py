"""`python -m benchmarks.night`: what a night costs that finds little or nothing new.

The store has met the whole newsroom, and a night before has asked for all recent pages once, as on
any night of a crawl that runs daily: the requests that check the releases of the last 30 days are
in, answered 304 where the page is as it was.
"""

import shutil
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from newsroom.facts import Facts
from newsroom.server import Server
from newsroom.site import Site

from benchmarks import ROOT
from benchmarks.folders import crawling, fill, project
from benchmarks.measure import Result, Run, command, in_turn, of_runs, run, scrapy

TITLE = "Night"
ABOUT = """
A crawl over a store that knows the newsroom, on a night with some changes: half of them, 50 at the
most, are edits of the newest releases, the others new releases. The requests that check whether
releases of the last 30 days were edited are included. Each night publishes the whole snapshot as
JSON Lines. The ratio is that of the CPU time to a bare spider that does nothing but yield the same
rows from a file.
"""
#: How many items the stores have, and how many changes the nights.
SIZES = (25_000, 100_000)
NIGHTS = (0, 10, 1_000)
MOST_EDITS = 50
_Night = tuple[int, Run]


class _Drawn(Site):
    """A newsroom whose items were drawn before: one that moves otherwise needs no second draw."""

    def __init__(self, base: str, facts: Facts) -> None:
        self._before = facts
        super().__init__(base, len(facts.items), delay=0)

    def drawn(self, *_: Any) -> Facts:
        """Return them."""
        return self._before


def changed(base: str, facts: Facts, changes: int) -> Site:
    """Return a newsroom with some changes against what was drawn."""
    site = _Drawn(base, facts)
    edits = min(changes // 2, MOST_EDITS)
    for fact in facts.items[:edits]:
        site.edit(fact.id)
    site.publish(changes - edits)
    return site


def measure(*, quick: bool = False) -> Result:
    """Crawl stores of each size on nights of each kind; return what they took."""
    sizes, nights, rounds = ((200,), (0, 10), 1) if quick else (SIZES, NIGHTS, 3)
    rows: dict[str, dict[str, Any]] = {}
    for items in sizes:
        with TemporaryDirectory() as name, Server() as server:
            rows |= _of_size(items, nights, rounds, Path(name), server)
    return {"of": {"rounds": rounds}, "rows": rows}


def _of_size(
    items: int, nights: tuple[int, ...], rounds: int, folder: Path, server: Server
) -> dict[str, dict[str, Any]]:
    facts = Site(server.url, items, delay=0).facts
    known = project(folder / "known")
    fill(known, _Drawn(server.url, facts))
    sites = {changes: changed(server.url, facts, changes) for changes in nights}
    before = _Drawn(server.url, facts)
    server.answer = before.answer
    run(scrapy(*crawling(server.url)), known)  # walks the listing, asks for recent pages

    def night(changes: int) -> _Night:
        here = folder / "night"
        shutil.rmtree(here, ignore_errors=True)
        shutil.copytree(known, here, ignore=shutil.ignore_patterns("rows.jsonl", "items.*"))
        server.answer = sites[changes].answer
        asked = len(server.hits)
        took = run(scrapy(*crawling(server.url)), here)
        return len(server.hits) - asked, took

    bare = f"bare spider, {items:,} rows"
    spider = ["runspider", str(ROOT / "benchmarks/spiders/rows.py"), "-O", "bare.jsonl"]
    spider += ["-s", "LOG_LEVEL=INFO"]
    kinds = {
        bare: lambda: (0, run(scrapy(*spider), known)),
        **{f"{items:,} items, {changes:,} changes": partial(night, changes) for changes in nights},
    }
    found = in_turn(kinds, rounds)
    beside = [took for _, took in found[bare]]
    return {
        title: {
            **of_runs([took for _, took in runs], beside),
            "requests": max(asked for asked, _ in runs) or None,
        }
        for title, runs in found.items()
    }


if __name__ == "__main__":
    command("night", measure)

"""`python -m benchmarks.night`: the cost of a night with few or no changes.

The store knows listing, pages and validators as after a crawl the day before, so that the requests
are those of an ordinary night. They include the checks of the releases of the last 30 days,
answered with 304 if the page has not changed.
"""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

import orjson
from newsroom.facts import Fact, Facts
from newsroom.server import Server
from newsroom.site import NOW, Site

from benchmarks.folders import WHEN, crawling, filling, plain, project, rows, spider
from benchmarks.measure import Result, Run, command, in_turn, of_runs, run, scrapy
from osce_crawl import extract_listing
from osce_crawl.items import KEYS
from osce_crawl.store.fetched import Answer

TITLE = "Night"
ABOUT = """
A crawl with a store that knows the newsroom, on a night with some changes: half of them, at most
50, are edits of the newest releases, the others new releases. The requests that check recent
releases for edits are included. Each night publishes the whole snapshot as JSON Lines. The ratio
compares the CPU time with that of a bare spider that only yields the same rows from a file. The
numbers of rounds are those for the smaller and the larger store.
"""
#: Number of items in a store → rounds with it.
SIZES = {25_000: 3, 100_000: 2}
NIGHTS = (0, 10, 1_000)
MOST_EDITS = 50
#: Pages of releases before this day are not requested again.
_RECENT = NOW - timedelta(days=60)
_Night = tuple[int, Run]


class _Drawn(Site):
    """A newsroom with items drawn before, so that other changes need no second draw."""

    def __init__(self, base: str, facts: Facts) -> None:
        self._before = facts
        super().__init__(base, len(facts.items), delay=0)

    def drawn(self, *_: Any) -> Facts:
        """Return these items."""
        return self._before


def changed(base: str, facts: Facts, changes: int) -> Site:
    """Return a newsroom with some changes to the drawn items."""
    site = _Drawn(base, facts)
    edits = min(changes // 2, MOST_EDITS)
    for fact in facts.items[:edits]:
        site.edit(fact.id)
    site.publish(changes - edits)
    return site


def meet(folder: Path, site: Site) -> None:
    """Create the store and the rows of a crawl that has read the listing and every page."""
    items = {item["id"]: {key: item[key] for key in KEYS} for item in rows(site)}
    with (folder / "rows.jsonl").open("wb") as lines:
        lines.writelines(orjson.dumps(item) + b"\n" for item in items.values())
    source = f"pager {site.base}/press-releases"
    with filling(folder, site, source) as store:
        for entry in _entries(site):
            of = site.found(urlsplit(entry["url"]).path)
            answer = Answer("refused", refusal="event")
            if isinstance(of, Fact):
                said = site.said(of.path, {}).headers if of.day > _RECENT else {}
                tag, changed_at = said.get("ETag"), said.get("Last-Modified")
                answer = Answer(
                    "item", of.id, items[of.id], rank=2, etag=tag, last_modified=changed_at
                )
            store.see(entry, answer.item_id, source=source)
            store.keep((entry["node"], entry["language"]), answer, WHEN, entry)


def _entries(site: Site) -> Iterator[dict[str, Any]]:
    for number in count():
        target = f"/press-releases?page={number}&rows=50&solrsort=ds_date+desc"
        found = extract_listing(site.said(target, {}).body, site.base + target)["entries"]
        yield from found
        if not found:
            return


def measure(*, quick: bool = False) -> Result:
    """Crawl stores of each size on nights of each kind; return their costs."""
    sizes, nights = ({200: 1}, (0, 10)) if quick else (SIZES, NIGHTS)
    found: dict[str, dict[str, Any]] = {}
    for items, rounds in sizes.items():
        with TemporaryDirectory() as name, Server() as server:
            found |= _of_size(items, nights, rounds, Path(name), server)
    return {"of": {"rounds": " and ".join(map(str, sizes.values()))}, "rows": found}


def _of_size(
    items: int, nights: tuple[int, ...], rounds: int, folder: Path, server: Server
) -> dict[str, dict[str, Any]]:
    facts = Site(server.url, items, delay=0).facts
    known = project(folder / "known")
    meet(known, _Drawn(server.url, facts))
    sites = {changes: changed(server.url, facts, changes) for changes in nights}
    before = _Drawn(server.url, facts)
    server.answer = before.answer
    run(scrapy(*crawling(server.url)), known)  # publishes the contents of the filled store

    def night(changes: int) -> _Night:
        here = folder / "night"
        shutil.rmtree(here, ignore_errors=True)
        shutil.copytree(known, here, ignore=shutil.ignore_patterns("rows.jsonl", "items.*"))
        server.answer = sites[changes].answer
        asked = len(server.hits)
        took = run(scrapy(*crawling(server.url)), here)
        return len(server.hits) - asked, took

    bare = f"bare spider, {items:,} rows"
    alone = plain(folder / "bare")
    (alone / "rows.jsonl").symlink_to(known / "rows.jsonl")
    words = spider("rows", "-s", "LOG_LEVEL=INFO")
    kinds = {
        bare: lambda: (0, run(scrapy(*words), alone)),
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

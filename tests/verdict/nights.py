"""Nights of a newsroom without the command: pages are only rendered, read and judged.

The work of a store is done here: an item's page is read if it is new, if its listing entry has
changed, or if it has changed within the days in which items are checked.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache
from itertools import count
from typing import Any, Self

import orjson
from newsroom import listing, pages
from newsroom.facts import Fact, draw_one, entries_of
from newsroom.motion import RATES, Change, Kind, schedule
from newsroom.site import NOW, Site

from osce_crawl.extraction import Extraction, extract_listing, extract_with_ways
from osce_crawl.pages.refusals import SOMETHING_ELSE, NotARelease
from osce_crawl.verdict import Baseline, Measures, Verdict, judge
from osce_crawl.verdict.baseline import Past

BASE = "https://www.osce.org"
RECHECK = timedelta(days=30)
#: Edits that change an item's listing entry.
_LISTED = frozenset({"title", "teaser", "labels", "listed-labels"})

#: Entries of a listing page, and those that were read.
_ROWS = 50
_ENTRIES: dict[Fact, Mapping[str, object]] = {}

#: Renders an item's page as the site does.
Render = Callable[[Fact], str]


def render(fact: Fact) -> str:
    """Return an item's normal page."""
    return pages.release(fact, BASE)


#: Pages on which one field is empty.
WITHOUT: Mapping[str, Render] = {
    "date": lambda fact: render(replace(fact, page_day=None)),
    "sources": lambda fact: render(replace(fact, sources=())),
    "fields_of_work": lambda fact: render(replace(fact, fields=())),
    "place": lambda fact: render(replace(fact, header_place=False)),
    "dateline": lambda fact: render(replace(fact, opening="plain")),
    "body": lambda fact: re.sub(r"<p>.*?</p>", "", render(fact), flags=re.DOTALL),
}


def redesigned(change: Callable[[str], str]) -> Render:
    """Return a renderer of pages after a redesign; see `newsroom.redesign`."""
    return lambda fact: change(render(fact))


def every(number: int, broken: Render) -> Render:
    """Return a renderer that breaks every *number*-th page."""
    counter = count(1)

    def mixed(fact: Fact) -> str:
        make = render if next(counter) % number else broken
        return make(fact)

    return mixed


class Nights:
    """A newsroom that was crawled once and is crawled again every night.

    :ivar today: the day of the last crawl.
    :ivar render: the current renderer of its item pages.
    :ivar past: the published runs.
    :ivar new: the new items of the last night that had any.
    """

    def __init__(
        self, items: int = 300, seed: int = 1, facts: Iterable[Fact] | None = None
    ) -> None:
        """Crawl a newsroom of `items` items for the first time, or one of these `facts`."""
        self.site = Site(BASE, items, seed)
        self.today = NOW
        self.render: Render = render
        self.past: list[Past] = []
        self.new: list[Fact] = []
        self.verdicts: list[Verdict] = []
        self._unread: dict[str, Fact] = {}
        self._seen = 0
        self._seed = seed
        self.crawl(self.site.facts.items if facts is None else facts)

    def fork(self, seed: int, render: Render) -> Self:
        """Return the same newsroom, to continue with other new items and other pages."""
        other = copy(self)
        other.past, other.verdicts = list(self.past), []
        other.render, other._seed = render, seed
        return other

    def night(self, rates: Mapping[Kind, float] = RATES, **seen: Any) -> Verdict:
        """Let a day pass in which the newsroom changes, then crawl it.

        :param seen: further measures, besides those of the pages.
        """
        site = self.site
        site.clock.advance(timedelta(days=1))
        site.plan(schedule(self._seed * 1000 + len(self.past), site, rates, timedelta()))
        site.settle()
        self.today += timedelta(days=1)
        facts = {fact.id: fact for fact in site.facts.items}
        for change in site.history[self._seen :]:
            fact = facts.get(change.id)
            if fact is not None and self._is_read(change, fact):
                self._unread[fact.id] = fact
        self._seen = len(site.history)
        return self.crawl(self._unread.values(), **seen)

    def new_items(self, number: int, **seen: Any) -> Verdict:
        """Let a day pass with this many new items and no other changes, then crawl it."""
        self.today += timedelta(days=1)
        self.new = self._draw(number)
        return self.crawl(self.new, **seen)

    def _draw(self, number: int) -> list[Fact]:
        first = 900_000 + 1000 * len(self.past)
        return [
            draw_one(first + 4 * n, self._seed * 100_000 + first + n, self.today)
            for n in range(number)
        ]

    def crawl(self, facts: Iterable[Fact], **seen: Any) -> Verdict:
        """Read these pages and judge the run; if it is good, later ones are compared with it."""
        unread = list(facts)
        _look_at_listing(unread)
        there = len(self.site.facts.items)
        measures = Measures(listed=there, rows=there, asked=len(unread))
        for name, value in seen.items():
            setattr(measures, name, value)
        for fact in unread:
            try:
                read = _read(fact, self.render(fact))
            except NotARelease as refusal:
                if refusal.reason in SOMETHING_ELSE:
                    measures.left_out += 1
                else:
                    measures.failed[refusal.reason] += 1
                    measures.fresh_failed += 1
                continue
            measures.add_page(read.item, read.ways, read.disagreements, self.today)
        verdict = judge(measures, Baseline.of(self.past, self.today))
        if verdict.publishable:
            stored = orjson.loads(orjson.dumps(measures.to_dict()))
            self.past.append(Past(self.today, alike=True, measures=Measures.of(stored)))
            self._unread = {}
        self.verdicts.append(verdict)
        return verdict

    def loses(self, fact: Fact) -> bool:
        """Return whether reading an item's current page loses any value."""
        try:
            read = _read(fact, self.render(fact))
        except NotARelease:
            return True
        return _said(read) != _said(_read(fact, render(fact)))

    def _is_read(self, change: Change, fact: Fact) -> bool:
        if change.kind != "edit" or change.part in _LISTED:
            return change.kind != "withdraw"
        return fact.day >= self.today - RECHECK


@lru_cache(4000)
def _read(fact: Fact, page: str) -> Extraction:
    """Return the extraction of a page and its listing entry."""
    return extract_with_ways(page, BASE + fact.path, _ENTRIES[fact])


def _said(read: Extraction) -> tuple[object, ...]:
    """Return the values of an item, whatever way they were read."""
    item = read.item
    return (
        *(item[key] for key in ("title", "content_type", "published", "body", "documents")),
        [place["name"] for place in item["places"]],
        [source["id"] for source in item["sources"]],
        [field["id"] for field in item["fields_of_work"]],
    )


def _look_at_listing(facts: Sequence[Fact]) -> None:
    """Remember the listing entries of items, from listings with only these."""
    unknown = [fact for fact in facts if fact not in _ENTRIES]
    for start in range(0, len(unknown), _ROWS):
        some = unknown[start : start + _ROWS]
        results = "".join(listing._result(next(iter(entries_of(fact)))) for fact in some)
        page = f'<html lang="en"><body><h1>News</h1><div>{results}</div></body></html>'
        entries = extract_listing(page, f"{BASE}/press-releases")["entries"]
        _ENTRIES.update(zip(some, entries, strict=True))

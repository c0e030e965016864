"""The walk through the results of a search, newest first."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from osce_crawl.sources.page import ListingPage
from osce_crawl.sources.walk import Entry, Key, StopReason, Walk

#: The most results that the service returns at once (status 422 above that).
PAGE = 250


@dataclass
class ResultsPage(ListingPage):
    """One page of results; its entries are the documents that may be releases.

    :ivar ids: ids of all its documents; ``days``: their days, ISO 8601.
    :ivar oldest: the earliest date on it, in the service's own form.
    :ivar found: the number of results on all pages.
    :ivar limit: the number of results that the key may read, if this page is beyond it, or None.
    """

    ids: list[str] = field(default_factory=list)
    days: list[str] = field(default_factory=list)
    oldest: int | None = None
    found: int = 0
    limit: int | None = None


@dataclass
class ResultsWalk(Walk):
    """The walk of one search, page by page.

    Some keys may read only a few hundred results. The walk then continues in windows: it searches
    for results as old as the last one or older, starting at page 1.

    Publications and withdrawals during the walk move the results. If they move down, nothing is
    missed. If their number has dropped, they moved up, and all pages are read once more.

    :ivar address: returns the address of a page, given its number (from 1), its size, and the
        latest date or None.
    """

    address: Callable[[int, int, int | None], str] = lambda _number, _size, _latest: ""
    _number: int = 1
    _size: int = PAGE
    _limit: int | None = None
    _latest: int | None = None
    _oldest: int | None = None
    _found: list[int] = field(default_factory=lambda: [0])
    _came_up: bool = False
    _again: bool = False
    _ids: set[str] = field(default_factory=set)
    _keys: set[Key] = field(default_factory=set)

    def begin(self, _first: object) -> list[str]:
        """Return the address of the first page."""
        return [self._asked]

    def take(self, page: ListingPage) -> tuple[list[Entry], list[str]]:
        """Take a page; return its new entries and the address of the next."""
        if not isinstance(page, ResultsPage):
            raise TypeError(f"{page.url} is not a page of search results")
        self.pages.append(page.url)
        if page.limit is not None:
            return [], self._within(page.limit)
        self._ids.update(page.ids)
        self._keys.update((entry["node"], entry["language"]) for entry in page.entries)
        self.listed = len(self._keys)
        if self._latest is None:
            self._came_up |= page.found < self._found[-1]
            self._found.append(page.found)
        if page.oldest is not None:
            self._oldest = page.oldest
        fresh = [entry for entry in page.entries if self.terms.seen.add(entry)]
        self.moved += len(fresh) if self._again else 0
        return [entry for entry in fresh if self.in_reach(entry)], self._next(page)

    def fail(
        self, url: str, why: str, *, gone: bool = False, silent: bool = False
    ) -> tuple[list[Entry], list[str]]:
        """Record that a page could not be fetched, and end the walk."""
        del gone, silent
        return [], self._broken(f"{url}: {why}")

    @property
    def _asked(self) -> str:
        return self.address(self._number, self._size, self._latest)

    def _next(self, page: ResultsPage) -> list[str]:
        terms = self.terms
        most = terms.arguments.max_pages
        if self._since_passed(page):
            return self._end("since-passed")
        if self.ends_in_proven(page.entries):
            return self._end("known")
        if most is not None and len(self.pages) >= most:
            return self._end("max-pages")
        if not page.ids or self._number * self._size >= page.found:
            return self._last_page()
        if len(self.pages) >= terms.most_pages or len(self._ids) >= terms.most_entries:
            self.endless = True
            return self._broken(
                f"{len(self._ids)} results were shown, and there are more: it seems to have no end"
                " (OSCE_MOST_PAGES, OSCE_MOST_ENTRIES)"
            )
        if self._limit is not None and (self._number + 1) * self._size > self._limit:
            return self._older()
        self._number += 1
        return [self._asked]

    def _last_page(self) -> list[str]:
        if self._came_up and not self._again:
            self._again, self._came_up = True, False
            self._number, self._latest, self._found = 1, None, [0]
            return [self._asked]
        if self._came_up:
            return self._broken("results were withdrawn each time its pages were read")
        there = min(self._found[1:])  # the next run finds what was added since
        if len(self._ids) < there:
            return self._broken(
                f"it says that there are {there} results, but shows {len(self._ids)}"
            )
        return self._end("last-page")

    def _within(self, limit: int) -> list[str]:
        """Continue although the key may read only this many results."""
        self._limit = limit
        if self._number > 1:
            return self._older()
        if not 0 < limit < self._size:
            return self._broken(f"its key may read {limit} results, but gets none")
        self._size = limit
        return [self._asked]

    def _older(self) -> list[str]:
        """Continue with results as old as the last one or older."""
        if self._oldest is None or self._oldest == self._latest:
            return self._broken(
                f"its key may read {self._limit} results, but more than that have the same date"
            )
        self._latest, self._number = self._oldest, 1
        return [self._asked]

    def _since_passed(self, page: ResultsPage) -> bool:
        since = self.terms.arguments.listed_since
        return since is not None and bool(page.days) and date.fromisoformat(max(page.days)) < since

    def _end(self, reason: StopReason) -> list[str]:
        self.stop = reason
        return []

    def _broken(self, why: str) -> list[str]:
        self.incomplete.append(why)
        return self._end("incomplete")

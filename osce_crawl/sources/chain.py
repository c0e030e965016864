"""The walk of a listing from page to page: what is new on each, which page follows, why it ended.

A listing changes during the walk. A new release pushes entries down: they are seen twice, and
recognised by their key. A withdrawn one pulls entries up, onto a page that was already read. So
each page is read again right after the page that follows it, and the last one once more at the end:
0, 1, 0, 2, 1, 3, 2, 3. Going back only from the end would cost as much, but a withdrawal on the way
there and a publication on the way back, hours later, would silently lose an entry. This way, only
opposite moves between successive requests can lose one, and those are mostly detected: see
`Borders`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from osce_crawl.sources.borders import Borders
from osce_crawl.sources.page import ListingPage
from osce_crawl.sources.walk import WHOLE, Entry, Key, StopReason, Walk


@dataclass
class Order:
    """Whether a listing is newest first, as far as it was read.

    If that order was requested, it is assumed. If it could not be requested, the dates must show
    it: they decrease at least once and never increase.
    """

    _oldest: str | None = None
    _falls: bool = False
    _rises: bool = False

    def add(self, page: ListingPage) -> None:
        """Add the first reading of the next page."""
        for entry in page.entries:
            day = entry.get("published")
            if day is None:
                continue
            if self._oldest is not None:
                self._falls |= day < self._oldest
                self._rises |= day > self._oldest
            self._oldest = day
        if page.ordered:
            self._falls, self._rises = True, False

    @property
    def newest_first(self) -> bool:
        """Whether all following entries are as old or older."""
        return self._falls and not self._rises


@dataclass
class ChainWalk(Walk):
    """The walk of one source of pages, one request at a time.

    :ivar promised: the highest page number in any page's pager.
    """

    promised: int = 0
    _borders: Borders = field(default_factory=Borders)
    _order: Order = field(default_factory=Order)
    _ending: StopReason | None = None
    _following: str | None = None
    _back: list[int] = field(default_factory=list)
    _unread: dict[int, str] = field(default_factory=dict)
    _probing: bool = False
    _empty_though_linked: str | None = None

    def take(self, page: ListingPage) -> tuple[list[Entry], list[str]]:
        """Take the requested page; return its new entries and the address to read next."""
        self.promised = max(self.promised, page.last)
        keys = [(entry["node"], entry["language"]) for entry in page.entries]
        fresh = [entry for entry in page.entries if self.terms.seen.add(entry)]
        if self._back:
            self.moved += len(fresh)
            self._look_again(self._back.pop(0), page, keys)
        else:
            self._go_on(self._read(page, keys))
        return [entry for entry in fresh if self.in_reach(entry)], self._ask()

    def fail(
        self, url: str, why: str, *, gone: bool = False, silent: bool = False
    ) -> tuple[list[Entry], list[str]]:
        """Record that a listing page could not be fetched or read; return what to read next.

        A page without content is normal past the end of the listing.
        """
        if self._back:
            self._unread[self._back.pop(0)] = f", and {url} could not be read again: {why}"
        elif self._probing and (gone or (silent and len(self.pages) > self.promised)):
            self.pages.append(url)
            self._go_on(self._end("last-page"))
        else:
            self._broken(f"{url}: {why}")
        return [], self._ask()

    def _ask(self) -> list[str]:
        if self._back:
            return [self.pages[self._back[0]]]
        if self._following is None and self.stop is None:
            self._finish()
        return [self._following] if self._following is not None and self.stop is None else []

    def _go_on(self, following: str | None) -> None:
        """Set what to read next: the page before once more, then the following one."""
        self._following = following
        number = len(self.pages) - 1
        sound = following is not None or self._ending in WHOLE
        if number and sound and not self.terms.arguments.sample:
            self._back = [number - 1]
            if following is None and number < len(self._borders.first):
                self._back.append(number)

    def _look_again(self, number: int, page: ListingPage, keys: list[Key]) -> None:
        """Add the second reading of a page."""
        self._borders.add_again(number, keys)
        if page.next is None and self._borders.joins(number):
            self._empty_though_linked = None  # no longer linked

    def _finish(self) -> None:
        """End the walk; record what could not be proven."""
        self.stop = self._ending
        if self._empty_though_linked is not None:
            before = len(self.pages) - 2
            why = self._unread.get(before, "")
            self.incomplete.append(
                f"{self._empty_though_linked} is empty although {self.pages[before]} links to"
                f" it{why}"
            )
        if self.terms.arguments.sample or self.stop not in WHOLE:
            return
        for number in self._borders.unproven():
            upper, lower = self.pages[number : number + 2]
            why = self._unread.get(number) or self._unread.get(number + 1, "")
            self.incomplete.append(
                f"entries that moved between {upper} and {lower} may have been missed{why}"
            )

    def _read(self, page: ListingPage, keys: list[Key]) -> str | None:
        """Add the first reading of a page; return the address that follows it, or None."""
        self.pages.append(page.url)
        probing, self._probing = self._probing, False
        repeated = self._borders.repeats(keys)
        if probing and (repeated or not keys):
            # no page linked it, and it has nothing new: the page before was the last
            return self._end("last-page")
        if probing:
            self.incomplete.append(f"{page.url} has entries, but no earlier page links to it")
        if repeated:
            if page.next is None and page.lost_next is None and page.number >= self.promised:
                return self._end("last-page")
            return self._broken(
                f"{page.url} lists only entries of earlier pages, but its pager goes on"
            )
        if not keys and len(self.pages) == 1 and page.empty_by_word:
            self.empty_by_word = True
            return self._end("empty")
        if not keys:
            # its entries may have been withdrawn; reading the page before again will show it
            self._empty_though_linked = page.url if self._borders.first else None
            return self._end("last-page")
        self.listed += len(set(keys))
        self._borders.add(keys)
        self._order.add(page)
        if len(self.pages) >= self.terms.most_pages or self.listed >= self.terms.most_entries:
            self.endless = page.next is not None
        if self.endless:
            return self._broken(
                f"{page.url} is page {len(self.pages)} of a listing that has shown {self.listed}"
                " entries and goes on: it seems to have no end (OSCE_MOST_PAGES, OSCE_MOST_ENTRIES)"
            )
        return self._next(page)

    def _next(self, page: ListingPage) -> str | None:
        if self._since_passed(page.entries):
            return self._end("since-passed")
        if self._order.newest_first and self.ends_in_proven(page.entries):
            return self._end("known")
        if (
            self.terms.arguments.max_pages is not None
            and len(self.pages) >= self.terms.arguments.max_pages
        ):
            return self._end("max-pages")
        if page.next is not None:
            if page.next in self.pages:
                return self._broken(f"the next link of {page.url} leads back to {page.next}")
            return page.next
        if page.lost_next is not None:
            self.incomplete.append(f"{page.url} lost its next link: {page.lost_next}")
            return page.probe or self._end("incomplete")
        # an earlier pager may have named pages that are gone by now, so request the next one
        if page.probe is not None and (page.unproven or page.number < self.promised):
            self._probing = True
            return page.probe
        if page.alone and len(self.pages) == 1:
            self.proves = "recent"
            return self._end("recent")
        return self._end("last-page")

    def _end(self, reason: StopReason) -> str | None:
        self._ending = reason
        return None

    def _broken(self, why: str) -> str | None:
        self.incomplete.append(why)
        self.stop = "incomplete"
        return None

    def _since_passed(self, entries: Iterable[dict[str, Any]]) -> bool:
        """Return whether all dated entries lie before the requested window.

        All of them, not only the last: one misdated entry must not end the walk.
        """
        since = self.terms.arguments.listed_since
        if since is None or not self._order.newest_first:
            return False
        days = [entry["published"] for entry in entries if entry.get("published")]
        return bool(days) and date.fromisoformat(max(days)) < since

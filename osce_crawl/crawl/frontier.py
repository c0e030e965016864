"""The frontier: which entries are requested, in what order, and when to stop.

An entry with a known, published page needs no request unless the page may have changed: it lies in
the re-check window, its listing entry differs, it was withdrawn before, only a stub was published,
or the extractor has changed.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from enum import Enum, auto

from osce_crawl.crawl.visit import Visit
from osce_crawl.normalise.urls import read_address
from osce_crawl.normalise.web import split_address
from osce_crawl.options import Arguments
from osce_crawl.sources.walk import day_of
from osce_crawl.store import Store
from osce_crawl.store.fetched import Answer, Entry
from osce_crawl.store.known import Known
from osce_crawl.store.unconfirmed import Rewording, Unconfirmed
from osce_crawl.verdict import Thresholds
from osce_crawl.verdict.checks import FEW_RELISTED
from osce_crawl.versions import EXTRACTOR_VERSION

#: How many pages of a host are under way at once. Requests for the others are not built yet, so
#: those can be dropped.
IN_FLIGHT = 64
#: How many addresses from a sitemap are requested again per run because the extractor has changed,
#: or because the site states that old pages have changed.
MOST_AGAIN = 500
#: Refusal of an address whose page does not exist.
_NOT_FOUND = "not-found"
#: How many entries are looked up per step, which takes a tenth of a second.
_STEP = 1_000


class Need(Enum):
    """What an entry needs: nothing, a conditional request, or its whole page."""

    NOTHING = auto()
    CHECK = auto()
    PAGE = auto()


def need(entry: Entry, known: Known | None, arguments: Arguments, recheck: date) -> Need:
    """Return what an entry needs.

    :param recheck: entries listed on this day or later may still be edited.
    """
    if known is None or arguments.fresh:
        return Need.PAGE
    if known.refusal is None and (not known.complete or known.removed):
        return Need.PAGE
    if not known.lists_the_same(entry):
        return Need.PAGE
    same_reader = known.extractor == EXTRACTOR_VERSION
    if known.refusal is not None and not same_reader:
        return Need.PAGE
    recent = _is_recent(entry, known, recheck)
    if recent or not arguments.walks or known.changed_since(entry):
        return Need.CHECK if same_reader else Need.PAGE
    return Need.NOTHING


def _is_recent(entry: Entry, known: Known, recheck: date) -> bool:
    day = entry.get("published") or known.published
    return day is not None and date.fromisoformat(day) >= recheck


class Frontier:
    """The entries of a run that wait for their requests.

    Hosts are handled side by side, the entries of each in the order of their arrival.

    :ivar known_listed: known entries that a listing showed; ``relisted``: those of them that it
        shows in new words, not found by any earlier run.
    :ivar known: entries that needed no request; ``reused``: entries that an earlier run fetched but
        did not publish; ``put_off``: entries postponed to a later run because `MOST_AGAIN` were
        already requested again.
    """

    def __init__(
        self,
        store: Store,
        arguments: Arguments,
        recheck: date,
        limits: Thresholds,
        reuse: Callable[[Visit, Answer], None],
        *,
        unconfirmed: Unconfirmed,
        full: bool = False,
    ) -> None:
        """Start empty.

        :param recheck: entries listed on this day or later may still be edited.
        :param limits: how many entries may be listed in new words. Beyond that the listing itself
            was redesigned, and no page is requested because of its words.
        :param reuse: called with each answer that an earlier run fetched and did not publish.
        :param unconfirmed: the rewordings that earlier runs found.
        :param full: the whole listing is walked, so named pages that did not exist are requested
            once more.
        """
        self._full = full
        self._store = store
        self._limits = limits
        self._reuse = reuse
        self._unconfirmed = unconfirmed
        self._arguments = arguments
        self._recheck = recheck
        self._backlog: dict[str, deque[Visit]] = {}
        self._in_flight: Counter[str] = Counter()
        self._ids: set[str] = set()
        self._steps = 0
        self._again = 0
        self.put_off = 0
        self.known_listed = 0
        self.relisted = 0
        self.known = 0
        self.reused = 0

    @property
    def wanted(self) -> int:
        """The number of items so far that match the arguments; counted for `limit`."""
        return len(self._ids)

    @property
    def in_flight(self) -> int:
        """The number of requested pages without an answer yet."""
        return self._in_flight.total()

    @property
    def open(self) -> Counter[str]:
        """Host → the number of unfinished entries; some of them need no request."""
        return self._in_flight + Counter({host: len(left) for host, left in self._backlog.items()})

    @property
    def enough(self) -> bool:
        """Whether the limit is reached, counting the pages in flight."""
        limit = self._arguments.limit
        return limit is not None and self.wanted + self.in_flight >= limit

    def add(self, entries: Iterable[Entry], moment: datetime, source: str | None = None) -> None:
        """Add entries of a source, or bare addresses that the operator named."""
        for entry in entries:
            self._put(Visit(entry, moment, source))

    def add_known(
        self, unseen: Iterable[tuple[Entry, str]], moment: datetime, *, absent: bool
    ) -> None:
        """Add known items that no listing showed."""
        for entry, _ in unseen:
            self._put(Visit(entry, moment, absent=absent))

    def _put(self, visit: Visit) -> None:
        self._backlog.setdefault(visit.host, deque()).append(visit)

    @property
    def waits(self) -> bool:
        """Whether there are undecided entries and the limit is not reached."""
        return any(self._backlog.values()) and not self.enough

    def visits(self) -> Iterator[Visit]:
        """Yield the next visits, the hosts in turn; each is in flight until `done`.

        Stops after a number of steps so that signals can be handled; see `waits`.
        """
        self._steps = _STEP
        with_room = list(self._backlog)
        while with_room:
            for host in with_room:
                yield from self._next(host)
            with_room = [host for host in with_room if self._has_room(host)]

    def _next(self, host: str) -> Iterator[Visit]:
        """Yield the next visit to a host, if there is one and the limit is not reached."""
        while self._has_room(host):
            self._steps -= 1
            visit = self._prepared(self._backlog[host].popleft())
            if visit is not None:
                self._in_flight[host] += 1
                yield visit
                return

    def _has_room(self, host: str) -> bool:
        if not self._backlog.get(host) or self.enough or not self._steps:
            return False
        # with a limit, that limit alone bounds the pages in flight
        return self._arguments.limit is not None or self._in_flight[host] < IN_FLIGHT

    def give_up(self) -> None:
        """Drop the entries not requested yet."""
        self._backlog.clear()

    def done(self, visit: Visit) -> None:
        """Record that a page was answered or given up."""
        self._in_flight[visit.host] -= 1

    def count(self, item_id: str) -> None:
        """Count a known or fetched item towards the limit if it matches the arguments."""
        if self._arguments.limit is None:
            return
        item = self._store.item(item_id)
        if item is not None and self._arguments.wants(
            item["published"], item["content_type"], item["language"]
        ):
            self._ids.add(item_id)

    @property
    def _redesigned(self) -> bool:
        many = max(FEW_RELISTED, self._limits.max_relisted * self.known_listed)
        return self.relisted > many

    def _prepared(self, visit: Visit) -> Visit | None:
        """Return the visit with the known data, or None if no request is needed."""
        entry, store = visit.entry, self._store
        known = store.known(entry)
        store.see(_remembered(visit, known), known.item_id if known else None, source=visit.source)
        fetched = store.fetched(visit.key, entry)
        if visit.absent and fetched is not None and fetched.kind == "item":
            fetched = None  # it was fetched when a listing still showed it
        if fetched is not None:
            self.reused += 1
            self._reuse(visit, fetched)
            if fetched.item_id is not None:
                self.count(fetched.item_id)
            return None
        known = _in_its_words(visit, known)
        needed = need(entry, known, self._arguments, self._recheck)
        if known is not None and known.entry is not None and visit.listed and not visit.named:
            self.known_listed += 1
            if not known.lists_the_same(entry):
                needed = self._reworded(visit, known, needed)
        if visit.named:
            needed = Need.PAGE if self._may_come(entry, known) else needed
            put_off = needed is not Need.NOTHING and self._is_put_off(entry, known)
            needed = Need.NOTHING if put_off else needed
        if visit.absent and needed is Need.NOTHING:
            needed = Need.CHECK
        if needed is Need.NOTHING:
            self.known += 1
            if known is not None and known.item_id is not None:
                self.count(known.item_id)
            return None
        headers = _validators(known) if known and needed is Need.CHECK else {}
        at = known.url if known and _on_another_host(known.url, entry["url"]) else None
        return replace(visit, known=known, headers=headers, at=at)

    def _is_put_off(self, entry: Entry, known: Known | None) -> bool:
        """Return whether a known address is postponed to a later run; if so, keep its old entry.

        A new extractor may read pages that no version could, and a site may state that all its
        pages have changed at once. Only `MOST_AGAIN` are requested again per run.
        """
        if known is None or self._arguments.fresh:
            return False
        changed = known.changed_since(entry)
        if known.refusal is not None:
            readable = known.refusal == "unknown" and known.extractor != EXTRACTOR_VERSION
            if not (changed or readable or self._may_come(entry, known)):
                return True  # a page that is certainly not a release stays refused
        elif not changed or not known.complete or known.removed or self._is_recent(entry, known):
            return False
        self._again += 1
        if self._again <= MOST_AGAIN:
            return False
        self.put_off += 1
        self._store.distrust((entry["node"], entry["language"]))
        return True

    def _is_recent(self, entry: Entry, known: Known) -> bool:
        return _is_recent(entry, known, self._recheck)

    def _may_come(self, entry: Entry, known: Known | None) -> bool:
        """Return whether an address may have been named before its page existed."""
        if known is None or known.refusal != _NOT_FOUND:
            return False
        changed = day_of(entry.get("lastmod"))
        return self._full or (changed is not None and changed >= self._recheck)

    def _reworded(self, visit: Visit, known: Known, needed: Need) -> Need:
        """Return what an entry needs if the listing shows it in other words than before."""
        entry = visit.entry
        rewording = self._unconfirmed.reworded(visit.key, entry)
        if rewording is Rewording.SINGLE:
            return needed
        if rewording is Rewording.CONFIRMED:  # the listing has changed, not its pages
            same = replace(known, entry=entry)
            return need(entry, same, self._arguments, self._recheck)
        self.relisted += rewording is Rewording.NEW
        if (rewording is Rewording.UNCONFIRMED or self._redesigned) and not self._arguments.fresh:
            self._store.distrust(visit.key)
            return Need.NOTHING
        return needed


def _in_its_words(visit: Visit, known: Known | None) -> Known | None:
    """Return what is known, with the entry as the current source shows it.

    If another source showed it before, different words do not mean that the page has changed.
    """
    if known is None or not visit.listed or visit.named or known.source in {None, visit.source}:
        return known
    return replace(known, entry=visit.entry)


def _on_another_host(known: str | None, named: str) -> bool:
    """Return whether two addresses are one page on two hosts."""
    if known is None:
        return False
    one, other = read_address(known), read_address(named)
    return (
        one.node is not None
        and (one.node, one.language) == (other.node, other.language)
        and split_address(known).netloc != split_address(named).netloc
    )


def _remembered(visit: Visit, known: Known | None) -> Entry:
    """Return the entry to remember; one that is only named now keeps what a listing said before."""
    if not visit.named or known is None or "title" not in (known.entry or {}):
        return visit.entry
    said = {name: visit.entry[name] for name in ("url", "lastmod") if name in visit.entry}
    return {**(known.entry or {}), **said}


def _validators(known: Known) -> dict[str, str]:
    """Return the headers of a conditional request (RFC 9110, 13.1)."""
    headers = {}
    if known.etag:
        headers["If-None-Match"] = known.etag
    if known.last_modified:
        headers["If-Modified-Since"] = known.last_modified
    return headers

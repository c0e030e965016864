"""One run from its beginning to its record: what it may leave out, how it ends, what it proves.

The spider asks pages for it and tells it what came; this module knows neither requests nor
responses.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from osce_crawl.clock import Clock
from osce_crawl.frontier import Frontier
from osce_crawl.options import Arguments, Options
from osce_crawl.sources import Source
from osce_crawl.sources.walk import MARGIN, WHOLE, Seen, Walk
from osce_crawl.store import Store
from osce_crawl.store.coverage import Span
from osce_crawl.verdict import Outcome, Status, Verdict, judge


class Run:
    """A run over its store.

    :ivar full: whether the whole listing is walked and compared with the store.
    :ivar settled: the day down from which all that was asked for is proven complete, or None.
    :ivar verdict: the judgement, once the crawl has drained.
    """

    def __init__(self, options: Options, arguments: Arguments, given: Mapping[str, str]) -> None:
        """Open the store and begin.

        :param given: the arguments as they were given, for the record.
        :raises StoreError: when the store cannot be used.
        """
        self._options = options
        self.arguments = arguments
        self.clock = Clock(options)
        self.store = Store.open(options.store, options.origin)
        now = self.clock.now()
        self._today = now.date()
        self._recheck = self._today - timedelta(days=options.recheck_days)
        self.id = self.store.begin(given, now)
        self.full = self._is_full()
        self.settled = self._settled()
        self.frontier = Frontier(self.store, arguments, self._recheck)
        self.walks: list[Walk] = []
        self.outcome = Outcome()
        self.verdict: Verdict | None = None

    # -- the walk

    def begin_walks(self, sources: list[Source]) -> None:
        """Make a walk for each source."""
        seen = Seen()
        self.walks = [
            Walk(
                source.name,
                self.arguments,
                seen,
                settled=self.settled,
                is_known=lambda entry: self.store.known(entry) is not None,
            )
            for source in sources
        ]

    def _is_full(self) -> bool:
        arguments = self.arguments
        if arguments.full or arguments.fresh:
            return True
        asks_for_all = not (
            arguments.sample or arguments.filtered or arguments.since or arguments.until
        )
        last = self.store.last_full_walk()
        due = last is None or self._today - last >= timedelta(days=self._options.full_every)
        return asks_for_all and due

    def _settled(self) -> date | None:
        if self.full or self.arguments.sample:
            return None
        return self.store.coverage().settled(self._first_day(), self._recheck)

    def _first_day(self) -> date:
        """Return the earliest listing date of what was asked for."""
        since = self.arguments.since
        return since - MARGIN if since is not None and since - date.min > MARGIN else date.min

    def _last_day(self) -> date:
        """Return the latest listing date that can be proven: today's, or the window's end."""
        until = self.arguments.until
        if until is None or date.max - until <= MARGIN:
            return self._today
        return min(self._today, until + MARGIN)

    @property
    def whole(self) -> bool:
        """Whether every listing was met in full, as far as it was to be walked, unfiltered."""
        if self.arguments.sample or self.arguments.filtered or not self.walks:
            return False
        return all(walk.stop in WHOLE and not walk.incomplete for walk in self.walks)

    @property
    def proven(self) -> list[Span]:
        """The spans of listing dates that this run's walks have met in full."""
        if not self.whole:
            return []
        reached = [self._reached(walk) for walk in self.walks]
        return [(max(reached), self._last_day())]

    def _reached(self, walk: Walk) -> date:
        """Return the earliest day down to which a walk has met everything."""
        if walk.stop == "known" and self.settled is not None:
            return self.settled
        return date.min if walk.stop == "last-page" else self._first_day()

    @property
    def compared(self) -> bool:
        """Whether the whole listing was met, down to its last page."""
        return self.whole and all(walk.stop == "last-page" for walk in self.walks)

    def look_behind(self) -> None:
        """Queue known items that no listing showed and that need a look all the same.

        What the listings should have shown and did not may be gone; of what is incomplete the page
        may be there by now.
        """
        arguments, now = self.arguments, self.clock.now()
        if arguments.sample:
            return
        queued: set[str] = set()
        if self.whole:
            first = arguments.since
            if not self.compared:
                first = max(self._recheck, first) if first is not None else self._recheck
            absent = list(self.store.unmet(first, arguments.until))
            self.frontier.add_known(absent, now, absent=True)
            queued = {item_id for _, item_id in absent}
        unread = self.store.unmet(arguments.since, arguments.until, incomplete=True)
        self.frontier.add_known(
            ((entry, item_id) for entry, item_id in unread if item_id not in queued),
            now,
            absent=False,
        )

    # -- the end

    def judge(self, errors: int) -> Verdict:
        """Judge the run that has drained.

        :param errors: exceptions that no callback was prepared for.
        """
        outcome = self.outcome
        for walk in self.walks:
            outcome.listed += walk.listed
            outcome.empty_by_word |= walk.empty_by_word
            outcome.incomplete += [f"{walk.name}: {why}" for why in walk.incomplete]
            if walk.stop is None:
                outcome.incomplete.append(f"{walk.name}: its walk did not come to an end")
        if self.frontier.in_flight:
            outcome.incomplete.append(f"{self.frontier.in_flight} item pages were never answered")
        outcome.errors = errors
        self.store.plan()
        outcome.rows = self.store.count(self.arguments)
        outcome.window = bool(self.arguments.since or self.arguments.until)
        self.verdict = judge(outcome)
        return self.verdict

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield the rows of the feed, in the contract's order."""
        return self.store.rows(self.arguments)

    def commit(self) -> None:
        """Make what was published what is known. Raises sqlite3.Error."""
        full = self.compared and not (self.arguments.since or self.arguments.until)
        self.store.commit(self.id, self.clock.now(), self.proven, full=full)

    def deliver(self) -> None:
        """Let the change feed have what it lacks. Raises OSError."""
        if self._options.changes is not None and self._options.store is not None:
            self.store.deliver(self._options.changes)

    def end(self, status: Status, outcome: Mapping[str, Any]) -> None:
        """Note how the run ended, and close the store."""
        verdict = self.verdict
        self.store.end(
            self.id,
            self.clock.now(),
            status=int(status),
            verdict=verdict.status.name.lower() if verdict else None,
            reasons=verdict.reasons if verdict else (),
            outcome=outcome,
        )
        self.store.close()

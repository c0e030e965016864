"""One run from start to record: what it may skip, how it ends, what it proves.

The spider requests pages for it and passes on the results; this module knows neither requests nor
responses.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from datetime import date, timedelta
from traceback import format_exception
from typing import Any

from osce_crawl.clock import Clock
from osce_crawl.crawl.frontier import Frontier
from osce_crawl.crawl.visit import Visit
from osce_crawl.options import Arguments, Options
from osce_crawl.pages.refusals import SOMETHING_ELSE
from osce_crawl.sources import ListingPage, ListingSource
from osce_crawl.sources.urls import CapturedSource
from osce_crawl.sources.walk import SeenKeys, Terms, Walk
from osce_crawl.store import Store
from osce_crawl.store.coverage import Span
from osce_crawl.store.fetched import Answer
from osce_crawl.store.runs import good
from osce_crawl.verdict import Baseline, Finding, Measures, Status, Verdict, judge
from osce_crawl.verdict.baseline import Past
from osce_crawl.verdict.checks import doubts_reading, many_at_once, shorter
from osce_crawl.verdict.measures import EXAMPLES

#: Refusals that prove that an address that is only named is not a release.
_CERTAIN = SOMETHING_ELSE | {"foreign-host"}


class Run:
    """A run over its store.

    :ivar full: whether the whole listing is walked and compared with the store.
    :ivar sources_before: the sources of the last published run, or None.
    :ivar found: the sources chosen by a survey in this run or before, or None.
    :ivar verdict: the judgement, once the crawl has drained.
    :ivar tracebacks: `url` and `traceback` of the first pages that crashed the extractor.
    """

    def __init__(
        self,
        options: Options,
        arguments: Arguments,
        given: Mapping[str, str],
        store: Store,
    ) -> None:
        """Start the run.

        :param given: the arguments as given, for the record.
        :param store: the open store.
        """
        self.options = options
        self.arguments = arguments
        self.given = dict(given)
        self.clock = Clock(options)
        self.store = store
        now = self.started = self.clock.now()
        self.today = now.date()
        self._recheck = self.today - timedelta(days=options.recheck_days)
        self.id = self.store.begin(given, now)
        self.full = self._is_full()
        self.sources_before = self.store.last_sources()
        self.unconfirmed = self.store.unconfirmed(
            self.id, self.today, full=self.full, enough=options.thresholds.confirming_walks
        )
        self.frontier = Frontier(
            self.store,
            arguments,
            self._recheck,
            options.thresholds,
            self.take,
            unconfirmed=self.unconfirmed,
            full=self.full,
        )
        self.walks: list[Walk] = []
        self.found = store.found_sources() if options.finds_sources else None
        self._seen = SeenKeys()
        self.measures = Measures()
        self.baseline = Baseline()
        self.tracebacks: list[dict[str, str]] = []
        self._given: dict[str, str] = {}
        self.verdict: Verdict | None = None

    # -- the walk

    def begin_walks(self, sources: list[ListingSource]) -> list[int]:
        """Make a walk for each source, keep finished ones; return the numbers of the new ones."""
        limits = self.options.thresholds
        terms = Terms(
            self.arguments,
            self._seen,
            is_known=lambda entry: self.store.known(entry) is not None,
            most_pages=limits.most_pages,
            most_entries=limits.most_entries,
        )
        ended = {walk.name: walk for walk in self.walks if walk.stop is not None}
        self.walks = [
            ended.get(source.name)
            or source.walk(replace(terms, proven_down_to=self._proven_down_to(source.name)))
            for source in sources
        ]
        return [number for number, one in enumerate(sources) if one.name not in ended]

    def _is_full(self) -> bool:
        arguments = self.arguments
        if arguments.full or arguments.fresh:
            return True
        if arguments.sample or arguments.filtered:
            return False
        if self.store.awaits_confirmation():
            return True  # only full walks confirm it
        last = self.store.last_full_walk()
        due = last is None or self.is_due(last)
        return due and not (arguments.since or arguments.until)

    def is_due(self, last: date) -> bool:
        """Return whether something done every `OSCE_FULL_EVERY` days, *last* on that day, is due.

        A day far ahead comes from a clock that was wrong, and must not postpone it until then.
        """
        return abs(self.today - last) >= timedelta(days=self.options.full_every)

    def _proven_down_to(self, source: str) -> date | None:
        """Return the latest day from which, going back, the requested part is proven, or None."""
        if self.full or self.arguments.sample:
            return None
        return self.store.coverage(source).proven_down_to(self._first_day(), self._recheck)

    def _first_day(self) -> date:
        """Return the earliest listing date in the requested window."""
        return self.arguments.listed_since or date.min

    def _last_day(self) -> date:
        """Return the latest listing date that can be proven: today's, or the window's end."""
        return min(self.today, self.arguments.listed_until or self.today)

    @property
    def _proving(self) -> list[Walk]:
        """The walks of sources that can prove completeness; a feed cannot."""
        return [walk for walk in self.walks if walk.proves == "whole"]

    @property
    def whole(self) -> bool:
        """Whether every listing was seen, unfiltered, as far as it had to be walked."""
        return self.all_seen and not self.arguments.filtered

    @property
    def all_seen(self) -> bool:
        """Whether everything requested was seen: every walk ended for a reason that proves it."""
        if self.arguments.sample:
            return False
        return bool(self._proving) and all(walk.met_all for walk in self._proving)

    @property
    def proven(self) -> dict[str, list[Span]]:
        """Source → the spans of listing dates that this run's walk has seen in full."""
        if not self.whole:
            return {}
        return {walk.name: [(self._reached(walk), self._last_day())] for walk in self._proving}

    def _reached(self, walk: Walk) -> date:
        """Return the earliest day back to which a walk has seen everything."""
        if walk.stop == "known" and walk.terms.proven_down_to is not None:
            return walk.terms.proven_down_to
        return date.min if walk.met_the_end else self._first_day()

    @property
    def compared(self) -> bool:
        """Whether the whole listing was seen, down to its last page."""
        return self.whole and all(walk.met_the_end for walk in self._proving)

    @property
    def _new_sources(self) -> bool:
        """Whether the sources differ from those of the last published run."""
        names = sorted(walk.name for walk in self.walks)
        return self.sources_before is not None and names != self.sources_before

    def recheck_missing(self) -> None:
        """Queue known items that no listing showed but that must be checked.

        Items that the listings should have shown may be gone; the page of an incomplete item may be
        available by now.
        """
        arguments, now = self.arguments, self.clock.now()
        if arguments.sample:
            return
        queued: set[str] = set()
        # new sources may show other items, so their first run only records what they show
        if self.whole and not self._new_sources:
            first = arguments.since
            if not self.compared:
                first = max(self._recheck, first) if first is not None else self._recheck
            sources = [walk.name for walk in self._proving]
            absent = list(self.store.unseen(first, arguments.until, sources=sources))
            self.frontier.add_known(absent, now, absent=True)
            queued = {item_id for _, item_id in absent}
        unread = self.store.unseen(arguments.since, arguments.until, incomplete=True)
        self.frontier.add_known(
            ((entry, item_id) for entry, item_id in unread if item_id not in queued),
            now,
            absent=False,
        )

    # -- while pages come in

    def ask(self, visit: Visit) -> None:
        """Count a requested page."""
        self.measures.asked += 1
        self.measures.retried += visit.retried

    def take_listing(self, page: ListingPage) -> None:
        """Count the content of a listing page."""
        days = (entry.get("published") for entry in page.entries)
        self.measures.add_listing(date.fromisoformat(day) if day else None for day in days)
        self.measures.disagreed.update(page.disagreements)

    def take(self, visit: Visit, answer: Answer) -> None:
        """Count the answer to a visit, whether it was fetched now or before."""
        measures = self.measures
        if visit.absent:
            self._miss(visit, answer)
        refused = answer.kind == "refused"
        if not visit.named:
            measures.left_out += refused
        elif visit.known is None:
            measures.named += 1
            measures.unsure += refused and answer.refusal not in _CERTAIN
        if answer.item is None or not answer.item["complete"]:
            return
        measures.add_page(answer.item, answer.ways, answer.disagreements, self.today)
        node = visit.entry["node"]
        given = self._given.setdefault(str(answer.item_id), node)
        # an archive may have captured a page under any of its addresses
        measures.again += given != node and visit.source != CapturedSource.name

    def fail(self, visit: Visit, kind: str, cause: str) -> None:
        """Record that a page could not be fetched or read.

        :param kind: the kind of failure, used by the checks; ``cause``: why, in words.
        """
        measures = self.measures
        if visit.absent:
            # not listed, but the site does not say that it is gone: it may be a retired page
            self._miss(visit)
        else:
            measures.failed[kind] += 1
            measures.causes[cause] += 1
            before = self.unconfirmed.failed_before(visit.key)
            known = before is not None or visit.retried
            measures.fresh_failed += not known
            measures.known_failed[kind] += known
            measures.given_up += before == "given up"
            self.unconfirmed.note("failed", "-".join(visit.key), counts=True)
        self.store.fail(visit.key)

    def _miss(self, visit: Visit, answer: Answer | None = None) -> None:
        """Record a known item that no listing shows, and whether its page is gone as well."""
        item_id = visit.known.item_id if visit.known else answer.item_id if answer else None
        if item_id is not None:
            gone = answer is not None and answer.kind == "removed"
            counts = self.full and self.whole
            self.unconfirmed.note("gone" if gone else "unlisted", item_id, counts=counts)

    def note_error(self, url: str, error: BaseException) -> None:
        """Keep the traceback of a page that crashed the extractor; only for the first few."""
        if len(self.tracebacks) < EXAMPLES:
            lines = format_exception(error)
            self.tracebacks.append({"url": url, "traceback": "".join(lines)})

    def keep(self, visit: Visit, answer: Answer) -> None:
        """Store an answer. Raises sqlite3.Error."""
        item = answer.item
        if item is not None and not self.options.contacts:
            item["contacts"] = []  # personal data is stored only on request
        self.store.keep(visit.key, answer, self.clock.now(), visit.entry)
        if answer.item_id is not None:
            self.frontier.count(answer.item_id)

    # -- the end

    def judge(self, errors: int) -> Verdict:
        """Judge the drained run after its changes were worked out.

        :param errors: the number of exceptions that no callback handled.
        """
        measures, arguments = self.measures, self.arguments
        for walk in self.walks:
            measures.listed += walk.listed
            measures.empty_by_word |= walk.empty_by_word
            measures.incomplete += [f"{walk.name}: {why}" for why in walk.incomplete]
            if walk.stop is None:
                measures.incomplete.append(f"{walk.name}: its walk did not finish")
        if self.frontier.in_flight:
            measures.incomplete.append(
                f"item pages that were never answered: {self.frontier.in_flight}"
            )
        measures.errors = errors
        measures.known_listed = self.frontier.known_listed
        measures.relisted = self.frontier.relisted
        measures.rows = self.store.count(arguments)
        if emptied := self.store.emptied():
            measures.emptied, measures.examples["emptied"] = len(emptied), emptied[:EXAMPLES]
        window = bool(arguments.since or arguments.until)
        measures.proven_empty = self.all_seen and (window or arguments.filtered)
        measures.whole = self.compared and not window
        if not window and not arguments.filtered:
            measures.ended = {one.name: one.listed for one in self._proving if one.met_the_end}
        if not arguments.sample:
            measures.sources = sorted(walk.name for walk in self.walks)
            measures.sources_before = list(self.sources_before or []) if self._new_sources else []
            measures.unproven = not self._proving
        if self.options.replay is None and not arguments.sample:
            measures.quiet_days, measures.busy = self.store.pace(self.today)
        self.baseline = Baseline.of(self._past(), self.today)
        self._weigh()
        self.verdict = judge(measures, self.baseline, self.options.thresholds)
        for kind in many_at_once(measures, self.options.thresholds):
            self.unconfirmed.await_confirmation(kind)
        return self.verdict

    def _weigh(self) -> None:
        """Count the differences from the published state that this and earlier runs found."""
        measures, found = self.measures, self.unconfirmed
        measures.reused = self.frontier.reused
        found.close(whole=self.whole)
        gone, unlisted = found.tally("gone"), found.tally("unlisted")
        measures.removed, measures.unlisted = gone.fresh, unlisted.fresh
        measures.unconfirmed = Counter(gone=gone.unconfirmed, unlisted=unlisted.unconfirmed)
        measures.confirmed = Counter(gone=gone.confirmed, unlisted=unlisted.confirmed)
        rewordings = found.tally("reworded")
        measures.unconfirmed["reworded"] = rewordings.unconfirmed
        measures.confirmed["reworded"] = rewordings.confirmed
        if measures.ended:
            less = bool(shorter(measures, self.baseline, self.options.thresholds))
            measures.shorter_days = found.shorter(self.given, less=less)

    @property
    def first(self) -> bool:
        """Whether the store has published no run yet."""
        return next(good(self.store.db), None) is None

    def _past(self) -> Iterator[Past]:
        """Yield the published runs that this one is compared with, the oldest first."""
        for run in good(self.store.db):
            if run.measures:
                day = date.fromisoformat(run.started_at[:10])
                alike = run.arguments == self.given
                yield Past(day, alike, Measures.of(run.measures))

    @property
    def _findings(self) -> tuple[Finding, ...]:
        return self.verdict.findings if self.verdict else ()

    def proof(self) -> dict[str, Any]:
        """Return what the publication needs in addition to the rows."""
        options = self.options
        changes = options.changes if options.store is not None else None
        return {
            "spans": {
                source: [[first.isoformat(), last.isoformat()] for first, last in spans]
                for source, spans in self.proven.items()
            },
            "sources": self.measures.sources,
            "full": self.measures.whole,
            "changes": str(changes) if changes else None,
            "reports": str(options.reports) if options.reports else None,
        }

    def end(self, status: Status, report: Mapping[str, Any]) -> None:
        """Record how the run ended, and close the store. Raises sqlite3.Error."""
        proof = None
        if status is Status.WITHHELD:
            suspect = doubts_reading(self._findings)
            proof = {**self.proof(), "suspect": suspect, "report": dict(report)}
        try:
            self.store.end(
                self.id,
                self.clock.now(),
                status=int(status),
                verdict=self.verdict.status.name.lower() if self.verdict else None,
                reasons=[asdict(one) for one in self._findings],
                measures=self.measures.to_dict(),
                proof=proof,
            )
        finally:
            self.store.close()

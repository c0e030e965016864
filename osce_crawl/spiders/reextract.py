"""The spider that reads archives again: no requests, and publication as after a crawl."""

import asyncio
import sqlite3
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Self, TypeVar

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider

from osce_crawl.archive.captures import Captures
from osce_crawl.archive.places import RefusedError
from osce_crawl.clock import stamp
from osce_crawl.crawl.answer import NoAnswer
from osce_crawl.crawl.intake import Intake
from osce_crawl.crawl.run import Run
from osce_crawl.crawl.visit import Visit
from osce_crawl.normalise.urls import clean_address, read_address
from osce_crawl.normalise.web import web_address
from osce_crawl.options import Arguments, OptionError, Options
from osce_crawl.pages.refusals import NO_ANSWER
from osce_crawl.reextract.captured import Page, older, pages
from osce_crawl.reextract.plan import Plan, is_older
from osce_crawl.reextract.processes import DiedError, Processes
from osce_crawl.reextract.reading import Task, read_entries, read_page
from osce_crawl.reextract.walked import place_of, walked_listings
from osce_crawl.reports.progress import State
from osce_crawl.sources import make_sources
from osce_crawl.sources.urls import CapturedSource
from osce_crawl.spiders.publishing import PublishingSpider
from osce_crawl.store import Store, known
from osce_crawl.store.fetched import Answer
from osce_crawl.store.known import Known
from osce_crawl.verdict import Status

#: How many captures of an address are tried, the newest first, until one shows its page.
_TRIES = 5
#: Values per step.
_STEP = 100
_T = TypeVar("_T")


@dataclass(frozen=True)
class Rereading:
    """What is read again, and where the results go.

    :ivar store: the store of the run: that of OSCE_STORE, or a temporary one.
    :ivar known: the store with the published items and their listing entries, or None.
    :ivar update: whether `store` is updated.
    :ivar workers: the number of reading processes.
    :ivar given: the arguments, as given.
    """

    options: Options
    captures: Captures
    store: Store
    known: sqlite3.Connection | None
    update: bool
    workers: int
    given: dict[str, str]


class ReextractSpider(PublishingSpider):
    """Reads the newest capture of each item."""

    name = "reextract"
    intake: Intake

    @classmethod
    def from_crawler(
        cls, crawler: Crawler, *_args: Any, _rereading: Rereading, **_arguments: Any
    ) -> Self:
        """Build the spider and start the run.

        :param _rereading: checked and opened by the command.
        """
        spider = cls(_rereading)
        spider.connect(crawler)
        spider.intake = Intake(spider.run, crawler)
        return spider

    def __init__(self, rereading: Rereading) -> None:
        run = Run(rereading.options, Arguments(captured=()), rereading.given, rereading.store)
        super().__init__(rereading.options, run)
        self.wanted = Arguments()
        self._rereading = rereading
        self._captures = rereading.captures
        self._plan = Plan(rereading.options.base_url, self._known)
        self._left: Counter[str] = Counter()
        self._listings = self._entries = 0
        self._planned = self._older = self._done = 0
        self._begun = 0.0

    async def start(self) -> AsyncIterator[Request]:
        """Read everything; then emit the rows."""
        processes = Processes(self._rereading.workers)
        try:
            await self._find(processes)
            self.run.store.set_apart()
            await self._read(processes)
            self.run.store.bring_in()
        except sqlite3.Error as error:
            self.crawler.stats.set_value("osce/store/error", str(error))
            raise CloseSpider("store-failed") from error
        finally:
            processes.close()
            self._plan.close()
        async for request in self.judged():
            yield request

    # -- finding the pages

    async def _find(self, processes: Processes) -> None:
        """Find the pages and their listing entries; skip pages superseded in the store."""
        plan = self._plan
        if await self._lacks_entries():
            sources = self._walked()
            candidates = filter(_may_be_listing, self._pages(Counter()))
            async for page, entries in processes.results(read_entries, candidates):
                if not isinstance(entries, DiedError) and entries:
                    self._listings += 1
                    self._entries += len(entries)
                    plan.take_entries(page, entries, sources.get(place_of(page.url)))
        async for page in _in_steps(self._pages(self._left)):
            plan.take_page(page)
        if self._rereading.update:
            older = [
                visit.key
                async for visit, page in _in_steps(plan.visits())
                if self._is_older(visit, page)
            ]
            plan.leave_out(older)
            self._older = len(older)
        self._planned = len(plan)

    async def _lacks_entries(self) -> bool:
        """Return whether the store lacks the listing entry of any page."""
        async for page in _in_steps(self._pages(Counter())):
            if page.may_be_release and self._plan.lacks_entry(page):
                return True
        return False

    def _pages(self, left: Counter[str]) -> Iterator[Page]:
        return pages(self._captures, self.options.base_url, left)

    def _walked(self) -> dict[str, str]:
        """Return the names of the sources that a crawl walks, by the location of their listings."""
        found = self.run.found
        try:
            sources = make_sources(self.options, Arguments(), *([found.sources] if found else []))
        except OptionError:  # a source that needs a key, such as a search service, has no listings
            return {}
        return walked_listings(sources)

    def _known(self, entry: Any) -> Known | None:
        db = self._rereading.known
        if db is None:
            return None
        stated = read_address(entry["url"]).language is not None
        return known.look_up(db, entry, stated=stated)

    def _is_older(self, visit: Visit, page: Page) -> bool:
        """Return whether the store has a later response than a page; if so, mark its entry seen."""
        fetched = self.run.store.fetched(visit.key)
        later = fetched is not None and fetched.item is not None and fetched.kind == "item"
        if later and fetched is not None and fetched.item is not None:
            later = fetched.item["fetched_at"] > stamp(page.found.moment)
        if not (later or is_older(page, visit.known)):
            return False
        self._see(visit)
        if later and fetched is not None:
            self.run.take(visit, fetched)
        return True

    def _see(self, visit: Visit) -> None:
        item_id = visit.known.item_id if visit.known and self._rereading.update else None
        source = None if visit.source == CapturedSource.name else visit.source
        self.run.store.see(visit.entry, item_id, source=source)

    # -- reading the pages

    async def _read(self, processes: Processes) -> None:
        self._begun = time.monotonic()
        tasks: Iterable[Task] = self._tasks()
        for tries_left in reversed(range(_TRIES)):
            again: list[Task] = []
            async for task, outcome in processes.results(read_page, tasks):
                before = self._before(task, outcome) if tries_left else None
                if before is not None:
                    again.append(before)
                    continue
                self._done += 1
                self._take(task, outcome)
            if not again:
                return
            tasks = again

    def _tasks(self) -> Iterator[Task]:
        for visit, page in self._plan.visits():
            self._see(visit)
            self.run.ask(visit)
            owner = None
            if page.hops and self._rereading.known is not None:
                url = clean_address(page.found.url)
                owner = known.published_at(self._rereading.known, url)
            yield Task(visit, page, self._captures.name_of(page.found.body), owner)

    def _before(self, task: Task, outcome: Answer | Exception) -> Task | None:
        """Return the capture before one that does not show its page, or None."""
        lost = isinstance(outcome, RefusedError | DiedError | OSError)
        if not (lost or (isinstance(outcome, NoAnswer) and outcome.refusal in NO_ANSWER)):
            return None
        page = older(self._captures, task.page)
        if page is None or (self._rereading.update and is_older(page, task.visit.known)):
            return None
        return Task(task.visit, page, self._captures.name_of(page.found.body), task.owner)

    def _take(self, task: Task, outcome: Answer | Exception) -> None:
        visit, url = task.visit, task.page.found.url
        if isinstance(outcome, RefusedError):
            self.intake.take_loss(visit, f"its record cannot be read ({outcome.reason})")
        elif isinstance(outcome, OSError | DiedError):
            self.intake.take_loss(visit, f"its record cannot be read ({outcome})")
        else:
            self.intake.take_reading(visit, url, partial(self._answer, task, outcome))

    def _answer(self, task: Task, outcome: Answer | Exception) -> Answer:
        """Return what a page says about its known item; raise the reason if it says nothing."""
        if isinstance(outcome, Exception):
            raise outcome
        item, before = outcome.item, task.visit.known
        if item is None:
            return outcome
        self.run.measures.without_entry += task.visit.source == CapturedSource.name
        if before is not None and before.item_id == outcome.item_id:
            if before.removed_at and stamp(task.page.found.moment) < before.removed_at:
                item["removed_at"] = before.removed_at
            if not self._rereading.update:  # otherwise the store does this
                _keep_identity(item, outcome, before)
        return outcome

    # -- the end

    def measure(self) -> None:
        """Count what the archive holds, and what could not be read."""
        measures = self.run.measures
        measures.listed = len(self._captures)
        measures.lost = Counter(self._captures.refused)

    def built(self, status: Status, stats: dict[str, Any]) -> dict[str, Any]:
        """Return the report, with what was read from the archive."""
        report = super().built(status, stats)
        if self._rereading.update:
            report["sample"] = self.run.store.last_full_walk() is None
        report["requests"] = {}
        report["archive"] = {
            "files": len(self._captures.files),
            "captures": len(self._captures),
            "pages": self._planned,
            "older": self._older,
            "listings": self._listings,
            "left_out": dict(self._captures.left_out + self._left),
            "lost": dict(self._captures.refused),
        }
        return report

    def progress(self, written: int) -> State:
        """Return the progress of the run."""
        return State(
            pages=self._listings,
            entries=self._entries,
            walked=bool(self._begun),
            asked=self._planned,
            answered=self._done,
            written=written,
            rows=self.run.measures.rows,
        )

    def seconds_left(self) -> float:
        """Return the estimated seconds left, judging by the pages so far; 0: unknown."""
        if not self._done:
            return 0.0
        spent = time.monotonic() - self._begun
        return spent / self._done * (self._planned - self._done)


async def _in_steps(values: Iterable[_T]) -> AsyncIterator[_T]:
    """Yield values in steps of a tenth of a second; signals are handled between steps."""
    for number, value in enumerate(values, start=1):
        yield value
        if not number % _STEP:
            await asyncio.sleep(0)


def _may_be_listing(page: Page) -> bool:
    return page.may_be_listing


def _keep_identity(item: dict[str, Any], answer: Answer, before: Known) -> None:
    """Give an item the id and the address under which it was published."""
    _, _, language = str(before.item_id).partition("-")
    item |= {"id": before.item_id, "language": language}
    if before.url and clean_address(before.url) not in answer.led_from:
        item["url"] = web_address(before.url) or before.url

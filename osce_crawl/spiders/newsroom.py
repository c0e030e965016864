"""The newsroom spider: walks the listings, fetches the listed pages and stores what it reads.

It yields no items during the crawl: results go to the store. When the crawl has drained, the run is
judged and its rows are published (`osce_crawl.spiders.publishing`).
"""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import Any, Self, cast

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from osce_crawl.clock import Clock
from osce_crawl.crawl.intake import Intake, moment_of
from osce_crawl.crawl.listing_pages import ListingPages, first_url, meta_of
from osce_crawl.crawl.outstanding import Outstanding, at_rest
from osce_crawl.crawl.run import Run
from osce_crawl.crawl.visit import Visit
from osce_crawl.downloader.failures import is_gone, reason_of
from osce_crawl.downloader.hosts import VALIDATED, allowed_domains
from osce_crawl.downloader.pace import seconds_left
from osce_crawl.downloader.replay import Site, open_site, set_up_replay
from osce_crawl.downloader.robots import ForbiddenError
from osce_crawl.downloader.stopping import RunStoppedError
from osce_crawl.downloader.warc_site import WarcSite
from osce_crawl.feeds.check import local_feeds
from osce_crawl.options import Options, read_arguments, read_options
from osce_crawl.pages.refusals import NotAListing
from osce_crawl.publication.datapackage import rows_to_replace
from osce_crawl.publication.publish import open_store
from osce_crawl.reports.progress import State
from osce_crawl.sources import ListingPage, ListingSource, make_sources
from osce_crawl.spiders.finding import Finder
from osce_crawl.spiders.publishing import PublishingSpider
from osce_crawl.store import Store
from osce_crawl.verdict import Status

logger = logging.getLogger(__name__)

#: Listing pages come first: the shorter the walk, the less the listing changes during it.
LISTING_PRIORITY = 10


class NewsroomSpider(PublishingSpider):
    """Crawls the newsroom; arguments and settings: `osce_crawl.options`."""

    name = "newsroom"
    intake: Intake
    pages: ListingPages
    site: Site | None = None

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Switch off delays and sockets in a replay."""
        super().update_settings(settings)
        set_up_replay(settings)

    @classmethod
    def from_crawler(
        cls,
        crawler: Crawler,
        *_args: Any,
        _store: Store | None = None,
        _site: Site | None = None,
        **arguments: str,
    ) -> Self:
        """Check arguments and settings, and open the store, before the first request.

        :param _store: the store, if the command has already opened it.
        :param _site: the saved pages of OSCE_REPLAY, if the command has already opened them.
        :raises OptionError: when an argument or a setting cannot be used.
        :raises ReplayError: when the pages of OSCE_REPLAY cannot be served.
        :raises StoreError: when the store cannot be used.
        """
        options = read_options(crawler.settings)
        given = {name: value for name, value in arguments.items() if not name.startswith("_")}
        checked = read_arguments(given, options.base_url, Clock(options).now().date())
        site = _site or open_site(options)
        if isinstance(site, WarcSite) and not site.walked and checked.walks:
            pages = tuple(site.release_pages(options.base_url))
            checked = replace(checked, captured=pages)
        make_sources(options, checked)  # raises before the store is opened
        run = Run(options, checked, given, _store or open_store(options))
        spider = cls(options, run)
        spider.connect(crawler)
        spider.site = site
        spider.intake = Intake(run, crawler)
        spider.pages = ListingPages(run, crawler)
        return spider

    def __init__(self, options: Options, run: Run) -> None:
        super().__init__(options, run)
        self.recorded_as, self.given = run.id, run.given
        self.frontier = run.frontier
        self.allowed_domains = allowed_domains(options.base_url)
        self.finder = Finder(run)
        self.sources: list[ListingSource] = []
        self.waiting: list[tuple[str, int]] = []
        self.outstanding = Outstanding()

    # -- the run

    async def start(self) -> AsyncIterator[Any]:
        """Request the first listing pages, wait until the crawl has drained, then emit the rows."""
        async for request in self._walk_all(self.finder.sources()):
            yield request
        if self.finder.looks:
            for request in self.finder.requests(self.outstanding, LISTING_PRIORITY):
                yield request
            async for request in self._worked_off():
                yield request
            async for request in self._walk_all(self.finder.conclude()):
                yield request
        self.run.recheck_missing()
        async for request in self._worked_off():
            yield request
        async for request in self.judged():
            yield request

    async def _walk_all(self, sources: list[ListingSource]) -> AsyncIterator[Request]:
        """Walk the sources not walked yet; feeds come last, so that they add only what is new."""
        self.sources = sources
        self.pages.begin(sources)
        new = self.run.begin_walks(sources)
        for proves in ("whole", "recent"):
            for number in new:
                if sources[number].proves == proves:
                    for request in self._begin(number):
                        yield request
            async for request in self._worked_off():
                yield request

    def _begin(self, number: int) -> Iterator[Request]:
        """Request the first pages of a source; add the entries that it already knows."""
        source, walk = self.sources[number], self.run.walks[number]
        entries = [entry for entry in source.known() if walk.terms.seen.add(entry)]
        walk.listed = len(entries)
        yield from self._queue(entries, self.run.clock.now(), None if source.vouched else number)
        for url in walk.begin(source.first()):
            yield self._listing_request(url, number)

    async def _worked_off(self) -> AsyncIterator[Request]:
        """Yield the remaining requests, and wait until all are answered."""
        while True:
            for request in self._requests():
                yield request
            lost = await self.outstanding.drained(partial(at_rest, self.crawler))
            if lost or not self.frontier.waits:
                return
            await asyncio.sleep(0)  # lets signals be handled

    def measure(self) -> None:
        """Count how the walks ended, what needed no request, and what will be replaced."""
        stats, run = self.crawler.stats, self.run
        for walk in run.walks:
            stats.set_value(f"osce/walk/{walk.name}/stop", walk.stop)
            stats.inc_value("osce/listing/moved", walk.moved)
        if isinstance(self.site, WarcSite):
            run.measures.lost = Counter(self.site.captures.refused)
        if run.first and not self.arguments.sample:
            feeds = list(local_feeds(self.settings).values())
            run.measures.to_replace = rows_to_replace(feeds, run.given)
        stats.set_value("osce/items/known", self.frontier.known)
        stats.set_value("osce/items/reused", self.frontier.reused)
        stats.set_value("osce/items/put_off", self.frontier.put_off)

    def built(self, status: Status, stats: dict[str, Any]) -> dict[str, Any]:
        """Return the report, with the findings about an archive."""
        report = super().built(status, stats)
        if isinstance(self.site, WarcSite):
            report["captures"] = self.site.described()
        return report

    def progress(self, written: int) -> State:
        """Return the progress of the run."""
        return State.of(self.run, written)

    def seconds_left(self) -> float:
        """Return the minimum seconds left: a host may ask for pauses of minutes.

        Computed from the delays, not from measured times.
        """
        return seconds_left(self.crawler, self.frontier.open)

    # -- listings

    def _listing_request(self, url: str, source_number: int) -> Request:
        source = self.sources[source_number]
        self.crawler.stats.inc_value("osce/listing/asked")
        self.outstanding.add()
        return Request(
            url,
            callback=self.parse_listing,
            errback=self.listing_failed,
            cb_kwargs={"source_number": source_number},
            priority=LISTING_PRIORITY,
            headers=dict(source.headers),
            meta=meta_of(source),
            dont_filter=True,  # pages are read twice on purpose; the walk detects loops itself
        )

    def parse_listing(self, response: Response, source_number: int) -> Iterator[Request]:
        """Take a listing page: request the pages of its new entries and the next listing page."""
        with self.outstanding.answering():
            self.crawler.stats.inc_value("osce/listing/pages")
            try:
                page = self.pages.read(response, source_number)
            except NotAListing as refusal:
                reason, why = str(refusal.reason), refusal.why
                if self.finder.takes_refusal(source_number, response, refusal):
                    return
            except Exception as error:  # noqa: BLE001 - one page never stops a night
                reason, why = "error", self.intake.note_unexpected(response.url, error)
            else:
                if not self.finder.takes_page(source_number, response, page):
                    moment = moment_of(response, self.run.clock)
                    yield from self._walk_on(page, source_number, moment)
                return
            self.crawler.stats.inc_value(f"osce/listing/refused/{reason}")
            silent = reason in {"unknown", "script"}
            yield from self._after_failure(source_number, response.request, why, silent=silent)

    def _walk_on(self, page: ListingPage, number: int, moment: datetime) -> Iterator[Request]:
        walk = self.run.walks[number]
        entries, following = walk.take(page)
        logger.info(
            "%s: %d entries, %d new, %s",
            page.url,
            len(page.entries),
            len(entries),
            f"next {', '.join(following)}" if following else f"ended ({walk.stop})",
        )
        yield from self._go_on(entries, following, number, moment)

    def _go_on(
        self, entries: list[dict[str, Any]], following: list[str], number: int, moment: datetime
    ) -> Iterator[Request]:
        """Request the pages of entries and the listing pages that the walk needs next."""
        if self.run.walks[number].endless:
            self.frontier.give_up()  # the run will be withheld, and the rest may be endless, too
            return
        yield from self._queue(entries, moment, number)
        if following and self.frontier.enough:
            # kept back until it is known whether more entries are needed
            self.waiting.extend((url, number) for url in following)
            self._end_limited()
            return
        for url in following:
            yield self._listing_request(url, number)

    def listing_failed(self, failure: Failure) -> Iterator[Request]:
        """Handle a listing page that could not be fetched."""
        with self.outstanding.answering():
            if isinstance(failure.value, RunStoppedError):
                return
            request = cast("Request", failure.request)  # type: ignore[attr-defined]
            number = request.cb_kwargs["source_number"]
            if isinstance(failure.value, ForbiddenError):
                instead = self.sources[number].instead(request.url)
                if instead is not None:
                    yield self._listing_request(instead, number)
                    return
            why = reason_of(failure)
            if self.finder.takes_failure(number, failure, why):
                return
            self.crawler.stats.inc_value("osce/listing/failed")
            yield from self._after_failure(number, request, why, gone=is_gone(failure))

    def _after_failure(
        self,
        source_number: int,
        request: Request | None,
        why: str,
        *,
        gone: bool = False,
        silent: bool = False,
    ) -> Iterator[Request]:
        source, walk = self.sources[source_number], self.run.walks[source_number]
        url = first_url(request) if request is not None else source.name
        logger.error("Source %s: listing page %s cannot be used: %s", source.name, url, why)
        entries, following = walk.fail(url, why, gone=gone, silent=silent)
        yield from self._go_on(entries, following, source_number, self.run.clock.now())

    # -- items

    def _queue(
        self, entries: list[dict[str, Any]], moment: datetime, source_number: int | None = None
    ) -> Iterator[Request]:
        source = None if source_number is None else self.sources[source_number].name
        self.frontier.add(entries, moment, source)
        yield from self._requests()

    def _requests(self) -> Iterator[Request]:
        for visit in self.frontier.visits():
            self.run.ask(visit)
            yield self._page_request(visit)

    def _page_request(self, visit: Visit) -> Request:
        self.outstanding.add()
        return Request(
            visit.url,
            headers=dict(visit.headers),
            callback=self.parse_item,
            errback=self.item_failed,
            cb_kwargs={"visit": visit},
            meta={
                "handle_httpstatus_list": [HTTPStatus.NOT_MODIFIED],
                VALIDATED: visit.known.url if visit.known else None,
            },
            dont_filter=True,  # entries are identified by node and language, not by address
        )

    def _item_done(self, visit: Visit) -> Iterator[Request]:
        """Request more if a limit has kept entries or listing pages back."""
        self.frontier.done(visit)
        yield from self._requests()
        if self.waiting and not self.frontier.enough:
            waiting, self.waiting = self.waiting, []
            for following in waiting:
                yield self._listing_request(*following)
        self._end_limited()

    def _end_limited(self) -> None:
        """End the waiting walks once the requested number of items is reached."""
        if self.frontier.in_flight or not self.frontier.enough:
            return
        for _, source_number in self.waiting:
            self.run.walks[source_number].limited()
        self.waiting.clear()

    def parse_item(self, response: Response, visit: Visit) -> Iterator[Request]:
        """Take the response to a visit: store what it says about the item."""
        with self.outstanding.answering():
            self.intake.take(visit, response)
            yield from self._item_done(visit)

    def item_failed(self, failure: Failure) -> Iterator[Request]:
        """Handle an item's page that could not be fetched; ignore a stop of the run."""
        with self.outstanding.answering():
            if isinstance(failure.value, RunStoppedError):
                return
            visit: Visit = cast("Request", failure.request).cb_kwargs["visit"]  # type: ignore[attr-defined]
            elsewhere = visit.elsewhere(gone=is_gone(failure))
            if elsewhere is not None:
                yield self._page_request(elsewhere)
                return
            self.intake.take_failure(visit, failure)
            yield from self._item_done(visit)

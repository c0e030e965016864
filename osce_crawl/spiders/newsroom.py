"""The newsroom spider: walks the listings, fetches what they name, stages what it reads.

Nothing is yielded while pages come in. When the crawl has drained, the run is judged, and only then
the rows leave the staging file for the pipelines and feeds, in the contract's order.
"""

import hashlib
import logging
from collections import deque
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from typing import Any, Self, cast
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.settings import BaseSettings
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from osce_crawl.clock import Clock, stamp
from osce_crawl.contracts.refusals import SOMETHING_ELSE, NotAListing, NotARelease
from osce_crawl.extract import extract_with_ways, stub
from osce_crawl.normalise.urls import is_osce_host, read_address
from osce_crawl.options import Arguments, Options, read_arguments, read_options
from osce_crawl.politeness.hosts import allowed_domains
from osce_crawl.replay.handler import saved_at
from osce_crawl.sources import ListingPage, Source, make_sources
from osce_crawl.sources.walk import Seen, Walk
from osce_crawl.staging import Staging
from osce_crawl.verdict import Outcome, Verdict, judge

logger = logging.getLogger(__name__)

#: In replay no site is there to be spared, and nothing may open a socket.
REPLAY_SETTINGS: dict[str, Any] = {
    "DOWNLOAD_HANDLERS": {
        "http": "osce_crawl.replay.handler.ReplayDownloadHandler",
        "https": "osce_crawl.replay.handler.ReplayDownloadHandler",
        "ftp": None,
        "s3": None,
    },
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "RETRY_ENABLED": False,
}
#: Listing pages go first: the shorter the walk takes, the less the listing moves meanwhile.
LISTING_PRIORITY = 10
_GONE = frozenset({404, 410})


class NewsroomSpider(Spider):
    """Crawls the newsroom; arguments and settings: `osce_crawl.options`.

    :ivar publishable: whether the feeds may be put in place; true only after a good verdict.
    :ivar verdict: the judgement, once the crawl has drained.
    """

    name = "newsroom"

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Take delays and sockets out of a replay."""
        super().update_settings(settings)
        if settings.get("OSCE_REPLAY"):
            for name, value in REPLAY_SETTINGS.items():
                settings.set(name, value, priority="spider")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *_args: Any, **arguments: str) -> Self:
        """Check arguments and settings; raises OptionError before anything is asked for."""
        options = read_options(crawler.settings)
        spider = cls(options, read_arguments(arguments, options.base_url))
        spider._set_crawler(crawler)
        crawler.signals.connect(spider.item_error, signals.item_error)
        return spider

    def __init__(self, options: Options, arguments: Arguments) -> None:
        super().__init__()
        self.options = options
        self.arguments = arguments
        self.allowed_domains = allowed_domains(options.base_url)
        self.clock = Clock(options)
        self.staging = Staging()
        self.sources: list[Source] = make_sources(options, arguments)
        self.seen = Seen()
        self.walks: list[Walk] = []
        self.outcome = Outcome()
        self.backlog: deque[tuple[dict[str, Any], datetime]] = deque()
        self.in_flight = 0
        self.wanted = 0
        self.waiting: list[Request] = []
        self.verdict: Verdict | None = None
        self.publishable = False

    # -- the run

    async def start(self) -> AsyncIterator[Any]:
        """Ask for the first listing pages; wait for the crawl to drain; then let the rows go."""
        self.walks = [Walk(source.name, self.arguments, self.seen) for source in self.sources]
        for number, (source, walk) in enumerate(zip(self.sources, self.walks, strict=True)):
            first = source.first()
            if first is not None:
                yield self._listing_request(first, number)
                continue
            entries = [entry for entry in source.known() if self.seen.add(entry)]
            walk.listed, walk.stop = len(entries), "last-page"
            for request in self._queue(entries, self.clock.now()):
                yield request
        await self._drained()
        self._judge()
        if self.publishable or not self._writes_to_stdout():
            # Rows leave from a callback: those that start() yields are not waited for in turn, and
            # a run that is stopped meanwhile would never end.
            yield Request(
                "data:,",
                callback=self.let_rows_go,
                meta={"allow_offsite": True},
                dont_filter=True,
            )

    async def _drained(self) -> None:
        """Wait until nothing is queued, in flight or being read."""
        engine = self.crawler.engine
        if engine is None:
            raise RuntimeError("start() runs inside of a crawl")
        while True:
            await self.crawler.signals.wait_for(signals.scheduler_empty)
            slot = engine.scraper.slot
            if not engine.downloader.active and (slot is None or slot.is_idle()):
                return

    def _judge(self) -> None:
        stats = self.crawler.stats
        for walk in self.walks:
            self.outcome.listed += walk.listed
            self.outcome.empty_by_word |= walk.empty_by_word
            self.outcome.incomplete += [f"{walk.name}: {why}" for why in walk.incomplete]
            if walk.stop is None:
                self.outcome.incomplete.append(f"{walk.name}: its walk did not come to an end")
            stats.set_value(f"osce/walk/{walk.name}/stop", walk.stop)
            stats.inc_value("osce/listing/moved", walk.moved)
        if self.in_flight:
            self.outcome.incomplete.append(f"{self.in_flight} item pages were never answered")
        self.outcome.rows = self.wanted
        stats.set_value("osce/sample", self.arguments.sample)
        self.outcome.errors = int(stats.get_value("spider_exceptions/count", 0))
        self.verdict = judge(self.outcome)
        self.publishable = self.verdict.publishable
        for reason in self.verdict.reasons:
            logger.warning("%s: %s", self.verdict.status.name.capitalize(), reason)

    def let_rows_go(self, _response: Response) -> Iterator[dict[str, Any]]:
        """Yield the rows that were asked for, in the contract's order."""
        for row in self.staging.rows():
            if self.arguments.wants(row["published"], row["content_type"], row["language"]):
                yield row

    def _writes_to_stdout(self) -> bool:
        return any(str(uri).startswith("stdout:") for uri in self.settings.getdict("FEEDS"))

    def item_error(self) -> None:
        """Withhold a run in which a pipeline lost an item; Scrapy itself only logs it."""
        self.crawler.stats.inc_value("osce/items/error")
        self.publishable = False

    def closed(self, reason: str) -> None:
        """Withhold what a stopped run has; remove the staging file."""
        if reason != "finished":
            self.publishable = False
        stats = self.crawler.stats
        if self.verdict is not None:
            stats.set_value("osce/verdict", self.verdict.status.name.lower())
            stats.set_value("osce/verdict/reasons", list(self.verdict.reasons))
        self.staging.close()

    # -- listings

    def _listing_request(self, url: str, source_number: int) -> Request:
        return Request(
            url,
            callback=self.parse_listing,
            errback=self.listing_failed,
            cb_kwargs={"source_number": source_number},
            priority=LISTING_PRIORITY,
            dont_filter=True,  # pages are read again on purpose; the walk knows its own loops
        )

    async def parse_listing(self, response: Response, source_number: int) -> AsyncIterator[Request]:
        """Take a listing page: ask for its new entries and for the page after it."""
        source, walk = self.sources[source_number], self.walks[source_number]
        stats = self.crawler.stats
        stats.inc_value("osce/listing/pages")
        try:
            page = source.read(response.body, response.url)
        except NotAListing as refusal:
            stats.inc_value(f"osce/listing/refused/{refusal.reason}")
            for request in self._after_failure(source_number, response.request, str(refusal)):
                yield request
            return
        page.url = self._asked(response)
        page.entries = self._visitable(page.entries)
        self._count_page(page)
        moment = self._moment(response)
        if page.url in walk.again:
            entries = walk.settle(page)
            following = walk.reread()
        else:
            entries, following = walk.take(page)
        logger.info(
            "%s: %d entries, %d new, %s",
            page.url,
            len(page.entries),
            len(entries),
            f"next {following}" if following else f"ended ({walk.stop})",
        )
        for request in self._queue(entries, moment):
            yield request
        if following is not None:
            request = self._listing_request(following, source_number)
            if self._enough():
                self.waiting.append(request)  # until it is known whether more entries are needed
            else:
                yield request

    def listing_failed(self, failure: Failure) -> Iterator[Request]:
        """Take the news that a listing page could not be had."""
        request = cast("Request", failure.request)  # type: ignore[attr-defined]
        self.crawler.stats.inc_value("osce/listing/failed")
        gone = isinstance(failure.value, HttpError) and failure.value.response.status in _GONE
        number = request.cb_kwargs["source_number"]
        yield from self._after_failure(number, request, _why(failure), gone=gone)

    def _after_failure(
        self, source_number: int, request: Request | None, why: str, *, gone: bool = False
    ) -> Iterator[Request]:
        source, walk = self.sources[source_number], self.walks[source_number]
        url = _first_url(request) if request is not None else source.name
        logger.error("Source %s: listing page %s cannot be used: %s", source.name, url, why)
        following = walk.fail(url, why, gone=gone)
        if following is not None:
            yield self._listing_request(following, source_number)

    def _count_page(self, page: ListingPage) -> None:
        stats = self.crawler.stats
        stats.inc_value("osce/listing/entries", len(page.entries))
        stats.inc_value("osce/listing/traps", page.traps)
        for name, way in page.ways.items():
            stats.inc_value(f"osce/field/{name}/from/{way}")
        for name in page.disagreements:
            stats.inc_value(f"osce/field/{name}/disagree")

    # -- items

    def _queue(self, entries: list[dict[str, Any]], moment: datetime) -> Iterator[Request]:
        self.backlog.extend((entry, moment) for entry in entries)
        yield from self._from_backlog()

    def _visitable(self, entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Leave out entries on hosts that are not visited, before they count as known."""
        own = urlsplit(self.options.base_url).hostname
        kept = []
        for entry in entries:
            host = urlsplit(entry["url"]).hostname or ""
            if is_osce_host(host) or host == own:
                kept.append(entry)
            else:
                self.crawler.stats.inc_value("osce/items/refused/foreign-host")
        return kept

    def _enough(self) -> bool:
        limit = self.arguments.limit
        return limit is not None and self.wanted + self.in_flight >= limit

    def _from_backlog(self) -> Iterator[Request]:
        while self.backlog and not self._enough():
            entry, moment = self.backlog.popleft()
            self.in_flight += 1
            self.outcome.asked += 1
            yield Request(
                entry["url"],
                callback=self.parse_item,
                errback=self.item_failed,
                cb_kwargs={"entry": entry, "moment": moment},
                dont_filter=True,  # entries are known by node and language, not by address
            )

    def _item_done(self) -> Iterator[Request]:
        """Ask for more where a limit left entries or listing pages waiting."""
        self.in_flight -= 1
        yield from self._from_backlog()
        if self.waiting and not self._enough():
            yield from self.waiting
            self.waiting.clear()
        elif self.waiting and self.in_flight == 0:
            for request in self.waiting:
                self.walks[request.cb_kwargs["source_number"]].limited()
            self.waiting.clear()

    def parse_item(
        self, response: Response, entry: dict[str, Any], moment: datetime
    ) -> Iterator[Request]:
        """Take an item's page: stage its item, or a stub where no contract reads it."""
        stats = self.crawler.stats
        there, asked = read_address(response.url), read_address(entry["url"])
        # an alias without a node id may be the same item; an address without its id proves none
        led_away = there.node != asked.node
        moved = (led_away and there.node is not None and asked.node is not None) or (
            asked.language is not None and there.language != asked.language
        )
        listing = entry if "title" in entry and not moved else None
        try:
            extraction = extract_with_ways(response.body, response.url, listing)
        except NotARelease as refusal:
            stats.inc_value(f"osce/items/refused/{refusal.reason}")
            if refusal.reason in SOMETHING_ELSE and not (moved or led_away):
                self.outcome.left_out += 1
                logger.info("Left out: %s", refusal)
            else:
                self._failed(entry, moment, str(refusal))
        else:
            item = extraction.item
            for name, way in extraction.ways.items():
                stats.inc_value(f"osce/field/{name}/from/{way}")
            for name in extraction.disagreements:
                stats.inc_value(f"osce/field/{name}/disagree")
            item["provenance"]["http_status"] = response.status
            item["provenance"]["response_sha256"] = hashlib.sha256(response.body).hexdigest()
            if moved:
                stats.inc_value("osce/items/moved")
                logger.info("%s leads to another item, %s", entry["url"], response.url)
            self._stage(item, self._moment(response), moved=moved)
        yield from self._item_done()

    def item_failed(self, failure: Failure) -> Iterator[Request]:
        """Take the news that an item's page could not be had."""
        request = cast("Request", failure.request)  # type: ignore[attr-defined]
        self.crawler.stats.inc_value("osce/items/failed")
        self._failed(request.cb_kwargs["entry"], request.cb_kwargs["moment"], _why(failure))
        yield from self._item_done()

    def _failed(self, entry: dict[str, Any], moment: datetime, why: str) -> None:
        self.outcome.failed += 1
        logger.warning("%s could not be had: %s", entry["url"], why)
        if "title" in entry:
            self._stage(stub(entry), moment)

    def _stage(self, item: dict[str, Any], moment: datetime, *, moved: bool = False) -> None:
        when = stamp(moment)
        item["revision"] = 1
        for key in ("first_seen_at", "changed_at", "fetched_at"):
            item[key] = when
        known = len(self.staging)
        if not self.staging.put(item, moved=moved):
            self.crawler.stats.inc_value("osce/items/duplicate")
            return
        self.crawler.stats.inc_value(
            f"osce/items/{'complete' if item['complete'] else 'incomplete'}"
        )
        if len(self.staging) > known and self.arguments.wants(
            item["published"], item["content_type"], item["language"]
        ):
            self.wanted += 1

    # -- responses

    def _moment(self, response: Response) -> datetime:
        return saved_at(response) or self.clock.now()

    def _asked(self, response: Response) -> str:
        return _first_url(response.request) if response.request else response.url


def _first_url(request: Request) -> str:
    """Return the address that was asked for first, before any redirect."""
    urls: list[str] = request.meta.get("redirect_urls", [])
    return urls[0] if urls else request.url


def _why(failure: Failure) -> str:
    """Say in words why a page could not be had."""
    error = failure.value
    if isinstance(error, HttpError):
        return f"the site answered {error.response.status}"
    if isinstance(error, IgnoreRequest):
        return str(error) or "it may not be asked for"
    return f"{type(error).__name__}: {error}"

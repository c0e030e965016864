"""The base of all spiders that write rows from the store to the feeds at their end."""

import asyncio
import logging
from collections.abc import Iterator
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings

from osce_crawl.clock import Clock
from osce_crawl.feeds.direct import DirectFeeds
from osce_crawl.feeds.row import Row
from osce_crawl.options import Options
from osce_crawl.options.switched_off import leave_out_switched_off
from osce_crawl.reports.progress import State
from osce_crawl.verdict import Status, exit_status

logger = logging.getLogger(__name__)

#: Rows written per step; signals are handled between steps.
_STEP = 100


class EmittingSpider(Spider):
    """Writes rows to the feeds when its work is done, for `osce_crawl.feeds.publisher`.

    :ivar publishable: whether the feeds may be put in place.
    :ivar unchecked_ids: ids of the written rows that were never published in this form.
    :ivar report: its report, once it has ended.
    """

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Leave out what is switched off."""
        super().update_settings(settings)
        leave_out_switched_off(settings)

    def __init__(self, options: Options, clock: Clock) -> None:
        super().__init__()
        self.options = options
        self.clock = clock
        self.publishable = False
        self.unchecked_ids: set[str] = set()
        self.report: dict[str, Any] | None = None
        self._all_left = False
        self._stopped = False

    def connect(self, crawler: Crawler) -> None:
        """Connect to a crawl's signals for its end and for lost items."""
        self._set_crawler(crawler)
        crawler.signals.connect(self.item_error, signals.item_error)
        crawler.signals.connect(self._engine_stopped, signals.engine_stopped)

    def emission(self) -> Request:
        """Return the request whose callback emits the rows, to the feeds or as items.

        If start() yielded the items, it would not wait for each of them, and a run stopped
        meanwhile would never end.
        """
        feeds = DirectFeeds.of(self.crawler)
        return Request(
            "data:,",
            callback=self.emit_items if feeds is None else self.emit_rows,
            cb_kwargs={} if feeds is None else {"feeds": feeds},
            meta={"allow_offsite": True},
            dont_filter=True,
        )

    async def emit_rows(self, _response: Response, feeds: DirectFeeds) -> None:
        """Write the rows to the feeds; none after a signal."""
        for number, row in enumerate(self._leaving(), start=1):
            try:
                feeds.write(row)
            except ValueError as error:
                logger.error("%s", error)  # noqa: TRY400 - the message is enough
                self.item_error()
            if not number % _STEP:
                await asyncio.sleep(0)

    def emit_items(self, _response: Response) -> Iterator[dict[str, Any]]:
        """Yield the rows as items; none after a signal."""
        for row in self._leaving():
            item = row.item
            if not row.checked:
                self.unchecked_ids.add(item["id"])
            yield item

    def _leaving(self) -> Iterator[Row]:
        """Yield the rows; unless all of them are taken, nothing is published."""
        engine = self.crawler.engine
        for row in self.rows():
            if engine is None or not engine.running:
                return  # Scrapy itself would emit all of them before it ends
            yield row
        self._all_left = True

    def rows(self) -> Iterator[Row]:
        """Yield the rows to write."""
        raise NotImplementedError

    def item_error(self) -> None:
        """Withhold the run if a pipeline lost an item; Scrapy itself only logs it."""
        self.crawler.stats.inc_value("osce/items/error")
        self.publishable = False

    def closed(self, reason: str) -> None:
        """Withhold a run that was stopped, or that did not write all its rows.

        A component of another project may drop the request of `emission`, or raise an error
        between two rows: Scrapy logs the error and closes the feeds as if they were complete.
        """
        if reason != "finished":
            self.publishable = False
        elif self.publishable and (not self._all_left or self._errors()):
            logger.error(
                "The rows were not all written: see the errors above; if there are none, a"
                " downloader middleware or the scheduler dropped the request data:,"
            )
            self.publishable = False

    def _errors(self) -> int:
        """Return the number of errors in callbacks and spider middlewares."""
        return int(self.crawler.stats.get_value("spider_exceptions/count", 0))

    def progress(self, written: int) -> State:
        """Return the progress.

        :param written: rows written so far.
        """
        raise NotImplementedError

    def seconds_left(self) -> float:
        """Return the estimated seconds left; 0: unknown."""
        raise NotImplementedError

    def _engine_stopped(self) -> None:
        engine = self.crawler.engine
        decided = "osce/published" in self.crawler.stats.get_stats()
        if engine is not None and engine.spider is not None and not decided:
            # a signal came while the feeds were being closed: Scrapy does not wait for their end
            self._stopped = True
            self.publishable = False
        self.engine_stopped()

    def engine_stopped(self) -> None:
        """Record how it ended; called last."""
        raise NotImplementedError

    def stats_at_end(self) -> dict[str, Any]:
        """Return the stats, with the true reason of the end."""
        stats = self.crawler.stats.get_stats()
        return {**stats, "finish_reason": "shutdown"} if self._stopped else stats

    def status(self) -> Status:
        """Return the exit status, once it has ended."""
        return exit_status(self.stats_at_end())

    def summary(self) -> list[str]:
        """Return the lines of the summary for the operator."""
        raise NotImplementedError

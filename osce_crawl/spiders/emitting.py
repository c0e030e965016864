"""What every spider has in common whose rows leave the store for the feeds, all at its end."""

from collections.abc import Iterator
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from osce_crawl.clock import Clock
from osce_crawl.options import Options
from osce_crawl.reports.progress import State
from osce_crawl.verdict import Status, exit_status


class EmittingSpider(Spider):
    """Yields rows when its work is done, for the publisher (`osce_crawl.feeds.publisher`).

    :ivar publishable: whether the feeds may be put in place.
    :ivar unchecked_ids: ids of rows that were never published as they are; None: of all.
    :ivar report: what it did, once it has ended.
    """

    def __init__(self, options: Options, clock: Clock) -> None:
        super().__init__()
        self.options = options
        self.clock = clock
        self.publishable = False
        self.unchecked_ids: frozenset[str] | None = None
        self.report: dict[str, Any] | None = None

    def connect(self, crawler: Crawler) -> None:
        """Belong to a crawl, and hear of its end and of items that are lost."""
        self._set_crawler(crawler)
        crawler.signals.connect(self.item_error, signals.item_error)
        crawler.signals.connect(self.engine_stopped, signals.engine_stopped)

    def emission(self) -> Request:
        """Return the request whose callback emits the rows.

        Those that start() yields are not waited for in turn, and a run that is stopped meanwhile
        would never end.
        """
        return Request(
            "data:,", callback=self.emit_rows, meta={"allow_offsite": True}, dont_filter=True
        )

    def emit_rows(self, _response: Response) -> Iterator[dict[str, Any]]:
        """Yield the rows; none after a signal."""
        engine = self.crawler.engine
        for row in self.rows():
            if engine is None or not engine.running:
                return  # Scrapy itself would let all of them go before it ends
            yield row

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield what leaves the store."""
        raise NotImplementedError

    def item_error(self) -> None:
        """Withhold all where a pipeline lost an item; Scrapy itself only logs it."""
        self.crawler.stats.inc_value("osce/items/error")
        self.publishable = False

    def closed(self, reason: str) -> None:
        """Withhold what was stopped."""
        if reason != "finished":
            self.publishable = False

    def progress(self, written: int) -> State:
        """Return how far it is.

        :param written: rows written so far.
        """
        raise NotImplementedError

    def seconds_left(self) -> float:
        """Return how long what is left will take, as far as it is known; 0: unknown."""
        raise NotImplementedError

    def engine_stopped(self) -> None:
        """Take note of how it ended; nothing comes after this."""
        raise NotImplementedError

    def status(self) -> Status:
        """Return the exit status, once it has ended."""
        return exit_status(self.crawler.stats.get_stats())

    def told(self) -> list[str]:
        """Return the lines that tell a person what came of it."""
        raise NotImplementedError

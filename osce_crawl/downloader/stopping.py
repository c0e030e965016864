"""A stopped run does not wait for delays, servers or name servers.

Scrapy ends a run only after the last started request is answered. A Crawl-delay of a minute, a
Retry-After of a quarter of an hour or a server that does not answer would delay the end as long.
"""

import asyncio
from typing import Self

from scrapy import Request, signals
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.utils.asyncio import create_looping_call

from osce_crawl.downloader.waiting import fail_waiting

#: Signal, sent once when the run is asked to stop.
run_stopping = object()
# Seconds between two checks: Scrapy has no signal for the start of a stop.
_LOOK = 0.1


class RunStoppedError(IgnoreRequest):
    """The run was asked to stop before the request was answered, so the page is unknown."""

    def __init__(self) -> None:
        super().__init__("the run was stopped")


class StoppingMiddleware:
    """Fails the requests waiting in the downloader's slots as soon as the run is asked to stop.

    It is the middleware next to the downloader, so that no further request gets there.
    :class:`StoppableDownloadHandler` cancels the requests under way. All of them fail with
    :class:`RunStoppedError`.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._stopped = False
        self._looking = create_looping_call(self._look)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware; it polls from the engine's start until the spider closes."""
        middleware = cls(crawler)
        crawler.signals.connect(middleware._begin, signals.engine_started)
        crawler.signals.connect(middleware._end, signals.spider_closed)
        return middleware

    def process_request(self, request: Request) -> None:  # noqa: ARG002  # Scrapy names it
        """Raise RunStoppedError if the run was asked to stop."""
        if self._stopped:
            raise RunStoppedError

    def _begin(self) -> None:
        self._looking.start(_LOOK, now=False)

    def _end(self) -> None:
        if self._looking.running:
            self._looking.stop()

    def _look(self) -> None:
        # Nothing public covers all ways to stop: `engine.running` ignores CLOSESPIDER_*, and
        # `engine.needs_backout` is also true while the downloader is full.
        slot = self._crawler.engine._slot  # noqa: SLF001
        if slot is None or slot.closing is None:
            return
        self._looking.stop()
        self._stopped = True
        for waiting in self._crawler.engine.downloader.slots.values():
            fail_waiting(waiting, RunStoppedError())
        self._crawler.signals.send_catch_log(run_stopping)


class StoppableDownloadHandler(HTTP11DownloadHandler):
    """Scrapy's download handler for http and https; stopping the run cancels its transfers."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._transfers: set[asyncio.Future[Response]] = set()
        self._stopped = False
        crawler.signals.connect(self._stop, run_stopping)

    async def download_request(self, request: Request) -> Response:
        """Return the response; raises RunStoppedError if the run is stopped before it arrives."""
        transfer = asyncio.ensure_future(super().download_request(request))
        self._transfers.add(transfer)
        try:
            return await transfer
        except asyncio.CancelledError:
            if self._stopped:
                raise RunStoppedError from None
            raise
        finally:
            self._transfers.discard(transfer)

    def _stop(self) -> None:
        self._stopped = True
        for transfer in list(self._transfers):
            transfer.cancel()

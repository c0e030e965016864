"""Retry-After kept: a site that names a time is not asked before it."""

import logging
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Self

from scrapy import Request, signals
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Response

from osce_crawl.transport.waiting import fail_waiting

logger = logging.getLogger(__name__)

#: Seconds. A site that wants more is left alone for the rest of the run.
LONGEST_WAIT = 900.0
_STATUSES = frozenset({429, 503})
# Seconds between two requests. Without any, Scrapy's downloader does not look when a slot sent its
# last one, and sends all that waits at once, whatever CONCURRENT_REQUESTS_PER_DOMAIN says.
_LEAST_DELAY = 0.001


class RetryAfterMiddleware:
    """Sends nothing to a host until the time its ``Retry-After`` names.

    Works with status 429 and 503, with seconds and with dates. A host is what has a slot of its
    own in Scrapy's downloader: a host name. Its slot is held as if a request had left at the time
    named, so that what waits in it already waits on, and the delay (DOWNLOAD_DELAY, AutoThrottle's
    or a Crawl-delay) is kept after that time too; where there is none, there is one of a
    millisecond. Only requests that were on their way when the answer came cannot be called back.

    A wait above :data:`LONGEST_WAIT` closes the host for the run: what waits in its slot and what
    comes later fails with IgnoreRequest, unsent. Answers that name a time are counted in
    ``osce/retry_after/count``. With OSCE_REPLAY no site is there to be spared: nothing waits.
    """

    def __init__(self, crawler: Crawler) -> None:
        if crawler.settings["OSCE_REPLAY"]:
            raise NotConfigured
        self._crawler = crawler
        self._closed: dict[str, str] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware and connect it, after AutoThrottle, to the downloader's signals.

        The downloader sends the next request of a slot before it hands a response to the
        middlewares, and the signal before that.
        """
        middleware = cls(crawler)
        crawler.signals.connect(middleware._reached, signals.request_reached_downloader)
        crawler.signals.connect(middleware._downloaded, signals.response_downloaded)
        return middleware

    def process_request(self, request: Request) -> None:
        """Raise IgnoreRequest if the host is closed."""
        reason = self._closed.get(self._crawler.engine.downloader.get_slot_key(request))
        if reason:
            raise IgnoreRequest(reason)

    def _reached(self, request: Request) -> None:
        """Give the slot of a request a delay before the request leaves."""
        _slow(self._crawler.engine.downloader.slots[request.meta["download_slot"]])

    def _downloaded(self, response: Response, request: Request) -> None:
        """Hold or close the host of a response that names a time."""
        host = request.meta["download_slot"]
        slot = self._crawler.engine.downloader.slots[host]
        _slow(slot)  # AutoThrottle may have made it zero
        value = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
        seconds = seconds_until(value, datetime.now(UTC)) if value else None
        if response.status in _STATUSES and seconds is not None:
            self._crawler.stats.inc_value("osce/retry_after/count")
            logger.info("%s asks to wait %.0f seconds (%s)", host, seconds, response.status)
            if seconds > LONGEST_WAIT:
                self._close(host, slot, seconds)
            else:
                slot.lastseen = max(slot.lastseen, time.monotonic() + seconds)

    def _close(self, host: str, slot: Slot, seconds: float) -> None:
        reason = f"{host} asked not to come back for {seconds:.0f} seconds"
        self._closed[host] = reason
        fail_waiting(slot, IgnoreRequest(reason))


def _slow(slot: Slot) -> None:
    if slot.delay * (1 - slot.jitter) < _LEAST_DELAY:
        slot.delay = max(slot.delay, _LEAST_DELAY)
        slot.jitter = 0.0


def seconds_until(value: str, now: datetime) -> float | None:
    """Return the seconds that a ``Retry-After`` value names, or None where it is none.

    :param value: a number of seconds or an HTTP date (RFC 9110, 10.2.3).
    """
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):  # no date, or numbers that none has
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())

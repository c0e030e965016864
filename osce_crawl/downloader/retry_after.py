"""Retry-After: a host is not asked again before the time that it states."""

import logging
import re
import time
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Self

from scrapy import Request, signals
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Response

from osce_crawl.downloader.waiting import fail_waiting
from osce_crawl.options import Options

logger = logging.getLogger(__name__)

#: Seconds to wait when the stated time cannot be read; doubled after each further such answer in a
#: row.
UNREADABLE_WAIT = 10.0
_STATUSES = frozenset({429, 503})
# Seconds between two requests. With a delay of zero, Scrapy's downloader ignores when a slot sent
# its last request and sends all waiting ones at once, despite CONCURRENT_REQUESTS_PER_DOMAIN.
_LEAST_DELAY = 0.001
_AMOUNT = re.compile(
    r"(?P<number>\d+(?:\.\d*)?|\.\d+)\s*"
    r"(?:s|secs?|seconds?|(?P<m>m|mins?|minutes?)|(?P<h>h|hrs?|hours?)|(?P<d>d|days?))?\.?",
    re.ASCII | re.IGNORECASE,
)
_UNITS = {"m": 60.0, "h": 3600.0, "d": 86400.0}
_MOST = 999_999_999.0


class RetryAfterMiddleware:
    """Sends nothing to a host until the time stated in its ``Retry-After``.

    Applies to status 429 and 503, and reads seconds and dates; of several values the longest
    counts. If no value can be read, the host is left alone for :data:`UNREADABLE_WAIT`, and twice
    as long each time this happens again in a row.

    A host is a slot of Scrapy's downloader: a host name. The slot is held as if its last request
    had been sent at the stated time. So waiting requests keep waiting, and the delay
    (DOWNLOAD_DELAY, AutoThrottle's or a Crawl-delay) also applies after that time; without a delay,
    one millisecond is used. Requests already under way cannot be stopped.

    A wait above OSCE_LONGEST_DELAY closes the host for the run: waiting and later requests fail
    unsent with IgnoreRequest. Answers with a Retry-After are counted in
    ``osce/retry_after/count``, those that cannot be read in ``osce/retry_after/unreadable``. Not
    used with OSCE_REPLAY.
    """

    def __init__(self, crawler: Crawler) -> None:
        if crawler.settings["OSCE_REPLAY"]:
            raise NotConfigured
        self._crawler = crawler
        self._longest = crawler.settings.getfloat("OSCE_LONGEST_DELAY", Options.longest_delay)
        self._closed: dict[str, str] = {}
        self._unreadable: Counter[str] = Counter()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware and connect it, after AutoThrottle, to the downloader's signals.

        The downloader sends the signal first, then the next request of the slot, and only then
        passes the response to the middlewares.
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
        """Set the minimum delay of a request's slot before the request is sent."""
        _slow(self._crawler.engine.downloader.slots[request.meta["download_slot"]])

    def _downloaded(self, response: Response, request: Request) -> None:
        """Pause or close the host of a response with a Retry-After."""
        host = request.meta["download_slot"]
        slot = self._crawler.engine.downloader.slots[host]
        _slow(slot)  # AutoThrottle may have set the delay to zero
        values = [value.decode("latin-1") for value in response.headers.getlist("Retry-After")]
        if response.status not in _STATUSES or not values:
            self._unreadable.pop(host, None)
            return
        self._crawler.stats.inc_value("osce/retry_after/count")
        seconds = longest_wait(values, datetime.now(UTC))
        if seconds is None:
            seconds = self._back_off(host, values)
        else:
            self._unreadable.pop(host, None)
            logger.info(
                "%s asks the crawler to wait %.0f seconds (%s)", host, seconds, response.status
            )
        if seconds > self._longest:
            self._close(host, slot, seconds)
        else:
            slot.lastseen = max(slot.lastseen, time.monotonic() + seconds)

    def _back_off(self, host: str, values: list[str]) -> float:
        """Return how long to wait if no value can be read; never long enough to close the host."""
        self._crawler.stats.inc_value("osce/retry_after/unreadable")
        seconds = min(UNREADABLE_WAIT * 2.0 ** self._unreadable[host], self._longest)
        self._unreadable[host] += 1
        logger.warning(
            "%s asks the crawler to wait, but its Retry-After (%.80r) cannot be read: waiting %.0f"
            " seconds",
            host,
            ", ".join(values),
            seconds,
        )
        return seconds

    def _close(self, host: str, slot: Slot, seconds: float) -> None:
        reason = (
            f"{host} asked the crawler to stay away for {seconds:.0f} seconds, longer than"
            f" OSCE_LONGEST_DELAY={self._longest:g} allows: run again after that time"
        )
        self._closed[host] = reason
        fail_waiting(slot, IgnoreRequest(reason))


def _slow(slot: Slot) -> None:
    if slot.delay * (1 - slot.jitter) < _LEAST_DELAY:
        slot.delay = max(slot.delay, _LEAST_DELAY)
        slot.jitter = 0.0


def longest_wait(values: Iterable[str], now: datetime) -> float | None:
    """Return the longest wait that ``Retry-After`` headers state, in seconds, or None.

    Repeated headers may be joined by a comma, which also occurs in HTTP dates.
    """
    waits: list[float | None] = []
    for value in values:
        whole = seconds_until(value, now)
        parts = value.split(",") if whole is None else ()
        waits += [whole, *(seconds_until(part, now) for part in parts)]
    return max((wait for wait in waits if wait is not None), default=None)


def seconds_until(value: str, now: datetime) -> float | None:
    """Return the seconds that a ``Retry-After`` value states, or None if it cannot be read.

    RFC 9110, 10.2.3, allows whole seconds and HTTP dates. Sites also send fractions, units
    (``300 seconds``, ``5 min``) and ISO 8601 dates, which are just as clear.
    """
    text = value.strip().strip("\"'")
    amount = _AMOUNT.fullmatch(text)
    if amount is not None:
        unit = next((one for one in _UNITS if amount[one]), "")
        return min(float(amount["number"]) * _UNITS.get(unit, 1.0), _MOST)
    try:
        moment = _date(text)
    except (ValueError, OverflowError):  # not a date, or out of range
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


def _date(text: str) -> datetime:
    """Return an HTTP or ISO 8601 date; raises ValueError or OverflowError."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return parsedate_to_datetime(text)

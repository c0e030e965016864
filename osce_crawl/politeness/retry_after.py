"""Retry-After kept: a site that names a time is not asked before it."""

import asyncio
import logging
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

logger = logging.getLogger(__name__)

#: Seconds. A site that wants more is left alone for the rest of the run.
LONGEST_WAIT = 900.0
_STATUSES = frozenset({429, 503})


class RetryAfterMiddleware:
    """Holds all requests to a host back until the time its ``Retry-After`` names.

    Works with status 429 and 503, with seconds and with dates. It stands nearer to the site than
    Scrapy's retries, so that these come when the time has passed. Waits are counted in
    ``osce/retry_after/count``. A wait above :data:`LONGEST_WAIT` closes the host for the run.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._until: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Keep the crawler for its stats."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Wait for the host's time; raise IgnoreRequest where it is too far away."""
        host = urlparse_cached(request).netloc
        while (wait := self._until.get(host, 0.0) - time.monotonic()) > 0:
            if wait > LONGEST_WAIT:
                raise IgnoreRequest(f"{host} asked not to come back for {wait:.0f} seconds")
            await asyncio.sleep(wait)

    def process_response(self, request: Request, response: Response) -> Response:
        """Note the time that a response names."""
        value = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
        seconds = seconds_until(value, datetime.now(UTC)) if value else None
        if response.status in _STATUSES and seconds is not None:
            host = urlparse_cached(request).netloc
            self._until[host] = max(self._until.get(host, 0.0), time.monotonic() + seconds)
            self.crawler.stats.inc_value("osce/retry_after/count")
            logger.info("%s asks to wait %.0f seconds (%s)", host, seconds, response.status)
        return response


def seconds_until(value: str, now: datetime) -> float | None:
    """Return the seconds that a ``Retry-After`` value names, or None where it is none.

    :param value: a number of seconds or an HTTP date (RFC 9110, 10.2.3).
    """
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())

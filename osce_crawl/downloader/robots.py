"""Obey robots.txt as in RFC 9309, at any concurrency, and keep the pace that it asks for."""

import asyncio
import logging
from collections import defaultdict
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached
from scrapy.utils.misc import build_from_crawler, load_object
from scrapy.utils.python import to_unicode

from osce_crawl.downloader.failures import cause_of
from osce_crawl.downloader.robots_rules import readable_rules, seconds_a_request
from osce_crawl.downloader.stopping import RunStoppedError
from osce_crawl.options import Options

logger = logging.getLogger(__name__)

# Seconds; a longer delay is obeyed, too, but logged as a warning.
LONG_DELAY = 60.0
_FIRST = 1000  # priority: before everything else in the queue


class ForbiddenError(IgnoreRequest):
    """The rules of its host forbid the address."""

    def __init__(self) -> None:
        super().__init__("Forbidden by robots.txt")


class RobotsMiddleware:
    """Refuse what a host's robots.txt forbids, and slow down as it asks.

    Replaces Scrapy's RobotsTxtMiddleware (same position, settings, signal and stats), which lets
    concurrent requests through while they wait for the same robots.txt. A host is scheme, name and
    port. Its robots.txt is requested once per run, with one of these outcomes:

    - 2xx: obeyed; anything beyond the first 500 KiB is not read.
    - 4xx except 429: no rules, everything is allowed.
    - 429, 5xx, a redirect that leads nowhere or to a host that is not allowed, a network error,
      a binary body: the host is closed for the rest of the run, counted in
      `osce/robots/unreachable` and reported in one error line.

    The slower of Crawl-delay and Request-rate is the minimum number of seconds between two
    requests: DOWNLOAD_DELAY, its jitter and AutoThrottle may wait longer, but never shorter. It is
    recorded in `osce/robots/crawl_delay/<host>`; above a minute, a warning is logged. A host that
    asks for more than OSCE_LONGEST_DELAY is closed at once, not requested faster; it is counted in
    `osce/robots/too_slow` and reported in one error line. With OSCE_REPLAY there is no delay.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        if not settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        self._crawler = crawler
        self._parser_class: type[RobotParser] = load_object(settings["ROBOTSTXT_PARSER"])
        self._agent: str | None = settings["ROBOTSTXT_USER_AGENT"]
        self._default_agent: str = settings["USER_AGENT"]
        self._live = not settings["OSCE_REPLAY"]
        self._longest = settings.getfloat("OSCE_LONGEST_DELAY", Options.longest_delay)
        self._parsers: dict[str, RobotParser | None] = {}
        self._responses: dict[str, Response] = {}
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._closed: dict[str, str] = {}
        self._delays: dict[str, float] = {}
        self._slot_delays: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware and connect it, after AutoThrottle, to the downloader's signals.

        Scrapy builds extensions before middlewares and calls receivers in the order of their
        connection. So a delay that AutoThrottle lowered is raised before the next request is sent.
        """
        middleware = cls(crawler)
        crawler.signals.connect(middleware._reached, signals.request_reached_downloader)
        crawler.signals.connect(middleware._downloaded, signals.response_downloaded)
        return middleware

    async def process_request(self, request: Request) -> Response | None:
        """Raise IgnoreRequest if the URL is forbidden or its host is closed.

        A request for a robots.txt that was already fetched is answered without another request.
        """
        if request.meta.get("dont_obey_robotstxt"):
            return None
        if urlparse_cached(request).scheme not in {"http", "https"}:
            return None
        host = _host(request)
        if host not in self._parsers:
            # A concurrent request waits here and then finds the parser.
            async with self._locks[host]:
                if host not in self._parsers:
                    self._parsers[host] = await self._fetch(host, request)
        parser = self._parsers[host]
        if parser is None:
            raise IgnoreRequest(self._closed[host])
        if request.url == f"{host}/robots.txt" and host in self._responses:
            return self._responses[host].replace(url=request.url, request=request)
        if not parser.allowed(request.url, self._agent_of(request)):
            logger.debug("Forbidden by robots.txt: %s", request)
            self._crawler.stats.inc_value("robotstxt/forbidden")
            raise ForbiddenError
        return None

    async def _fetch(self, host: str, request: Request) -> RobotParser | None:
        """Return the rules of `host`, or None if it is closed."""
        stats = self._crawler.stats
        stats.inc_value("robotstxt/request_count")
        try:
            response = await self._crawler.engine.download_async(
                Request(
                    f"{host}/robots.txt",
                    priority=_FIRST,
                    meta={"dont_obey_robotstxt": True, "dont_cache": True},
                    callback=NO_CALLBACK,
                )
            )
        except RunStoppedError:
            raise
        except Exception as error:  # noqa: BLE001  # whatever the error, the rules are unknown
            stats.inc_value(f"robotstxt/exception_count/{type(error)}")
            self._close(host, cause_of(error))
            return None
        stats.inc_value("robotstxt/response_count")
        stats.inc_value(f"robotstxt/response_status_count/{response.status}")
        rules = readable_rules(response.status, response.body)
        if rules is None:
            self._close(host, _why_closed(response))
            return None
        self._responses[host] = response
        parser = build_from_crawler(self._parser_class, self._crawler, rules)
        await self._crawler.signals.send_catch_log_async(
            signal=signals.robots_parsed, robotparser=parser, request=request
        )
        agent = self._agent_of(request)
        delay = max(parser.crawl_delay(agent) or 0.0, seconds_a_request(rules, to_unicode(agent)))
        if delay and self._live:
            if delay > self._longest:
                self._close_slow(host, delay)
                return None
            self._apply(host, delay)
        return parser

    def _close(self, host: str, reason: str) -> None:
        self._closed[host] = f"{host} is closed: its robots.txt could not be fetched ({reason})"
        self._crawler.stats.inc_value("osce/robots/unreachable")
        logger.error(
            "%s is closed for this run: its robots.txt could not be fetched (%s). Open"
            " %s/robots.txt in a browser, and run again once it answers.",
            host,
            reason,
            host,
        )

    def _close_slow(self, host: str, delay: float) -> None:
        reason = (
            f"its robots.txt asks for {delay:g} seconds between two requests, longer than"
            f" OSCE_LONGEST_DELAY={self._longest:g} allows"
        )
        remedy = (
            f"To crawl it at that pace, give -s OSCE_LONGEST_DELAY={delay:g} and narrow the run"
            " (since, limit, max_pages)."
        )
        self._closed[host] = f"{host} is closed: {reason}. {remedy}"
        self._crawler.stats.inc_value("osce/robots/too_slow")
        logger.error("%s is closed for this run: %s. %s", host, reason, remedy)

    def _apply(self, host: str, delay: float) -> None:
        self._delays[host] = delay
        self._crawler.stats.set_value(f"osce/robots/crawl_delay/{host.partition('://')[2]}", delay)
        if delay > LONG_DELAY:
            logger.warning(
                "%s asks for %g seconds between two requests; the crawl complies: narrow the run "
                "(since, limit, max_pages) if that takes too long.",
                host,
                delay,
            )

    def _reached(self, request: Request) -> None:
        """Set the delay that a host asks for before a request to it is sent."""
        slot = request.meta["download_slot"]
        delay = self._delays.get(_host(request), 0.0)
        if delay > self._slot_delays.get(slot, 0.0):
            self._slot_delays[slot] = delay
        self._hold(slot)

    def _downloaded(self, request: Request) -> None:
        """Restore the slot's delay if AutoThrottle made it too short."""
        self._hold(request.meta["download_slot"])

    def _hold(self, name: str) -> None:
        delay = self._slot_delays.get(name)
        if delay is None:
            return
        slot = self._crawler.engine.downloader.slots[name]
        if slot.delay * (1 - slot.jitter) < delay:
            slot.delay = max(slot.delay, delay)
            slot.jitter = 0.0

    def _agent_of(self, request: Request) -> str | bytes:
        return self._agent or request.headers.get("User-Agent") or self._default_agent


def _host(request: Request) -> str:
    url = urlparse_cached(request)
    return f"{url.scheme}://{url.netloc}"


def _why_closed(response: Response) -> str:
    if response.status // 100 == 2:  # noqa: PLR2004
        return f"its {len(response.body)} bytes are not text"
    return f"the site answered {response.status}"

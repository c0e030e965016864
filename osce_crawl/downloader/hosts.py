"""The hosts that may be requested, and the middleware that enforces them."""

from typing import Self
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.offsite import OffsiteMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.utils.httpobj import urlparse_cached

from osce_crawl.normalise.urls import clean_address, is_osce_or_own_host, is_visited
from osce_crawl.options import Options

OSCE = "osce.org"
#: Key of a request's meta: the address whose answer supplied its validators, None if unknown.
VALIDATED = "osce_validated"
#: Headers of a conditional request (RFC 9110, 13.1).
CONDITIONS = ("If-None-Match", "If-Modified-Since")


def allowed_domains(base_url: str) -> list[str]:
    """Return the domains a crawl of `base_url` may visit: OSCE's and the URL's own host.

    Sub-domains are included, as in scrapy.Spider.allowed_domains.
    Raises ValueError if `base_url` has no host.
    """
    host = urlsplit(base_url).hostname
    if not host:
        raise ValueError(f"{base_url!r} has no host: give a URL such as https://www.osce.org")
    return [OSCE] if host == OSCE else [OSCE, host]


class NotVisitedError(IgnoreRequest):
    """The address is on a host that is not visited."""


class HostsMiddleware(OffsiteMiddleware):
    """Scrapy's OffsiteMiddleware, extended to requests with `dont_filter` and to ports.

    Scrapy lets requests with `dont_filter` pass, and RetryMiddleware sets that flag on retries: a
    page that failed once could then redirect to a foreign host. Scrapy's middleware also drops
    requests silently when they are scheduled. This one refuses them in the downloader, so that the
    errback of a page that redirects elsewhere is called. Another port of a host is another server,
    and an address with a user name is not an ordinary link: neither is followed.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Connect only to the spider's start, to read its allowed_domains."""
        middleware = cls(crawler.stats)
        middleware.crawler = crawler
        crawler.signals.connect(middleware.spider_opened, signal=signals.spider_opened)
        return middleware

    def process_request(self, request: Request) -> None:  # type: ignore[override]  # no `spider`
        """Raise IgnoreRequest if the host or port of the address is not visited.

        Moves a redirected request to the downloader slot of its new host, and so to that host's
        pace; Scrapy would leave it in the slot of the old one. Removes validators that belong to
        another page (`VALIDATED`), so that the new one is requested in full.
        """
        try:
            spider = self.crawler.spider
            if spider is None or not self.should_follow(request, spider):
                super().process_request(request.replace(dont_filter=False))
        except IgnoreRequest as refusal:
            raise NotVisitedError(f"{request.url} is on a host that is not crawled") from refusal
        if "redirect_urls" in request.meta:
            request.meta.pop("download_slot", None)
            if request.meta.get(VALIDATED) not in {None, clean_address(request.url)}:
                for name in CONDITIONS:
                    request.headers.pop(name, None)

    def should_follow(self, request: Request, spider: Spider) -> bool:
        """Return whether the host and port belong to the spider's allowed_domains.

        A domain that is neither OSCE's nor that of OSCE_BASE_URL was given without a port, so any
        port is allowed.
        """
        if not super().should_follow(request, spider):
            return False
        base = self.crawler.settings.get("OSCE_BASE_URL") or Options.base_url
        if is_osce_or_own_host(request.url, base):
            return is_visited(request.url, base)
        return "@" not in urlparse_cached(request).netloc

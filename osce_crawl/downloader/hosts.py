"""Which hosts may be asked, and the middleware that holds every request to them."""

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
#: Key of a request's meta: the address whose answer its conditions came with, None if unknown.
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
    """The address is on a host that is not crawled."""


class HostsMiddleware(OffsiteMiddleware):
    """Scrapy's OffsiteMiddleware, for requests with `dont_filter` too, and for ports.

    Scrapy lets those pass, and RetryMiddleware sets the flag on what it repeats: a page that
    failed once and then redirects to a foreign host would be followed there. And Scrapy's drops a
    request already when it is scheduled, which tells nobody; here it is refused in the downloader,
    so that the errback of a page that redirects abroad hears of it. Another port of a host is
    another server, and an address with a user name is nobody's link: neither is followed.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Connect to the spider's start alone, for its allowed_domains."""
        middleware = cls(crawler.stats)
        middleware.crawler = crawler
        crawler.signals.connect(middleware.spider_opened, signal=signals.spider_opened)
        return middleware

    def process_request(self, request: Request) -> None:  # type: ignore[override]  # no `spider`
        """Raise IgnoreRequest if the address is on no host, or no port of one, that is visited.

        A redirected request gets the downloader's slot, and with it the pace, of the host it goes
        to: Scrapy would leave it in that of the host it came from, beside the other's own. Its
        validators are of one page only, `VALIDATED`: another one is asked for in full.
        """
        try:
            super().process_request(
                request.replace(dont_filter=False) if request.dont_filter else request
            )
        except IgnoreRequest as refusal:
            raise NotVisitedError(f"{request.url} is on a host that is not crawled") from refusal
        if "redirect_urls" in request.meta:
            request.meta.pop("download_slot", None)
            if request.meta.get(VALIDATED) not in {None, clean_address(request.url)}:
                for name in CONDITIONS:
                    request.headers.pop(name, None)

    def should_follow(self, request: Request, spider: Spider) -> bool:
        """Return whether the host is one of the spider's allowed_domains, and on its port.

        A domain that is neither OSCE's nor of OSCE_BASE_URL was named without a port: any will do.
        """
        if not super().should_follow(request, spider):
            return False
        base = self.crawler.settings.get("OSCE_BASE_URL") or Options.base_url
        if is_osce_or_own_host(request.url, base):
            return is_visited(request.url, base)
        return "@" not in urlparse_cached(request).netloc

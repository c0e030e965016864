"""Which hosts may be asked, and the middleware that holds every request to them."""

from typing import Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.offsite import OffsiteMiddleware

OSCE = "osce.org"


def allowed_domains(base_url: str) -> list[str]:
    """Return the domains a crawl of `base_url` may visit: OSCE's and the URL's own host.

    Sub-domains are included, as in scrapy.Spider.allowed_domains.
    Raises ValueError if `base_url` has no host.
    """
    host = urlsplit(base_url).hostname
    if not host:
        raise ValueError(f"{base_url!r} has no host: give a URL such as https://www.osce.org")
    return [OSCE] if host == OSCE else [OSCE, host]


class HostsMiddleware(OffsiteMiddleware):
    """Scrapy's OffsiteMiddleware, for requests with `dont_filter` too.

    Scrapy lets those pass, and RetryMiddleware sets the flag on what it repeats: a page that
    failed once and then redirects to a foreign host would be followed there. And Scrapy's drops a
    request already when it is scheduled, which tells nobody; here it is refused in the downloader,
    so that the errback of a page that redirects abroad hears of it.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Connect to the spider's start alone, for its allowed_domains."""
        middleware = cls(crawler.stats)
        middleware.crawler = crawler
        crawler.signals.connect(middleware.spider_opened, signal=signals.spider_opened)
        return middleware

    def process_request(self, request: Request) -> None:  # type: ignore[override]  # no `spider`
        """Raise IgnoreRequest if the host is not one of the spider's allowed_domains.

        A redirected request gets the downloader's slot, and with it the pace, of the host it goes
        to: Scrapy would leave it in that of the host it came from, beside the other's own.
        """
        super().process_request(
            request.replace(dont_filter=False) if request.dont_filter else request
        )
        if "redirect_urls" in request.meta:
            request.meta.pop("download_slot", None)

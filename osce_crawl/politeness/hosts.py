"""Which hosts may be asked, and the middleware that holds every request to them."""

from urllib.parse import urlsplit

from scrapy import Request
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
    failed once and then redirects to a foreign host would be followed there.
    """

    def process_request(self, request: Request) -> None:  # type: ignore[override]  # no `spider`
        """Raise IgnoreRequest if the host is not one of the spider's allowed_domains."""
        super().process_request(
            request.replace(dont_filter=False) if request.dont_filter else request
        )

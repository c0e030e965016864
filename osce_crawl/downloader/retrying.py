"""Repeat requests whose answers were broken."""

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request


def retry_of(crawler: Crawler, request: Request, reason: str) -> Request | None:
    """Return the request to send again, or None when Scrapy's RetryMiddleware would give up.

    RetryMiddleware handles errors of the network, but not faults that other middlewares find in a
    response.
    """
    if not crawler.settings.getbool("RETRY_ENABLED") or request.meta.get("dont_retry"):
        return None
    if crawler.spider is None:
        raise RuntimeError("a request can be repeated only while a spider is open")
    return get_retry_request(request, spider=crawler.spider, reason=reason)

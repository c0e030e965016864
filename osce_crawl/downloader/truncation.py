"""Truncated pages that are complete according to HTTP."""

from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import ResponseDataLossError
from scrapy.http import Response

from osce_crawl.downloader.retrying import retry_of
from osce_crawl.pages.reading.document import page_ends


class TruncationMiddleware:
    """Treats a page without an end tag as truncated, on hosts whose pages have one.

    If Content-Length is too small, the page is cut, and only the missing end tag shows it. HTML
    allows leaving the tag out, so it is required only if another page of the host had it in this
    run. A page without it is requested again (RETRY_TIMES), then fails with ResponseDataLossError.
    The first page of a host is requested again as well; if its end is still missing, the host's
    pages are assumed to have none.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._have_ends: dict[str, bool] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "TruncationMiddleware":
        """Build the middleware."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Return the response, or the request to send again.

        :raises ResponseDataLossError: when the end was missing each time and other pages have one.
        """
        host = urlsplit(response.url).netloc
        ends = page_ends(response.body) if response.status == 200 else None  # noqa: PLR2004
        if ends:
            self._have_ends[host] = True
        if ends is not False or self._have_ends.get(host) is False:
            return response
        reason = "the page is truncated: its end tag is missing"
        again = retry_of(self._crawler, request, reason)
        if again is not None:
            return again
        if self._have_ends.setdefault(host, False):
            raise ResponseDataLossError(reason)
        return response

"""Pages that stop before their end although HTTP had all that it was promised."""

from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import ResponseDataLossError
from scrapy.http import Response

from osce_crawl.downloader.again import ask_again
from osce_crawl.pages.reading.document import page_ends


class EndingsMiddleware:
    """Takes a page that never ends for a broken transfer, on hosts whose pages do end.

    A Content-Length that is too small cuts a page, and nothing but its missing end tells. HTML may
    leave it out, so an end is only missed where another page of the host had one in this run.
    Such a page is asked for again (RETRY_TIMES), then fails with ResponseDataLossError. The first
    page of a host is asked for again as well, and if it still has no end, then the host's pages
    have none.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._have_ends: dict[str, bool] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "EndingsMiddleware":
        """Build the middleware."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Return the response, or the request to be sent again.

        :raises ResponseDataLossError: when the page never ends, each time, and others do.
        """
        host = urlsplit(response.url).netloc
        ends = page_ends(response.body) if response.status == 200 else None  # noqa: PLR2004
        if ends:
            self._have_ends[host] = True
        if ends is not False or self._have_ends.get(host) is False:
            return response
        reason = "the page is truncated: it never ends"
        again = ask_again(self._crawler, request, reason)
        if again is not None:
            return again
        if self._have_ends.setdefault(host, False):
            raise ResponseDataLossError(reason)
        return response

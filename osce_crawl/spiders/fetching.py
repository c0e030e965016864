"""A spider that fetches given pages as politely as a crawl does."""

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from osce_crawl.clock import Clock
from osce_crawl.crawl.intake import moment_of
from osce_crawl.downloader.failures import reason_of
from osce_crawl.options import Options, read_options
from osce_crawl.spiders.unpublished import UnpublishedSpider

#: Error statuses are answers, too.
_STATUSES = [200, *range(400, 600)]


class FetchingSpider(UnpublishedSpider):
    """Passes on the response for each address, after redirects.

    :ivar failed: address without a response → why, in words.
    """

    name = "fetching"

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Read the settings.

        :raises OptionError: when a setting cannot be used.
        """
        spider = cls(read_options(crawler.settings), *args, **kwargs)
        spider._set_crawler(crawler)
        return spider

    def __init__(
        self,
        options: Options,
        urls: Sequence[str],
        take: Callable[[Response, datetime], None],
    ) -> None:
        """Build the spider.

        :param take: called with each response and the time at which it was received.
        """
        super().__init__(options)
        self.failed: dict[str, str] = {}
        self._urls = urls
        self._take = take

    async def start(self) -> AsyncIterator[Request]:
        """Request the pages in order."""
        for url in self._urls:
            yield Request(
                url,
                callback=self.parse,
                errback=self.fail,
                cb_kwargs={"asked": url},
                meta={"handle_httpstatus_list": _STATUSES},
                dont_filter=True,
            )

    def parse(self, response: Response, asked: str) -> None:
        """Pass on a page; one without text counts as failed."""
        if response.body:
            self._take(response, moment_of(response, Clock(self.options)))
        else:
            self.failed[asked] = f"the site answered {response.status} with an empty body"

    def fail(self, failure: Failure) -> None:
        """Record why there is no response."""
        self.failed[failure.request.cb_kwargs["asked"]] = reason_of(failure)  # type: ignore[attr-defined]

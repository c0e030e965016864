"""``scrapy parse``: fetch one page as a crawl would, and print what it says."""

import argparse
from collections.abc import AsyncIterator, Iterator
from typing import Any

from scrapy import Request, Spider
from scrapy.commands.parse import Command as ParseCommand
from scrapy.exceptions import UsageError
from scrapy.http import Response

from osce_crawl.commands.crawl import refuse
from osce_crawl.commands.one_page import prepare, refuse_unfetched
from osce_crawl.extract import extract_listing, extract_with_ways
from osce_crawl.pages.refusals import NotAListing, NotARelease


class PageSpider(Spider):
    """Reads the one page that it is given: a release's item, or a listing's entries.

    The callbacks of the newsroom spider keep what they read in the store of a run; here is none.

    :ivar refusal: why the page is neither.
    """

    name = "page"
    refusal: str | None = None

    def parse(self, response: Response, **_arguments: Any) -> Iterator[dict[str, Any]]:
        """Yield the item, or the entries."""
        try:
            yield extract_with_ways(response.body, response.url).item
        except NotARelease as no_release:
            try:
                yield from extract_listing(response.body, response.url)["entries"]
            except NotAListing:
                type(self).refusal = str(no_release)


class Command(ParseCommand):
    """Takes the place of Scrapy's ``parse``, whose callbacks need no run.

    Exit status: 0, or 2 where there is nothing to print, with the reason on standard error.
    """

    def set_spidercls(self, url: str, opts: argparse.Namespace) -> None:
        """Ask for the page by a spider without a store, whichever spider is named."""

        async def start(spider: Spider) -> AsyncIterator[Any]:
            yield self.prepare_request(spider, Request(url), opts)

        self.spidercls = PageSpider
        self.spidercls.start = start  # type: ignore[method-assign, assignment]

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print what the page says."""
        if opts.callback or opts.rules:
            refuse(
                "scrapy parse reads a page by itself: leave --callback and --rules out; the"
                " spider's callbacks keep what they read in the store of a run"
            )
        prepare(self.settings)
        try:
            super().run(args, opts)
        except UsageError:
            refuse("scrapy parse takes one address, e.g. https://www.osce.org/secretariat/322492")
        if PageSpider.refusal:
            refuse(PageSpider.refusal)
        if self.first_response is None:
            refuse_unfetched(args[0])

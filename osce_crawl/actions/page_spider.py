"""The spider of `scrapy parse`: one page, without a run."""

from collections.abc import Iterator
from typing import Any

from scrapy import Spider
from scrapy.http import Response

from osce_crawl.extraction import extract_listing, extract_with_ways
from osce_crawl.pages.refusals import NotAListing, NotARelease


class PageSpider(Spider):
    """Reads one given page: a release's item, or a listing's entries.

    The callbacks of the newsroom spider save their results in the store of a run; this spider has
    no store.

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
                PageSpider.refusal = str(no_release)

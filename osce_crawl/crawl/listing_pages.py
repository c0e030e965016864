"""Reads the responses for a source's addresses into pages for its walk, and counts them."""

import logging
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from osce_crawl.crawl.run import Run
from osce_crawl.normalise.urls import is_visited
from osce_crawl.sources import ListingPage, ListingSource, Readings

logger = logging.getLogger(__name__)


class ListingPages:
    """Reads the pages of a run's sources."""

    def __init__(self, run: Run, crawler: Crawler) -> None:
        self._run = run
        self._crawler = crawler
        self._readings: list[Readings] = []
        self._left_out: dict[str, frozenset[str]] = {}

    def begin(self, sources: list[ListingSource]) -> None:
        """Set the sources that are walked from now on."""
        self._readings = [Readings(source) for source in sources]

    def read(self, response: Response, number: int) -> ListingPage:
        """Read a page of the source with this number, and count it; raises NotAListing."""
        page = self._readings[number].read(response.body, response.url)
        self._tell_left_out(self._readings[number].source)
        page.url = first_url(response.request) if response.request else response.url
        page.entries = self._visitable(page.entries)
        self._count_page(page)
        return page

    def _tell_left_out(self, source: ListingSource) -> None:
        """Log once which parameters a source leaves out because robots.txt forbids them."""
        new = source.left_out - self._left_out.get(source.name, frozenset())
        if not new:
            return
        self._left_out[source.name] = source.left_out
        for name in sorted(new):
            self._crawler.stats.inc_value(f"osce/listing/left_out/{name}")
        logger.warning(
            "Source %s: robots.txt forbids %s; it is walked without them, in the site's own order.",
            source.name,
            " and ".join(f"{name}=" for name in sorted(new)),
        )

    def _count_page(self, page: ListingPage) -> None:
        stats = self._crawler.stats
        stats.inc_value("osce/listing/entries", len(page.entries))
        self._run.take_listing(page)
        stats.inc_value("osce/listing/traps", page.traps)
        stats.inc_value("osce/listing/unfit", page.unfit)
        for name, way in page.ways.items():
            stats.inc_value(f"osce/field/{name}/from/{way}")
        for name in page.disagreements:
            stats.inc_value(f"osce/field/{name}/disagree")

    def _visitable(self, entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Drop entries on hosts that are not visited, before they count as known."""
        kept = [entry for entry in entries if is_visited(entry["url"], self._run.options.base_url)]
        foreign = len(entries) - len(kept)
        if foreign:
            self._crawler.stats.inc_value("osce/items/refused/foreign-host", foreign)
        return kept


def meta_of(source: ListingSource) -> dict[str, Any]:
    """Return the meta of a source's requests for the downloader."""
    meta: dict[str, Any] = {"handle_httpstatus_list": list(source.statuses)}
    if source.longest is not None:
        meta["download_maxsize"] = source.longest
    if source.headers:
        meta["dont_redirect"] = True
    return meta


def first_url(request: Request) -> str:
    """Return the first requested address, before any redirect."""
    urls: list[str] = request.meta.get("redirect_urls", [])
    return urls[0] if urls else request.url
